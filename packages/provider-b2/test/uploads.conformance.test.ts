import { assert, it } from "@effect/vitest"
import { blocks, objectBytes, objectText, pattern } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import { openWith } from "./host.ts"
import { call, config, control, openBucket, operationsOf } from "./service.ts"

const mebibyte = 1024 * 1024

const urls = (operations: ReadonlyArray<string>) =>
  operations.filter((operation) => /^b2_(get_upload|upload)/.test(operation))

const sha1 = (bytes: Uint8Array) => createHash("sha1").update(bytes).digest("hex")

it.live("an upload URL is used again until an upload fails with it", () =>
  Effect.gen(function* () {
    const { store, bucket } = yield* openBucket()
    const write = (name: string) => store.write([bucket, name], blocks("text"), { size: 4 })
    const two = yield* operationsOf(Effect.andThen(write("a"), write("b")))
    assert.deepStrictEqual(urls(two), ["b2_get_upload_url", "b2_upload_file", "b2_upload_file"])
    yield* control("fail-uploads?count=2")
    const failed = yield* operationsOf(write("c"))
    assert.deepStrictEqual(urls(failed), [
      "b2_upload_file",
      "b2_get_upload_url",
      "b2_upload_file",
      "b2_get_upload_url",
      "b2_upload_file"
    ])
    assert.strictEqual(yield* objectText(store, [bucket, "c"]), "text")
  }).pipe(Effect.scoped)
)

it.live("the id of a bucket is asked for once, however many want it", () =>
  Effect.gen(function* () {
    const { bucket } = yield* openBucket()
    const store = yield* openWith(config)
    const writes = Array.from({ length: 8 }, (_, index) =>
      store.write([bucket, String(index)], blocks("text"), { size: 4 })
    )
    const operations = yield* operationsOf(Effect.all(writes, { concurrency: "unbounded" }))
    assert.strictEqual(operations.filter((operation) => operation === "b2_list_buckets").length, 1)
    assert.strictEqual(operations.filter((operation) => operation === "b2_get_upload_url").length, 8)
  }).pipe(Effect.scoped)
)

it.live("parts get another URL after a failure, too", () =>
  Effect.gen(function* () {
    const { store, bucket } = yield* openBucket({ upload_concurrency: 1 })
    const bytes = pattern(11 * mebibyte)
    yield* control("fail-uploads?count=1")
    const operations = yield* operationsOf(store.write([bucket, "large"], blocks(bytes), { size: bytes.length }))
    assert.deepStrictEqual(urls(operations), [
      "b2_get_upload_part_url",
      "b2_upload_part",
      "b2_get_upload_part_url",
      "b2_upload_part",
      "b2_upload_part",
      "b2_upload_part"
    ])
    assert.strictEqual(sha1(yield* objectBytes(store, [bucket, "large"])), sha1(bytes))
  }).pipe(Effect.scoped)
)

it.live("a body between small and large is streamed once, with its SHA-1 at its end", () =>
  Effect.gen(function* () {
    const { store, bucket } = yield* openBucket({ upload_cutoff: String(8 * mebibyte) })
    const bytes = pattern(6 * mebibyte)
    const md5 = createHash("md5").update(bytes).digest("hex")
    const write = (options: { readonly md5?: string } = {}) =>
      store.write([bucket, "object"], blocks(bytes.subarray(0, 1000), bytes.subarray(1000)), {
        size: bytes.length,
        ...options
      })
    for (const title of ["the first", "the next, as its body could not be sent again"]) {
      const operations = urls(yield* operationsOf(write({ md5 })))
      assert.deepStrictEqual(operations, ["b2_get_upload_url", "b2_upload_file"], title)
    }
    const info = yield* store.stat([bucket, "object"])
    assert.strictEqual(info.kind === "object" ? info.checksums?.sha1 : undefined, sha1(bytes))
    yield* control("fail-uploads?count=1")
    const { reason } = yield* Effect.flip(write())
    assert.deepStrictEqual([reason._tag, reason.retryable], ["provider_unavailable", true])
    const wrong = yield* Effect.flip(write({ md5: "0".repeat(32) }))
    assert.strictEqual(wrong.reason._tag, "integrity_error")
    assert.strictEqual((yield* store.versions!([bucket, "object"])).versions.length, 2)
  }).pipe(Effect.scoped)
)

it.live("a copy in parts keeps type, metadata and time, and gets the SHA-1 of the whole", () =>
  Effect.gen(function* () {
    const { store, bucket } = yield* openBucket({ copy_cutoff: "5242880", upload_cutoff: String(8 * mebibyte) })
    const bytes = pattern(6 * mebibyte)
    const stored = { contentType: "text/css", metadata: { colour: "blue" }, modified: 1_700_000_000_123 }
    yield* store.write([bucket, "from"], blocks(bytes), { size: bytes.length, ...stored })
    const operations = yield* operationsOf(store.copy!([bucket, "from"], [bucket, "to"]))
    assert.strictEqual(operations.filter((operation) => operation === "b2_copy_part").length, 2)
    const info = yield* store.stat([bucket, "to"])
    assert.isTrue(info.kind === "object")
    if (info.kind !== "object") return
    const { contentType, metadata, modified, checksums } = info
    assert.deepStrictEqual({ contentType, metadata, modified }, stored)
    assert.strictEqual(checksums?.sha1, sha1(bytes))
    assert.strictEqual(sha1(yield* objectBytes(store, [bucket, "to"])), sha1(bytes))
  }).pipe(Effect.scoped)
)

it.live(
  "an open upload of one part goes up whole if it is small, with what it was opened with, and leaves nothing",
  () =>
    Effect.gen(function* () {
      const { store, bucket, bucketId } = yield* openBucket()
      const stored = { contentType: "text/css", metadata: { colour: "blue" }, modified: 1_700_000_000_123 }
      const upload = yield* store.openUpload!([bucket, "small"], stored)
      yield* upload.writePart(1, pattern(10))
      yield* upload.writePart(1, pattern(5 * mebibyte))
      const { size, contentType, metadata, modified } = yield* upload.complete
      assert.deepStrictEqual({ size, contentType, metadata, modified }, { size: 5 * mebibyte, ...stored })
      assert.deepStrictEqual(yield* objectBytes(store, [bucket, "small"]), pattern(5 * mebibyte))
      assert.deepStrictEqual((yield* call("list_unfinished_large_files", { bucketId }))["files"], [])
    }).pipe(Effect.scoped)
)

it.live(
  "an open upload of one part that is not small, or of another process, is refused at its end and can go on",
  () =>
    Effect.gen(function* () {
      const { store, bucket } = yield* openBucket()
      const large = yield* store.openUpload!([bucket, "large"])
      yield* large.writePart(1, pattern(5 * mebibyte + 1))
      const { token, writePart } = yield* store.openUpload!([bucket, "resumed"])
      yield* writePart(1, pattern(5_000_000))
      for (const upload of [large, yield* store.resumeUpload!(token)]) {
        const { reason } = yield* Effect.flip(upload.complete)
        assert.strictEqual(reason._tag, "unsupported")
        assert.include(reason.suggestion ?? "", "two parts or more")
        yield* upload.writePart(2, pattern(1))
        yield* upload.complete
      }
    }).pipe(Effect.scoped)
)
