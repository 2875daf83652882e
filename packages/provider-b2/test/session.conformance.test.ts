import { assert, it } from "@effect/vitest"
import { blocks, objectText, pattern } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { inHost, prepare } from "./host.ts"
import { config, control, openBucket, operationsOf, withKey } from "./service.ts"

const authorizations = (operations: ReadonlyArray<string>) =>
  operations.filter((operation) => operation === "b2_authorize_account").length

it.live("a token that expires is renewed once for all calls that it was refused to", () =>
  Effect.gen(function* () {
    const { store, bucket } = yield* openBucket()
    yield* store.write([bucket, "object"], blocks("text"), { size: 4 })
    yield* control("expire-tokens")
    const all = Effect.all(
      Array.from({ length: 8 }, (_, index) => store.listPage([bucket], { limit: index + 1 })),
      { concurrency: "unbounded" }
    )
    assert.strictEqual(authorizations(yield* operationsOf(all)), 1)
    for (const use of [
      store.stat([bucket, "object"]),
      objectText(store, [bucket, "object"]),
      store.write([bucket, "object"], blocks("again"), { size: 5 }),
      store.remove([bucket, "object"])
    ]) {
      yield* control("expire-tokens")
      yield* use
    }
  }).pipe(Effect.scoped)
)

it.live("a token that expires between the parts of a large file is renewed", () =>
  Effect.gen(function* () {
    const { store, bucket } = yield* openBucket()
    const upload = yield* store.openUpload!([bucket, "object"])
    yield* upload.writePart(1, pattern(5_000_000))
    yield* control("expire-tokens")
    yield* upload.writePart(2, pattern(10))
    assert.strictEqual((yield* upload.complete).size, 5_000_010)
  }).pipe(Effect.scoped)
)

it.live("a new key reaches an open store, and the old one is not used any more", () =>
  Effect.gen(function* () {
    const { bucket } = yield* openBucket()
    const reader = yield* withKey(["listFiles", "listBuckets"])
    const writer = yield* withKey(["listFiles", "listBuckets", "writeFiles"])
    const { store, replace } = yield* inHost(prepare(reader).open)
    const write = store.write([bucket, "object"], blocks("text"), { size: 4 })
    const { reason } = yield* Effect.flip(write)
    assert.deepStrictEqual(
      [reason._tag, reason.detail, reason.pointer],
      ["permission_denied", "the application key lacks the capability writeFiles", "#/key"]
    )
    assert.isTrue(yield* replace(writer))
    yield* write
    assert.isFalse(yield* replace({ ...writer, hard_delete: true }), "what is no credential opens the store anew")
  }).pipe(Effect.scoped)
)

it.live("a key that is wrong is auth_invalid, and no more requests are made with it than one", () =>
  Effect.gen(function* () {
    const { store } = yield* inHost(prepare({ ...config, key: "wrong" }).open)
    const operations = yield* operationsOf(
      Effect.map(Effect.flip(store.listPage([])), ({ reason }) => assert.strictEqual(reason._tag, "auth_invalid"))
    )
    assert.strictEqual(authorizations(operations), 1)
  }).pipe(Effect.scoped)
)
