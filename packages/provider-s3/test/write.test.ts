import { assert, describe, it } from "@effect/vitest"
import { StorageError } from "@mooring/core"
import { blocks, hanging, pattern } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import { createHash } from "node:crypto"
import type { StaticSource } from "../src/credentials/CredentialSource.ts"
import { mebibyte, openAt, openDouble } from "./openDouble.ts"
import { rawServer } from "@mooring/testkit/faults"
import { reasonOf } from "./reasonOf.ts"

const path = ["b", "k"]
const stored = (double: { readonly buckets: ReadonlyMap<string, unknown> }, bucket = "b") => double.buckets.get(bucket)
const md5 = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("hex")

describe("write", () => {
  it.live("sends a small body once, with its MD5, and stores what it was given", () =>
    Effect.gen(function* () {
      const { store, double, operations } = yield* openDouble()
      const info = yield* store.write(path, blocks("te", "", "xt"), {
        size: 4,
        modified: 1_700_000_000_500,
        contentType: "text/plain",
        metadata: { Colour: "blue" }
      })
      assert.deepStrictEqual(operations(), ["PutObject"])
      const { headers } = double.requests[0]!
      assert.strictEqual(headers["content-md5"], createHash("md5").update("text").digest("base64"))
      assert.strictEqual(headers["x-amz-content-sha256"], "UNSIGNED-PAYLOAD")
      assert.strictEqual(headers["x-amz-meta-mtime"], "1700000000.5")
      const found = yield* store.stat(path)
      assert(found.kind === "object")
      assert.strictEqual(found.validator, info.validator)
      assert.deepStrictEqual(
        [found.contentType, found.modified, found.metadata],
        ["text/plain", 1_700_000_000_500, { colour: "blue" }]
      )
    })
  )

  it.live(
    "keeps the announced MD5 of an object in parts where rclone does, and sends it with one that is streamed",
    () =>
      Effect.gen(function* () {
        const { store, double } = yield* openDouble({ uploadCutoff: 10 * mebibyte })
        const parts = pattern(11 * mebibyte)
        yield* store.write(path, blocks(parts), { size: parts.byteLength, md5: md5(parts) })
        const found = yield* store.stat(path)
        assert(found.kind === "object")
        assert.strictEqual(found.checksums?.md5, md5(parts))
        const begun = double.requests.find(({ operation }) => operation === "CreateMultipartUpload")!
        assert.strictEqual(begun.headers["x-amz-meta-md5chksum"], Buffer.from(md5(parts), "hex").toString("base64"))
        const streamed = pattern(6 * mebibyte)
        yield* store.write(path, blocks(streamed), { size: streamed.byteLength, md5: md5(streamed) })
        assert.strictEqual(
          double.requests.at(-1)!.headers["content-md5"],
          Buffer.from(md5(streamed), "hex").toString("base64")
        )
      })
  )

  it.live("leaves nothing behind of a body of another MD5, sent whole, streamed or in parts", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble({ uploadCutoff: 10 * mebibyte })
      for (const size of [10, 6 * mebibyte, 11 * mebibyte]) {
        const reason = yield* reasonOf(store.write(path, blocks(pattern(size)), { size, md5: md5(Buffer.from("x")) }))
        assert.strictEqual(reason._tag, "integrity_error")
        assert.strictEqual((yield* reasonOf(store.stat(path)))._tag, "not_found")
      }
      assert.lengthOf((yield* store.listUploads!(["b"])).uploads, 0)
      assert.strictEqual((yield* reasonOf(store.write(path, blocks("x"), { md5: "X" })))._tag, "invalid_value")
    })
  )

  it.live("signs the payload where the settings want it, also of a body above a chunk", () =>
    Effect.gen(function* () {
      const { store, double } = yield* openDouble({ unsignedPayload: false, chunkSize: 1024 })
      const bytes = pattern(5000)
      yield* store.write(path, blocks(bytes), { size: 5000 })
      const { headers, operation } = double.requests[0]!
      assert.strictEqual(operation, "PutObject")
      assert.strictEqual(headers["x-amz-content-sha256"], createHash("sha256").update(bytes).digest("hex"))
    })
  )

  it.live("streams a body between a chunk and the cutoff, once and whole", () =>
    Effect.gen(function* () {
      const { store, double, operations } = yield* openDouble()
      const bytes = pattern(6 * mebibyte)
      const info = yield* store.write(path, blocks(bytes.subarray(0, 1000), bytes.subarray(1000)), {
        size: bytes.byteLength
      })
      assert.deepStrictEqual(operations(), ["PutObject"])
      assert.strictEqual(double.requests[0]!.bodyLength, bytes.byteLength)
      assert.strictEqual(info.checksums?.md5, md5(bytes))
      double.injectNext({ operation: "PutObject" }, { status: 503 })
      assert.strictEqual(
        (yield* reasonOf(store.write(path, blocks(bytes), { size: bytes.byteLength })))._tag,
        "rate_limited"
      )
    })
  )

  it.live("repeats a buffered body, and not one with a condition", () =>
    Effect.gen(function* () {
      const { store, double, operations } = yield* openDouble()
      double.injectNext({ operation: "PutObject" }, "drop")
      double.injectNext({ operation: "PutObject" }, { status: 500 })
      yield* store.write(path, blocks("text"))
      assert.deepStrictEqual(operations(), ["PutObject", "PutObject", "PutObject"])
      double.injectNext({ operation: "PutObject" }, "apply-then-drop")
      const reason = yield* reasonOf(store.write(["b", "new"], blocks("text"), { ifNoneMatch: "*" }))
      assert.strictEqual(reason._tag, "provider_unavailable")
      assert.strictEqual(operations().length, 4)
    })
  )

  it.live("honours conditions", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble()
      const { validator } = yield* store.write(path, blocks("one"), { ifNoneMatch: "*" })
      assert.strictEqual(
        (yield* reasonOf(store.write(path, blocks("two"), { ifNoneMatch: "*" })))._tag,
        "precondition_failed"
      )
      yield* store.write(path, blocks("two"), { ifMatch: validator as string })
      assert.strictEqual(
        (yield* reasonOf(store.write(path, blocks("three"), { ifMatch: validator as string })))._tag,
        "precondition_failed"
      )
    })
  )

  for (const [title, size, chunkSize] of [
    ["buffered", 10, mebibyte],
    ["streamed", 10, 1]
  ] as const) {
    it.live(`fails on a ${title} body of another size, and nothing stays`, () =>
      Effect.gen(function* () {
        const { store, double } = yield* openDouble({ chunkSize })
        for (const text of ["short", "much too long"]) {
          assert.strictEqual((yield* reasonOf(store.write(path, blocks(text), { size })))._tag, "integrity_error")
        }
        assert.strictEqual((yield* reasonOf(store.stat(path)))._tag, "not_found")
        assert.isDefined(stored(double))
      })
    )

    it.live(`fails with the error of the source of a ${title} body`, () =>
      Effect.gen(function* () {
        const { store } = yield* openDouble({ chunkSize })
        const body = Stream.concat(blocks("some"), Stream.fail(StorageError.of("cancelled", "the source failed")))
        assert.strictEqual((yield* reasonOf(store.write(path, body, { size })))._tag, "cancelled")
        assert.strictEqual((yield* reasonOf(store.stat(path)))._tag, "not_found")
      })
    )

    it.live(`stores nothing of a ${title} body that is interrupted`, () =>
      Effect.gen(function* () {
        const { store } = yield* openDouble({ chunkSize })
        const { body, reached } = hanging("some")
        const fiber = yield* Effect.forkChild(store.write(path, body, { size }))
        yield* reached
        yield* Fiber.interrupt(fiber)
        assert.strictEqual((yield* reasonOf(store.stat(path)))._tag, "not_found")
      })
    )
  }

  it.live("refuses the root, a bucket and a missing bucket", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble()
      assert.strictEqual((yield* reasonOf(store.write([], blocks("x"))))._tag, "is_a_directory")
      assert.strictEqual((yield* reasonOf(store.write(["b"], blocks("x"))))._tag, "is_a_directory")
      assert.strictEqual((yield* reasonOf(store.write(["missing", "x"], blocks("x"))))._tag, "not_found")
    })
  )

  it.live("takes an ETag that is another MD5 for damage, and removes what was streamed", () =>
    Effect.gen(function* () {
      const methods: Array<string> = []
      const origin = yield* rawServer((request, response) => {
        methods.push(request.method ?? "")
        response.writeHead(request.method === "PUT" ? 200 : 204, { etag: `"${md5(Buffer.from("other"))}"` }).end()
      })
      const { store } = yield* openAt(origin, { chunkSize: 2 })
      assert.strictEqual((yield* reasonOf(store.write(path, blocks("t"))))._tag, "integrity_error")
      assert.strictEqual((yield* reasonOf(store.write(path, blocks("text"), { size: 4 })))._tag, "integrity_error")
      assert.deepStrictEqual(methods, ["PUT", "PUT", "DELETE"])
    })
  )

  it.live("refuses an object that no number of parts would hold, before it sends a byte", () =>
    Effect.gen(function* () {
      const { store, change, operations } = yield* openDouble({ maxUploadParts: 2 })
      const gibibyte = 1024 * mebibyte
      const parts = yield* reasonOf(store.write(path, blocks("x"), { size: 10 * gibibyte + 1 }))
      assert.deepStrictEqual([parts._tag, parts.pointer], ["body_too_large", "#/max_upload_parts"])
      change({ multipartUploads: false })
      const whole = yield* reasonOf(store.write(path, blocks("x"), { size: 5 * gibibyte + 1 }))
      assert.deepStrictEqual([whole._tag, whole.pointer], ["body_too_large", "#/use_multipart_uploads"])
      assert.deepStrictEqual(operations(), [])
    })
  )

  it.live("uses new credentials at once", () =>
    Effect.gen(function* () {
      const { store, change, settings } = yield* openDouble()
      const credentials = settings.credentials as StaticSource
      change({ credentials: { ...credentials, accessKeyId: "AKIAUNKNOWN" } })
      assert.strictEqual((yield* reasonOf(store.write(path, blocks("x"))))._tag, "auth_invalid")
      change({ credentials })
      yield* store.write(path, blocks("x"))
    })
  )
})
