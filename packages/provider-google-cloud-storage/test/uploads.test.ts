import { assert, it } from "@effect/vitest"
import { blocks, objectBytes, objectText, pattern } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { partSize } from "./host.ts"
import { openDouble } from "./openDouble.ts"

const path = ["bucket", "object"]
const bytes = pattern(2 * partSize + 100)
const part = (number: number) => bytes.subarray((number - 1) * partSize, number * partSize)

it.live("a part of which some bytes arrived goes on from there, also in another process", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    const upload = yield* store.openUpload!(path)
    yield* upload.writePart(1, part(1))
    service.injectNext({ operation: "uploads.put", target: /./ }, { until: Promise.resolve() })
    service.injectNext({ operation: "uploads.put", target: /./ }, { until: Promise.resolve() })
    service.injectNext({ operation: "uploads.put", target: /./ }, { receive: 256 * 1024 })
    yield* upload.writePart(2, part(2))
    const resumed = yield* store.resumeUpload!(upload.token)
    assert.deepStrictEqual(yield* resumed.parts, [
      { number: 1, size: partSize },
      { number: 2, size: partSize }
    ])
    yield* resumed.writePart(3, part(3))
    yield* resumed.complete
    assert.isTrue(Buffer.from(yield* objectBytes(store, path)).equals(bytes))
  })
)

it.live("the last part waits for the end, and who resumes sends it again", () =>
  Effect.gen(function* () {
    const { store } = yield* openDouble()
    const upload = yield* store.openUpload!(path)
    yield* upload.writePart(1, part(1))
    yield* upload.writePart(2, bytes.subarray(partSize, partSize + 7))
    assert.strictEqual((yield* upload.parts).length, 1)
    assert.strictEqual((yield* Effect.flip(upload.writePart(2, part(2)))).reason._tag, "invalid_value")
    const resumed = yield* store.resumeUpload!(upload.token)
    yield* resumed.writePart(2, bytes.subarray(partSize, partSize + 7))
    yield* resumed.complete
    assert.strictEqual((yield* objectBytes(store, path)).length, partSize + 7)
  })
)

it.live("a part that arrived in part is none, and nothing is made of it", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    const upload = yield* store.openUpload!(path)
    yield* upload.writePart(1, part(1))
    for (const session of service.uploads.values()) session.body = session.body.subarray(0, partSize / 2)
    const resumed = yield* store.resumeUpload!(upload.token)
    assert.deepStrictEqual(yield* resumed.parts, [])
    assert.strictEqual((yield* Effect.flip(resumed.complete)).reason._tag, "invalid_value")
    yield* resumed.writePart(1, part(1))
    yield* resumed.complete
    assert.isTrue(Buffer.from(yield* objectBytes(store, path)).equals(Buffer.from(part(1))))
  })
)

it.live("parts come in their order and have their size", () =>
  Effect.gen(function* () {
    const { store } = yield* openDouble()
    const upload = yield* store.openUpload!(path)
    assert.strictEqual((yield* Effect.flip(upload.writePart(2, part(2)))).reason._tag, "invalid_value")
    assert.strictEqual((yield* Effect.flip(upload.writePart(1, bytes))).reason._tag, "invalid_value")
    yield* upload.writePart(1, part(1))
    assert.strictEqual((yield* Effect.flip(upload.writePart(1, part(1)))).reason._tag, "invalid_value")
    assert.strictEqual((yield* Effect.flip(upload.copyPart(2, path, { start: 0, end: 1 }))).reason._tag, "unsupported")
  })
)

it.live("its conditions hold, and one that is completed is gone", () =>
  Effect.gen(function* () {
    const { store } = yield* openDouble()
    const upload = yield* store.openUpload!(path, { ifNoneMatch: "*" })
    yield* upload.writePart(1, part(3))
    yield* store.write(path, blocks("meanwhile"))
    assert.strictEqual((yield* Effect.flip(upload.complete)).reason._tag, "precondition_failed")
    assert.strictEqual(yield* objectText(store, path), "meanwhile")
    const other = yield* store.openUpload!(["bucket", "other"])
    yield* other.complete
    assert.strictEqual(yield* objectText(store, ["bucket", "other"]), "")
    assert.strictEqual((yield* Effect.flip(store.resumeUpload!(other.token))).reason._tag, "not_found")
    yield* other.abort
    assert.strictEqual(yield* objectText(store, ["bucket", "other"]), "")
  })
)

it.live("a token of something else is refused before anything is asked", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    const upload = yield* store.openUpload!(path)
    const token = JSON.parse(upload.token)
    service.clearRequests()
    for (const text of [
      "",
      "{}",
      "secret",
      JSON.stringify({ ...token, session: "/storage/v1/b/bucket/o/object" }),
      JSON.stringify({ ...token, session: "/storage/v1/b/bucket/o/object?upload_id=1" }),
      JSON.stringify({ ...token, session: "/upload/storage/v1/b/../../../storage/v1/b/bucket/o?upload_id=1" }),
      JSON.stringify({ ...token, session: "https://evil.test/upload?upload_id=1" }),
      JSON.stringify({ ...token, partSize: 0 })
    ]) {
      const { reason } = yield* Effect.flip(store.resumeUpload!(text))
      assert.strictEqual(reason._tag, "invalid_value")
      assert.isTrue(text === "" || !reason.detail.includes(text))
    }
    assert.deepStrictEqual(service.requests, [])
  })
)

it.live("an upload is aborted by its token", () =>
  Effect.gen(function* () {
    const { store } = yield* openDouble()
    const upload = yield* store.openUpload!(path)
    yield* upload.writePart(1, part(1))
    const pending = { path, id: upload.token }
    yield* store.abortUpload!(pending)
    yield* store.abortUpload!(pending)
    assert.strictEqual((yield* Effect.flip(store.resumeUpload!(upload.token))).reason._tag, "not_found")
  })
)
