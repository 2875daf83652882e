/** Uploads in chunks as the vendor's client runs them; what it never asks for, by hand. */
import { assert } from "@effect/vitest"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { Admission } from "./Admission.ts"
import { bases, chunk, quantum } from "./bases.ts"
import type { Fixture } from "./fixture.ts"
import { file, read } from "./objectRuns.ts"
import { send, type WireRequest } from "./wire.ts"

const large = Buffer.from(Array.from({ length: 2 * quantum + 700 }, (_, index) => (index * 31 + (index >> 8)) & 255))

/** The client sends no token where it begins an upload itself at another endpoint than Google's. */
const begin = async (fixture: Fixture, name = "large"): Promise<string> =>
  (await file(fixture, name).createResumableUpload({ metadata: { contentType: "text/plain" } }))[0]

const statuses = ({ double }: Fixture) =>
  double.requests.filter(({ operation }) => operation === "uploads.put").map(({ status }) => status)

const whole = async (fixture: Fixture) => (await file(fixture, "large").download())[0]

const put = (valid: WireRequest, range: string, body: string | Buffer): WireRequest => ({
  ...valid,
  headers: { ...valid.headers, "content-range": range },
  body
})

export const uploadRuns = {
  chunks: {
    run: async (fixture) => {
      const uri = await begin(fixture)
      await file(fixture, "large").save(large, { resumable: true, uri, chunkSize: quantum })
      assert.deepStrictEqual(await whole(fixture), large)
      // The first is the client's question what has come.
      assert.deepStrictEqual(statuses(fixture), [308, 308, 308, 200])
      assert.strictEqual((await file(fixture, "large").getMetadata())[0].contentType, "text/plain")
    }
  },
  oneRequest: {
    run: async (fixture) => {
      const uri = await begin(fixture)
      const target = file(fixture, "large").createWriteStream({ resumable: true, uri })
      await pipeline(Readable.from([large.subarray(0, 9), large.subarray(9)]), target)
      assert.deepStrictEqual(await whole(fixture), large)
      assert.strictEqual(
        fixture.double.requests.findLast(({ method }) => method === "PUT")?.headers["content-range"],
        "bytes 0-*/*"
      )
    }
  },
  emptyUpload: {
    run: async (fixture) => {
      const uri = await begin(fixture)
      await file(fixture, "large").save("", { resumable: true, uri })
      assert.lengthOf(await whole(fixture), 0)
    }
  },
  continued: {
    run: async (fixture) => {
      const uri = await begin(fixture)
      const { pathname, search } = new URL(uri)
      const first = { method: "PUT", target: pathname + search, headers: { host: fixture.host }, body: "" }
      await send(fixture.double.port, put(first, `bytes 0-${quantum - 1}/*`, large.subarray(0, quantum)))
      await file(fixture, "large").save(large, { resumable: true, uri, chunkSize: quantum })
      assert.deepStrictEqual(await whole(fixture), large)
      assert.deepStrictEqual(statuses(fixture), [308, 308, 308, 200])
    }
  },
  uploadStatus: {
    run: async (fixture) => {
      const valid = await bases.whole(fixture)
      const finished = await send(fixture.double.port, valid)
      const again = await send(fixture.double.port, put(valid, "bytes */*", ""))
      assert.deepStrictEqual([again.status, again.body], [200, finished.body])
    }
  },
  overlap: {
    run: async (fixture) => {
      const valid = await bases.chunk(fixture)
      const { status, headers } = await send(fixture.double.port, valid)
      assert.deepStrictEqual([status, headers["range"]], [308, `bytes=0-${quantum - 1}`])
      const from = quantum - 5
      await send(fixture.double.port, put(valid, `bytes ${from}-${quantum + 4}/${quantum + 5}`, "ccccc12345"))
      assert.strictEqual(await read(fixture, "chunked"), `${chunk}12345`)
    }
  },
  lateSize: {
    run: async (fixture) => {
      const valid = await bases.chunk(fixture)
      await send(fixture.double.port, put(valid, `bytes 0-${quantum - 1}/*`, chunk))
      const asked = await send(fixture.double.port, put(valid, "bytes */*", ""))
      assert.deepStrictEqual([asked.status, asked.headers["range"]], [308, `bytes=0-${quantum - 1}`])
      const finished = await send(fixture.double.port, put(valid, `bytes */${quantum}`, ""))
      assert.strictEqual(finished.status, 200)
      assert.strictEqual(await read(fixture, "chunked"), chunk)
    }
  },
  cancel: {
    run: async (fixture) => {
      const valid = await bases.chunk(fixture)
      const { status } = await send(fixture.double.port, { ...valid, method: "DELETE", body: "" })
      assert.strictEqual(status, 499)
    }
  }
} satisfies Record<string, Admission>
