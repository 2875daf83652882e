/**
 * Keys that may do less: the suites with one of a bucket and a prefix, and what is said of what a key lacks.
 */
import { assert, describe, it } from "@effect/vitest"
import { conformance } from "@mooring/testkit/conformance"
import type { Subject } from "@mooring/testkit"
import { blocks, objectText, suites } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { randomBytes } from "node:crypto"
import { inHost, openWith, prepare } from "./host.ts"
import { call, config, openBucket, withKey } from "./service.ts"

const objects = ["listFiles", "readFiles", "writeFiles", "deleteFiles", "shareFiles"]
const { bucket, bucketId } = await Effect.runPromise(Effect.scoped(openBucket()))
const narrow = await Effect.runPromise(withKey(objects, { bucketIds: [bucketId], namePrefix: "down/to" }))

const subject: Subject = {
  name: "B2 by a key of a prefix",
  partSize: Number(config["chunk_size"]),
  open: Effect.map(openWith(narrow), (store) => ({
    store,
    place: [bucket, "down", `to-${randomBytes(6).toString("hex")}`]
  })),
  testConnection: (options) => inHost(prepare(narrow).test(options))
}

const chosen = ["write", "read", "list", "stat", "remove", "copy", "errors", "connection", "multipart", "uploads"]

await conformance(subject, {
  skipped: new URL("skipped/narrow.txt", import.meta.url),
  suites: suites.filter(({ name }) => chosen.includes(name))
})

describe("a key of a prefix", () => {
  it.live("shows the way down to it, and nothing beside", () =>
    Effect.gen(function* () {
      const store = yield* openWith(narrow)
      yield* store.write([bucket, "down", "to-the", "object"], blocks("text"))
      const shown = (path: ReadonlyArray<string>, recursive = false) =>
        Effect.map(store.listPage(path, { recursive }), ({ entries }) =>
          entries.map(({ kind, path: found }) => `${kind} ${found.slice(1).join("/")}`)
        )
      assert.deepStrictEqual((yield* store.listPage([])).entries, [{ kind: "container", path: [bucket] }])
      assert.deepStrictEqual(yield* shown([bucket]), ["directory down"])
      assert.include(yield* shown([bucket, "down"]), "directory down/to-the")
      assert.include(yield* shown([bucket], true), "object down/to-the/object")
      assert.strictEqual((yield* store.stat([bucket, "down"])).kind, "directory")
      for (const refused of [
        store.listPage([bucket, "up"]),
        store.stat([bucket, "up", "object"]),
        store.write([bucket, "up", "object"], blocks("text")),
        store.remove([bucket, "down", "other"]),
        store.listPage(["another-bucket"])
      ] as ReadonlyArray<Effect.Effect<unknown, Effect.Error<ReturnType<typeof store.stat>>>>) {
        const { reason } = yield* Effect.flip(refused)
        assert.deepStrictEqual([reason._tag, reason.pointer], ["permission_denied", "#/key"])
      }
    }).pipe(Effect.scoped)
  )
})

describe("a key of several buckets", () => {
  it.live("shows and opens these, and no other", () =>
    Effect.gen(function* () {
      const [one, two, other] = yield* Effect.all([openBucket(), openBucket(), openBucket()])
      const key = yield* withKey(objects, { bucketIds: [one.bucketId, two.bucketId] })
      const store = yield* openWith(key)
      const { entries } = yield* store.listPage([])
      assert.deepStrictEqual(
        entries.map(({ path }) => path[0]),
        [one.bucket, two.bucket].toSorted()
      )
      for (const { bucket: name } of [one, two]) {
        yield* store.write([name, "object"], blocks(`in ${name}`))
        assert.strictEqual(yield* objectText(store, [name, "object"]), `in ${name}`)
      }
      yield* store.copy!([one.bucket, "object"], [two.bucket, "copy"])
      const { reason } = yield* Effect.flip(store.listPage([other.bucket]))
      assert.deepStrictEqual([reason._tag, reason.pointer], ["permission_denied", "#/key"])
      const { files } = yield* call("list_file_names", { bucketId: other.bucketId })
      assert.deepStrictEqual(files, [])
      yield* one.store.remove([one.bucket, "object"])
      for (const { id } of (yield* one.store.versions!([one.bucket, "object"])).versions) {
        yield* one.store.removeVersion!([one.bucket, "object"], id)
      }
      yield* one.store.removeContainer!([one.bucket])
      const left = yield* (yield* openWith(key)).listPage([])
      assert.deepStrictEqual(
        left.entries.map(({ path }) => path[0]),
        [two.bucket],
        "one that is gone has no name"
      )
    }).pipe(Effect.scoped)
  )
})

describe("a key without a capability", () => {
  for (const missing of ["listFiles", "readFiles", "writeFiles", "shareFiles", "deleteFiles"]) {
    it.live(`${missing} is told so by the call that needs it`, () =>
      Effect.gen(function* () {
        const options = yield* withKey(
          objects.filter((capability) => capability !== missing),
          { bucketIds: [bucketId] }
        )
        const store = yield* openWith(options)
        const owner = yield* openWith(config)
        yield* owner.write([bucket, "object"], blocks("text"))
        const { validator = "" } = yield* owner.write([bucket, "other"], blocks("text"))
        const needs: Readonly<Record<string, Effect.Effect<unknown, Effect.Error<typeof store.check>>>> = {
          listFiles: store.listPage([bucket]),
          readFiles: objectText(store, [bucket, "object"]),
          writeFiles: store.write([bucket, "object"], blocks("text")),
          shareFiles: store.presign!([bucket, "object"], "GET", 10),
          deleteFiles: store.removeVersion!([bucket, "other"], validator)
        }
        for (const [name, use] of Object.entries(needs)) {
          const result = yield* Effect.result(use)
          if (result._tag === "Failure") {
            assert.strictEqual(result.failure.reason.detail, `the application key lacks the capability ${name}`)
          }
          assert.strictEqual(result._tag === "Failure", name === missing, name)
        }
        yield* store.check
      }).pipe(Effect.scoped)
    )
  }
})
