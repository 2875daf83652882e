import { assert, describe, it } from "@effect/vitest"
import { StorageError, type ObjectStore, type Path } from "@mooring/core"
import { blocks, inBlocks, objectBytes, pattern } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import { openDouble } from "./openDouble.ts"
import { reasonOf } from "./reasonOf.ts"

const path: Path = ["b", "dir", "large"]
const kibibyte = 1024
const small = { chunkSize: 64 * kibibyte, uploadCutoff: 64 * kibibyte }
const strict = { minimumPartSize: 64 * kibibyte }
const bytes = pattern(300 * kibibyte + 1)
const body = inBlocks(bytes, 10_000)

const pending = (store: ObjectStore) => Effect.map(store.listUploads!(["b"]), ({ uploads }) => uploads)

describe("an upload in parts", () => {
  for (const [title, options] of [
    ["known", { size: bytes.byteLength }],
    ["unknown", {}]
  ] as const) {
    it.live(`of ${title} size arrives whole, each part with its MD5`, () =>
      Effect.gen(function* () {
        const { store, double } = yield* openDouble(small, strict)
        const info = yield* store.write(path, body, { ...options, modified: 1_700_000_000_123, contentType: "a/b" })
        assert.strictEqual(info.size, bytes.byteLength)
        assert.isTrue(Buffer.from(yield* objectBytes(store, path)).equals(bytes))
        const parts = double.requests.filter(({ operation }) => operation === "UploadPart")
        assert.strictEqual(parts.length, 5)
        assert.isTrue(parts.every(({ headers }) => headers["content-md5"] !== undefined))
        const found = yield* store.stat(path)
        assert(found.kind === "object")
        assert.deepStrictEqual(
          [found.modified, found.contentType, found.validator],
          [1_700_000_000_123, "a/b", info.validator]
        )
        assert.deepStrictEqual(yield* pending(store), [])
      })
    )
  }

  it.live("sends a short body of unknown size whole, and one of exactly a chunk in a part", () =>
    Effect.gen(function* () {
      const { store, operations, double } = yield* openDouble(small, strict)
      yield* store.write(path, blocks(pattern(64 * kibibyte - 1)))
      assert.deepStrictEqual(operations(), ["PutObject"])
      double.clearRequests()
      yield* store.write(path, blocks(pattern(64 * kibibyte)))
      assert.deepStrictEqual(operations(), ["CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"])
    })
  )

  it.live("repeats a part and a completion whose answers were lost", () =>
    Effect.gen(function* () {
      const { store, double } = yield* openDouble(small, strict)
      double.injectNext({ operation: "UploadPart" }, "apply-then-drop")
      double.injectNext({ operation: "UploadPart" }, { status: 503 })
      double.injectNext({ operation: "CompleteMultipartUpload" }, "apply-then-drop")
      const info = yield* store.write(path, body)
      assert.match(info.validator ?? "", /-5"$/)
      assert.isTrue(Buffer.from(yield* objectBytes(store, path)).equals(bytes))
    })
  )

  it.live("takes an error in an answer of 200 for the error that it is", () =>
    Effect.gen(function* () {
      const { store, double } = yield* openDouble(small, strict)
      const error = (code: string) => ({
        status: 200,
        body: `<?xml version="1.0"?>\n<Error><Code>${code}</Code></Error>`
      })
      double.injectNext({ operation: "CompleteMultipartUpload" }, error("InternalError"))
      yield* store.write(path, body)
      double.injectNext({ operation: "CompleteMultipartUpload" }, error("AccessDenied"))
      assert.strictEqual((yield* reasonOf(store.write(path, body)))._tag, "permission_denied")
      assert.deepStrictEqual(yield* pending(store), [])
    })
  )

  it.live("is aborted when a part, its source or its size fails", () =>
    Effect.gen(function* () {
      const { store, double } = yield* openDouble(small, strict)
      double.injectNext({ operation: "UploadPart" }, { status: 403 })
      assert.strictEqual((yield* reasonOf(store.write(path, body)))._tag, "permission_denied")
      const failing = Stream.concat(body, Stream.fail(StorageError.of("cancelled", "the source failed")))
      assert.strictEqual((yield* reasonOf(store.write(path, failing)))._tag, "cancelled")
      for (const size of [bytes.byteLength - 1, bytes.byteLength + 1]) {
        assert.strictEqual((yield* reasonOf(store.write(path, body, { size })))._tag, "integrity_error")
      }
      assert.deepStrictEqual(yield* pending(store), [])
      assert.strictEqual((yield* reasonOf(store.stat(path)))._tag, "not_found")
    })
  )

  it.live("is aborted when it is interrupted, unless parts are to be left", () =>
    Effect.gen(function* () {
      const { store, change } = yield* openDouble(small, strict)
      const interrupted = Effect.gen(function* () {
        const fiber = yield* Effect.forkChild(store.write(path, Stream.concat(body, Stream.never)))
        while ((yield* pending(store)).length === 0) yield* Effect.sleep(10)
        yield* Fiber.interrupt(fiber)
        return yield* pending(store)
      })
      assert.deepStrictEqual(yield* interrupted, [])
      change({ leavePartsOnError: true })
      const [left] = yield* interrupted
      assert.deepStrictEqual(left?.path, path)
      yield* store.abortUpload!(left!)
      yield* store.abortUpload!(left!)
      assert.deepStrictEqual(yield* pending(store), [])
    })
  )

  it.live("has no more parts in memory than go up at once", () =>
    Effect.gen(function* () {
      const { store, double } = yield* openDouble({ ...small, uploadConcurrency: 2 }, strict)
      let pulled = 0
      const block = pattern(64 * kibibyte)
      const source = Stream.map(Stream.fromIterable(Array.from({ length: 20 }), { chunkSize: 1 }), () => {
        const sent = double.requests.filter(({ operation }) => operation === "UploadPart").length
        pulled += 1
        assert.isAtMost(pulled - sent, 4)
        return block
      })
      yield* store.write(path, source)
      assert.strictEqual(pulled, 20)
    })
  )

  it.live("takes any concurrency that the option takes", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble({ ...small, uploadConcurrency: 2 ** 31 - 1 }, strict)
      yield* store.write(path, body)
      assert.deepStrictEqual(yield* objectBytes(store, path), bytes)
    })
  )

  it.live("refuses a body of unknown size that has too many parts", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble({ ...small, maxUploadParts: 3 }, strict)
      const reason = yield* reasonOf(store.write(path, body))
      assert.deepStrictEqual([reason._tag, reason.pointer], ["body_too_large", "#/chunk_size"])
      assert.deepStrictEqual(yield* pending(store), [])
    })
  )

  it.live("fails on a part or an object that is not what was sent", () =>
    Effect.gen(function* () {
      const { store, double, operations } = yield* openDouble(small, strict)
      double.injectNext({ operation: "UploadPart" }, { status: 200, headers: { etag: `"${"0".repeat(32)}"` } })
      assert.strictEqual((yield* reasonOf(store.write(path, body)))._tag, "integrity_error")
      const etag = `<ETag>"${"0".repeat(32)}-5"</ETag>`
      const body200 = `<CompleteMultipartUploadResult>${etag}</CompleteMultipartUploadResult>`
      double.injectNext({ operation: "CompleteMultipartUpload" }, { status: 200, body: body200 })
      double.clearRequests()
      assert.strictEqual((yield* reasonOf(store.write(path, body)))._tag, "integrity_error")
      assert.include(operations(), "DeleteObject", "what is not what was sent does not stay")
      assert.deepStrictEqual(yield* pending(store), [])
    })
  )
})
