import { assert, it } from "@effect/vitest"
import { failedStage, type TestOptions } from "@mooring/core/ConnectionTest"
import * as Effect from "effect/Effect"
import { bodyOf } from "./bodies.ts"
import { inHost, prepare } from "./host.ts"
import { config, openBucket, withKey } from "./service.ts"

const all = ["listBuckets", "listFiles", "readFiles", "writeFiles", "deleteFiles"]

const test = (options: unknown, at: TestOptions = {}) => Effect.scoped(inHost(prepare(options).test(at)))

/** Outcome by stage, and of the first that failed what is blamed. */
const told = (options: unknown, at: TestOptions = {}) =>
  Effect.map(test(options, at), (stages) => {
    const { stage, code, pointer, detail } = failedStage(stages) ?? {}
    return { stage, code, pointer, detail, stages: Object.fromEntries(stages.map((one) => [one.stage, one.outcome])) }
  })

const failed = Effect.fnUntraced(function* (
  options: unknown,
  at: TestOptions,
  ...expected: ReadonlyArray<string | undefined>
) {
  const { stage, code, pointer } = yield* told(options, at)
  assert.deepStrictEqual([stage, code, pointer], expected)
  const stages = yield* test(options, at)
  assert.isString(failedStage(stages)?.suggestion, "there is a way out")
})

it.live("what is right passes", () =>
  Effect.gen(function* () {
    const { store, bucket } = yield* openBucket()
    yield* store.write([bucket, "object"], bodyOf("text"))
    const { stages } = yield* told(config, { at: [bucket], write: true })
    assert.deepStrictEqual(stages, {
      resolve: "passed",
      connect: "passed",
      tls: "skipped",
      authenticate: "passed",
      list: "passed",
      read: "passed",
      write: "passed"
    })
    assert.strictEqual((yield* store.listPage([bucket])).entries.length, 1)
    assert.strictEqual((yield* store.versions!([bucket, "object"])).versions.length, 1)
  }).pipe(Effect.scoped)
)

it.live("a wrong account and a wrong key are told where they show", () =>
  Effect.gen(function* () {
    yield* failed({ ...config, account: "slip" }, {}, "authenticate", "auth_invalid", "#/account")
    const id = { ...config, account: "005a0b6c0b0a1b20000000001" }
    yield* failed(id, {}, "authenticate", "auth_invalid", "#/key")
    const swapped = { ...config, account: "K005aAbCdEfGhIjKlMnOpQrStUvWxYz", key: config.account }
    yield* failed(swapped, {}, "authenticate", "auth_invalid", "#/account")
    assert.match((yield* told(swapped)).detail ?? "", /swapped/)
  })
)

it.live("a place where nothing listens is told of the endpoint", () =>
  failed({ ...config, endpoint: "http://127.0.0.1:1" }, {}, "connect", "connect_refused", "#/endpoint")
)

it.live("a place that is none is told", () =>
  Effect.gen(function* () {
    const { store, bucket } = yield* openBucket()
    yield* store.write([bucket, "object"], bodyOf("text"))
    yield* failed(config, { at: ["no-such-bucket"] }, "list", "not_found", undefined)
    yield* failed(config, { at: [bucket, "object"] }, "list", "not_a_directory", undefined)
    yield* failed(config, { at: ["no_bucket!"] }, "list", "invalid_name", undefined)
  }).pipe(Effect.scoped)
)

it.live("a key that lacks a capability is told which", () =>
  Effect.gen(function* () {
    const { store, bucket, bucketId } = yield* openBucket()
    yield* store.write([bucket, "object"], bodyOf("text"))
    for (const [missing, stage] of [
      ["listFiles", "list"],
      ["readFiles", "read"],
      ["writeFiles", "write"]
    ] as const) {
      const key = yield* withKey(
        all.filter((capability) => capability !== missing),
        { bucketIds: [bucketId] }
      )
      const found = yield* told(key, { at: [bucket], write: true })
      assert.deepStrictEqual(
        [found.stage, found.code, found.pointer, found.detail],
        [stage, "permission_denied", "#/key", `the application key lacks the capability ${missing}`]
      )
    }
    const unlisted = yield* withKey(all.filter((capability) => capability !== "listBuckets"))
    assert.strictEqual((yield* told(unlisted)).stages["list"], "unverified")
    const narrow = yield* withKey(all.slice(1), { bucketIds: [bucketId], namePrefix: "dir/" })
    assert.strictEqual((yield* told(narrow, { at: [bucket, "dir"], write: true })).stages["write"], "passed")
    yield* failed(narrow, { at: [bucket, "other"] }, "list", "permission_denied", "#/key")
    yield* failed(narrow, { at: ["another-bucket"] }, "list", "permission_denied", "#/key")
  }).pipe(Effect.scoped)
)

it.live("what a key may write and not remove is hidden, or named where it must be removed for good", () =>
  Effect.gen(function* () {
    const { store, bucket, bucketId } = yield* openBucket()
    const writer = yield* withKey(["listFiles", "readFiles", "writeFiles"], { bucketIds: [bucketId] })
    assert.strictEqual((yield* told(writer, { at: [bucket], write: true })).stages["write"], "passed")
    assert.deepStrictEqual((yield* store.listPage([bucket])).entries, [])
    const stages = yield* test({ ...writer, hard_delete: true }, { at: [bucket], write: true })
    const { stage, code, suggestion } = failedStage(stages) ?? {}
    assert.deepStrictEqual([stage, code], ["write", "permission_denied"])
    const [left] = (yield* store.listPage([bucket])).entries
    assert.include(suggestion ?? "", left?.path.at(-1) ?? "nothing is left")
  }).pipe(Effect.scoped)
)
