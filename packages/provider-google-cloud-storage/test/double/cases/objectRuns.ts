/** Objects and their generations as the vendor's client runs them; what it never asks for, by hand. */
import { assert } from "@effect/vitest"
import type { DownloadOptions, FileMetadata } from "@google-cloud/storage"
import { gzipSync } from "node:zlib"
import type { Admission } from "./Admission.ts"
import { bases, bearing } from "./bases.ts"
import { bucket, stored, storedBody, type Fixture } from "./fixture.ts"
import { send } from "./wire.ts"

export const file = ({ client }: Fixture, name: string, generation?: string) =>
  client.bucket(bucket).file(name, generation === undefined ? {} : { generation })

export const read = async (
  fixture: Fixture,
  name = stored,
  options: DownloadOptions & { generation?: string } = {}
) => {
  const { generation, ...rest } = options
  return (await file(fixture, name, generation).download(rest))[0].toString()
}

const md5OfBytes = "SzpiGLs+OnMD6KFxpg/Pkg=="
const compressed = gzipSync(storedBody)

const saveGzip = (fixture: Fixture, cacheControl?: string) =>
  file(fixture, "gzip").save(compressed, {
    resumable: false,
    metadata: {
      contentType: "text/plain",
      contentEncoding: "gzip",
      ...(cacheControl !== undefined && { cacheControl })
    }
  })

/** Downloads as who does not say that he accepts gzip. */
const plainly = (fixture: Fixture, headers: Readonly<Record<string, string>> = {}) =>
  send(fixture.double.port, {
    method: "GET",
    target: `/storage/v1/b/${bucket}/o/gzip?alt=media`,
    headers: { ...bearing(fixture), ...headers },
    body: ""
  })

const versioned = { buckets: [{ name: bucket, versioning: true }] }

const generations = async ({ client }: Fixture): Promise<ReadonlyArray<string>> => {
  const [files] = await client.bucket(bucket).getFiles({ versions: true, prefix: stored })
  return files.map(({ metadata }) => String(metadata.generation))
}

