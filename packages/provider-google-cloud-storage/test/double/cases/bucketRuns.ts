/** Buckets and listings as the vendor's client runs them. */
import { assert } from "@effect/vitest"
import type { GetFilesOptions } from "@google-cloud/storage"
import type { Admission } from "./Admission.ts"
import { bucket, stored, type Fixture } from "./fixture.ts"

export const fill = async ({ client }: Fixture, names: ReadonlyArray<string>): Promise<void> => {
  for (const name of names) await client.bucket(bucket).file(name).save(name, { resumable: false })
}

interface Page {
  readonly names: ReadonlyArray<string>
  readonly prefixes: ReadonlyArray<string>
  readonly next: GetFilesOptions | null
}

export const page = async ({ client }: Fixture, query: GetFilesOptions): Promise<Page> => {
  const [files, next, answer] = await client.bucket(bucket).getFiles({ autoPaginate: false, ...query })
  const { prefixes = [] } = answer as { prefixes?: ReadonlyArray<string> }
  return { names: files.map(({ name }) => name), prefixes, next: (next ?? null) as GetFilesOptions | null }
}

const names = async (fixture: Fixture, query: GetFilesOptions = {}) => (await page(fixture, query)).names

const awkward = [
  "a/../b",
  "./x",
  "a//b",
  "/lead",
  "trail/",
  "plus+ and space",
  "%2F",
  "ü/日本",
  "a?b#c&d=e",
  "'(!)*~",
  "x/compose",
  "x/rewriteTo/b/bucket/o/y"
]

export const bucketRuns = {
  listBuckets: {
    options: { buckets: ["b-one", "b-two", bucket] },
    run: async ({ client }) => {
      const [first, next] = await client.getBuckets({ maxResults: 1, autoPaginate: false })
      const [rest] = await client.getBuckets({ ...(next as object), maxResults: 2 })
      const seen = [...first, ...rest].map(({ name }) => name)
      assert.deepStrictEqual(seen, ["b-one", "b-two", bucket])
      const [some] = await client.getBuckets({ prefix: "b-" })
      assert.lengthOf(some, 2)
    }
  },
  createBucket: {
    run: async ({ client, double }) => {
      const [created] = await client.createBucket("created", {
        location: "europe-west1",
        storageClass: "NEARLINE",
        iamConfiguration: { uniformBucketLevelAccess: { enabled: true } },
        versioning: { enabled: true },
        requesterPays: true
      })
      const [told] = await client.bucket("created", { userProject: double.project }).getMetadata()
      for (const metadata of [created.metadata, told]) {
        assert.strictEqual(metadata.location, "EUROPE-WEST1")
        assert.strictEqual(metadata.storageClass, "NEARLINE")
        assert.strictEqual(metadata.iamConfiguration?.uniformBucketLevelAccess?.enabled, true)
        assert.strictEqual(metadata.versioning?.enabled, true)
        assert.strictEqual(metadata.billing?.requesterPays, true)
      }
    }
  },
  patchBucket: {
    run: async ({ client }) => {
      await client.bucket(bucket).setMetadata({ versioning: { enabled: true } })
      const [{ versioning, metageneration }] = await client.bucket(bucket).getMetadata()
      assert.deepStrictEqual([versioning?.enabled, metageneration], [true, "2"])
    }
  },
  deleteBucket: {
    run: async ({ client, double }) => {
      await client.bucket("empty").delete()
      assert.deepStrictEqual([...double.buckets.keys()], [bucket])
    }
  },
  listPrefix: {
    run: async (fixture) => {
      await fill(fixture, ["p/\u{10000}", "p/\uFFFD", "p/a", "q"])
      assert.deepStrictEqual(await names(fixture, { prefix: "p/" }), ["p/a", "p/\uFFFD", "p/\u{10000}"])
    }
  },
  listDelimiter: {
    run: async (fixture) => {
      await fill(fixture, ["a/1", "a/2", "b", "c/d/e"])
      const { names, prefixes } = await page(fixture, { delimiter: "/" })
      assert.deepStrictEqual(
        [names, prefixes],
        [
          ["b", stored],
          ["a/", "c/"]
        ]
      )
    }
  },
  listPages: {
    options: { pageSize: 2 },
    run: async (fixture) => {
      await fill(fixture, ["a/1", "a/2", "b", "c/d"])
      const seen: Array<string> = []
      let query: GetFilesOptions | null = { delimiter: "/", maxResults: 1, autoPaginate: false }
      while (query !== null) {
        const { names, prefixes, next }: Page = await page(fixture, query)
        assert.lengthOf([...names, ...prefixes], 1)
        seen.push(...names, ...prefixes)
        query = next
      }
      assert.deepStrictEqual(seen, ["a/", "b", "c/", stored])
      const [all] = await fixture.client.bucket(bucket).getFiles()
      assert.lengthOf(all, 5)
    }
  },
  listOffsets: {
    run: async (fixture) => {
      await fill(fixture, ["a", "b", "c", "d"])
      assert.deepStrictEqual(await names(fixture, { startOffset: "b", endOffset: "d" }), ["b", "c"])
    }
  },
  listTrailing: {
    run: async (fixture) => {
      await fill(fixture, ["a/", "a/1"])
      const { names, prefixes } = await page(fixture, { delimiter: "/", includeTrailingDelimiter: true })
      assert.deepStrictEqual([names, prefixes], [["a/", stored], ["a/"]])
    }
  },
  listFields: {
    run: async (fixture) => {
      await fill(fixture, ["a/1"])
      const query = { autoPaginate: false, delimiter: "/", fields: "prefixes,items(name,size)" }
      const [, , answer] = await fixture.client.bucket(bucket).getFiles(query)
      assert.deepStrictEqual(answer as unknown, { prefixes: ["a/"], items: [{ name: stored, size: "12" }] })
    }
  },
  exactNames: {
    run: async (fixture) => {
      await fill(fixture, awkward)
      assert.sameMembers([...(await names(fixture))], [...awkward, stored])
      for (const name of awkward) {
        const file = fixture.client.bucket(bucket).file(name)
        assert.strictEqual((await file.download())[0].toString(), name)
        await file.delete()
      }
      assert.deepStrictEqual(await names(fixture), [stored])
    }
  }
} satisfies Record<string, Admission>
