/** Copies, compositions and batches as the vendor's client runs them; what it never asks for, by hand. */
import { assert } from "@effect/vitest"
import type { Admission } from "./Admission.ts"
import { bases, batchBody } from "./bases.ts"
import { bucket, stored, storedBody } from "./fixture.ts"
import { file, read } from "./objectRuns.ts"
import { send } from "./wire.ts"

const mebibyte = 1024 * 1024

export const copyRuns = {
  rewrite: {
    run: async (fixture) => {
      await file(fixture, stored).copy(file(fixture, "kept"))
      const [kept] = await file(fixture, "kept").getMetadata()
      assert.deepInclude(kept, { contentType: "text/plain", metadata: { colour: "blue" } })
      const change = { contentType: "text/html", metadata: { size: "1" } }
      await file(fixture, stored).copy(file(fixture, "changed"), change)
      assert.deepInclude((await file(fixture, "changed").getMetadata())[0], change)
      assert.strictEqual(await read(fixture, "changed"), storedBody)
    }
  },
  rewriteCalls: {
    options: { rewriteBytes: mebibyte },
    run: async (fixture) => {
      const body = Buffer.alloc(2 * mebibyte + 1, "x")
      await file(fixture, "large").save(body, { resumable: false })
      fixture.double.clearRequests()
      await file(fixture, "large").copy(file(fixture, "moved"), {
        storageClass: "COLDLINE",
        contentType: "text/plain"
      } as object)
      const operations = fixture.double.requests.map(({ operation }) => operation)
      assert.deepStrictEqual(operations, ["objects.rewrite", "objects.rewrite", "objects.rewrite"])
      const [{ storageClass, size }] = await file(fixture, "moved").getMetadata()
      assert.deepStrictEqual([storageClass, size], ["COLDLINE", String(body.length)])
    }
  },
  copy: {
    run: async (fixture) => {
      const { body } = await send(fixture.double.port, bases.copy(fixture))
      assert.deepInclude(JSON.parse(body), { kind: "storage#object", name: "new", metadata: { colour: "blue" } })
      assert.strictEqual(await read(fixture, "new"), storedBody)
    }
  },
  compose: {
    run: async (fixture) => {
      await file(fixture, "second").save("!", { resumable: false })
      const sources = [file(fixture, stored), file(fixture, "second")]
      await fixture.client.bucket(bucket).combine(sources, file(fixture, "joined"))
      assert.strictEqual(await read(fixture, "joined"), `${storedBody}!`)
      const [{ md5Hash, componentCount }] = await file(fixture, "joined").getMetadata()
      assert.deepStrictEqual([md5Hash, componentCount], [undefined, 2])
    }
  },
  batch: {
    run: async (fixture) => {
      const calls = [
        "GET /storage/v1/b/bucket/o/stored",
        "DELETE /storage/v1/b/bucket/o/stored",
        "GET /storage/v1/b/bucket"
      ]
      const body = batchBody(...calls.map((call) => `${call} HTTP/1.1\r\n\r\n`))
      const answer = await send(fixture.double.port, { ...bases.batch(fixture), body })
      const statuses = [...answer.body.matchAll(/Content-ID: <response-(\d)>[^]*?HTTP\/1\.1 (\d+)/g)]
      assert.deepStrictEqual(
        statuses.map(([, id, status]) => [id, status]),
        [
          ["0", "200"],
          ["1", "204"],
          ["2", "200"]
        ]
      )
      const batched = fixture.double.requests.filter((one) => one.batched).map(({ operation }) => operation)
      assert.deepStrictEqual(batched, ["objects.get", "objects.delete", "buckets.get"])
    }
  }
} satisfies Record<string, Admission>
