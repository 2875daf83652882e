import { assert, it } from "@effect/vitest"
import type { ObjectInfo } from "@mooring/core"
import { blocks, objectBytes, objectText } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { gzipSync } from "node:zlib"
import type { StorageDouble } from "./double/index.ts"
import { storeObject } from "./double/objects.ts"
import { openDouble } from "./openDouble.ts"

const path = ["bucket", "object"]

const put = ({ buckets }: StorageDouble, body: Uint8Array, attributes = {}) => {
  const bucket = buckets.get("bucket")
  if (bucket !== undefined) storeObject(bucket, { name: "object", body: Buffer.from(body), attributes }, Date.now())
}

const compressed = gzipSync("text that is compressed")
const gzip = { contentEncoding: "gzip", contentType: "text/plain" }

it.live("what is stored as gzip comes as it is stored, ranges too", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    put(service, compressed, gzip)
    const entry = yield* store.stat(path)
    assert.strictEqual(entry.kind === "object" && entry.size, compressed.length)
    assert.isTrue(Buffer.from(yield* objectBytes(store, path)).equals(compressed))
    const range = yield* objectBytes(store, path, { range: { start: 2, end: 9 } })
    assert.deepStrictEqual(Buffer.from(range), compressed.subarray(2, 10))
  })
)

it.live("with decompress it is decompressed, nobody says its size before, and it has no ranges", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble({ decompress: true })
    put(service, compressed, gzip)
    const entry = yield* store.stat(path)
    assert.isTrue(entry.kind === "object" && entry.size === undefined && entry.checksums === undefined)
    assert.strictEqual(yield* objectText(store, path), "text that is compressed")
    const { reason } = yield* Effect.flip(objectBytes(store, path, { range: { start: 0 } }))
    assert.deepStrictEqual([reason._tag, reason.pointer], ["unsupported", "#/decompress"])
    yield* store.write(["bucket", "plain"], blocks("plain"))
    assert.strictEqual(yield* objectText(store, ["bucket", "plain"], { range: { start: 1, end: 2 } }), "la")
  })
)

it.live("with decompress, what says that it is gzip and is none ends with an error", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble({ decompress: true })
    put(service, Buffer.from("no gzip"), gzip)
    assert.strictEqual((yield* Effect.flip(objectBytes(store, path))).reason._tag, "integrity_error")
  })
)

it.live("other bytes than the checksum is of end with an error, and so do too few", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    put(service, Buffer.from("right"))
    service.injectNext({ operation: "objects.download" }, { status: 200, body: "wrong" })
    assert.strictEqual((yield* Effect.flip(objectBytes(store, path))).reason._tag, "integrity_error")
    service.injectNext({ operation: "objects.download" }, { truncateTo: 2 })
    assert.strictEqual((yield* Effect.flip(objectBytes(store, path))).reason.retryable, true)
    assert.strictEqual(yield* objectText(store, path), "right")
  })
)

it.live("the bytes are those of the generation whose metadata was read", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    put(service, Buffer.from("text"))
    yield* objectBytes(store, path)
    const generation = service.buckets.get("bucket")?.objects.get("object")?.[0]?.generation
    const asked = service.requests.find(({ operation }) => operation === "objects.download")?.path
    assert.include(asked, `generation=${generation}`)
    assert.include(asked, "alt=media")
  })
)

it.live("a validator or version that is no generation names nothing", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    put(service, Buffer.from("text"))
    for (const ifMatch of ["", "0", '"etag"', "1 or more"]) {
      assert.strictEqual((yield* Effect.flip(objectBytes(store, path, { ifMatch }))).reason._tag, "precondition_failed")
      assert.strictEqual((yield* Effect.flip(objectBytes(store, path, { version: ifMatch }))).reason._tag, "not_found")
    }
    assert.deepStrictEqual(
      service.requests.filter(({ status }) => status >= 400),
      []
    )
  })
)

it.live("an object that is replaced between the two calls of a read is read anew", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    put(service, Buffer.from("text"))
    const { validator } = (yield* store.stat(path)) as ObjectInfo
    service.injectNext({ operation: "objects.download" }, { status: 404, body: "No such object: bucket/object" })
    assert.strictEqual(yield* objectText(store, path), "text")
    service.injectNext({ operation: "objects.download" }, { status: 404, body: "No such object: bucket/object" })
    const { reason } = yield* Effect.flip(objectBytes(store, path, { ifMatch: validator! }))
    assert.strictEqual(reason._tag, "precondition_failed")
    for (let time = 0; time < 4; time += 1) service.injectNext({ operation: "objects.download" }, { status: 404 })
    assert.strictEqual((yield* Effect.flip(objectBytes(store, path))).reason._tag, "precondition_failed")
  })
)