export const objectRuns = {
  save: {
    run: async (fixture) => {
      const attributes = { contentType: "text/html", cacheControl: "no-store", contentLanguage: "de" }
      const metadata = { ...attributes, storageClass: "NEARLINE", metadata: { colour: "red", mtime: "1.5" } }
      await file(fixture, "new").save("bytes", { resumable: false, metadata })
      const [told] = await file(fixture, "new").getMetadata()
      assert.deepInclude(told, { ...metadata, size: "5", md5Hash: md5OfBytes, crc32c: "0G6ckg==", metageneration: "1" })
      assert.strictEqual(told.id, `${bucket}/new/${told.generation}`)
    }
  },
  saveChecked: {
    run: async (fixture) => {
      const metadata = { md5Hash: md5OfBytes, crc32c: "0G6ckg==" }
      await file(fixture, "new").save("bytes", { resumable: false, metadata })
      assert.strictEqual(await read(fixture, "new"), "bytes")
    }
  },
  saveMedia: {
    run: async (fixture) => {
      const { body } = await send(fixture.double.port, bases.media(fixture))
      assert.deepInclude(JSON.parse(body), { name: "new", size: "5", contentType: "text/plain" })
      assert.strictEqual(await read(fixture, "new"), "bytes")
    }
  },
  saveConditionally: {
    run: async (fixture) => {
      const save = (body: string, ifGenerationMatch: number | string) =>
        file(fixture, "new").save(body, {
          resumable: false,
          preconditionOpts: { ifGenerationMatch: ifGenerationMatch as number }
        })
      await save("1", 0)
      const [{ generation }] = await file(fixture, "new").getMetadata()
      await save("2", String(generation))
      assert.strictEqual(await read(fixture, "new"), "2")
    }
  },
  download: {
    run: async (fixture) => assert.strictEqual(await read(fixture, stored, { validation: "crc32c" }), storedBody)
  },
  downloadLinked: {
    run: async (fixture) => {
      const [{ mediaLink }] = await file(fixture, stored).getMetadata()
      const { authorization } = bearing(fixture)
      const answer = await fetch(mediaLink!, { headers: { authorization } })
      assert.strictEqual(await answer.text(), storedBody)
    }
  },
  downloadRange: {
    run: async (fixture) => {
      assert.strictEqual(await read(fixture, stored, { start: 7, end: 9 }), "wor")
      assert.strictEqual(await read(fixture, stored, { end: -5 }), "world")
      assert.strictEqual(await read(fixture, stored, { start: 7 }), "world")
      assert.strictEqual(fixture.double.requests.at(-1)?.status, 206)
    }
  },
  downloadGzip: {
    run: async (fixture) => {
      await saveGzip(fixture)
      assert.strictEqual(await read(fixture, "gzip"), storedBody)
      const [raw] = await file(fixture, "gzip").download({ decompress: false })
      assert.deepStrictEqual(raw, compressed)
    }
  },
  downloadTranscoded: {
    run: async (fixture) => {
      await saveGzip(fixture)
      const { status, headers, body } = await plainly(fixture, { range: "bytes=0-4" })
      assert.deepStrictEqual([status, body], [200, storedBody])
      assert.isUndefined(headers["content-encoding"])
      assert.strictEqual(headers["x-goog-stored-content-encoding"], "gzip")
      assert.strictEqual(headers["x-goog-stored-content-length"], String(compressed.length))
    }
  },
  downloadNoTransform: {
    run: async (fixture) => {
      await saveGzip(fixture, "no-transform")
      const { headers } = await plainly(fixture)
      const sizes = [headers["content-encoding"], headers["content-length"]]
      assert.deepStrictEqual(sizes, ["gzip", String(compressed.length)])
    }
  },
  patch: {
    run: async (fixture) => {
      const change = { cacheControl: "no-store", contentType: null, metadata: { colour: null, size: "1" } }
      await file(fixture, stored).setMetadata(change as unknown as FileMetadata)
      const [{ contentType, cacheControl, metadata, metageneration }] = await file(fixture, stored).getMetadata()
      assert.deepStrictEqual([contentType, cacheControl, metadata], [undefined, "no-store", { size: "1" }])
      assert.strictEqual(metageneration, "2")
    }
  },
  deleteObject: {
    run: async (fixture) => {
      const [{ generation }] = await file(fixture, stored).getMetadata()
      await file(fixture, stored).delete({ ifGenerationMatch: String(generation) as unknown as number })
      assert.deepStrictEqual(await generations(fixture), [])
    }
  },
  publicObject: {
    run: async (fixture) => {
      await file(fixture, "open").save("bytes", { resumable: false, predefinedAcl: "publicRead" })
      const [bytes] = await fixture.anonymous.bucket(bucket).file("open").download()
      assert.strictEqual(bytes.toString(), "bytes")
    }
  },
  versions: {
    options: versioned,
    run: async (fixture) => {
      await file(fixture, stored).save("second", { resumable: false })
      const [first = "", second = ""] = await generations(fixture)
      assert.strictEqual(await read(fixture, stored, { generation: first }), storedBody)
      assert.strictEqual(await read(fixture, stored, { generation: second }), "second")
      await file(fixture, stored).delete()
      assert.deepStrictEqual(await generations(fixture), [first, second])
      await file(fixture, stored, first).delete()
      assert.deepStrictEqual(await generations(fixture), [second])
    }
  },
  restore: {
    options: versioned,
    run: async (fixture) => {
      await file(fixture, stored).save("second", { resumable: false })
      const [first] = await generations(fixture)
      await file(fixture, stored, first).copy(file(fixture, stored))
      assert.strictEqual(await read(fixture), storedBody)
      assert.lengthOf(await generations(fixture), 3)
    }
  }
} satisfies Record<string, Admission>
