/**
 * Snapshots and batches at a real server; versions are shown by the double. `MOORING_SETUP` is what the setup's `up` printed.
 */
import { assert, describe, it } from "@effect/vitest"
import { blocks, objectText } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { takeSnapshot } from "./openDouble.ts"
import { openWith, settingsOf } from "./store.ts"

const { config } = JSON.parse(process.env["MOORING_SETUP"] ?? "") as {
  readonly config: { readonly account: string; readonly key: string; readonly endpoint: string }
}
const container = `states-${Date.now()}`

const opened = (options: object = {}) =>
  Effect.tap(openWith(settingsOf({ ...config, ...options })), ({ store }) => store.createContainer!([container]))

describe("snapshots", () => {
  it.live("are listed below the blob, the newest first, read, and removed one by one", () =>
    Effect.gen(function* () {
      const { client, store } = yield* opened()
      const path = [container, "with snapshots"]
      for (const text of ["one", "two", "three"]) {
        yield* store.write(path, blocks(text))
        if (text !== "three") yield* takeSnapshot(client, path)
      }
      yield* store.write([container, "with snapshots too"], blocks("other"))
      const { versions } = yield* store.versions!(path)
      assert.deepStrictEqual(
        versions.map(({ current, deleted }) => [current, deleted]),
        [
          [true, false],
          [false, false],
          [false, false]
        ]
      )
      const texts = yield* Effect.forEach(versions, ({ id }) => objectText(store, path, { version: id }))
      assert.deepStrictEqual(texts, ["three", "two", "one"])
      yield* store.removeVersion!(path, versions[1]!.id)
      yield* store.removeVersion!(path, versions[1]!.id)
      const gone = yield* Effect.flip(objectText(store, path, { version: versions[1]!.id }))
      assert.strictEqual(gone.reason._tag, "not_found")
      const left = (yield* store.versions!(path)).versions.map(({ id }) => id)
      assert.deepStrictEqual(left, [versions[0]!.id, versions[2]!.id])
      yield* store.write(path, blocks("four"))
      assert.strictEqual(
        (yield* Effect.flip(objectText(store, path, { version: versions[0]!.id }))).reason._tag,
        "not_found"
      )
    }).pipe(Effect.scoped)
  )
})

describe("batches", () => {
  it.live("remove more objects than one call takes, and tell of one that stays", () =>
    Effect.gen(function* () {
      const { client, store } = yield* opened()
      const names = Array.from({ length: 300 }, (_, index) => `batch/${index} é%2F+`)
      yield* Effect.forEach(names, (name) => store.write([container, ...name.split("/")], blocks(name)), {
        concurrency: 16,
        discard: true
      })
      yield* store.write([container, "kept"], blocks("kept"))
      yield* takeSnapshot(client, [container, "kept"])
      const paths = [...names.map((name) => [container, ...name.split("/")]), [container, "missing"]]
      yield* store.removeMany!(paths)
      assert.deepStrictEqual((yield* store.listPage([container, "batch"])).entries, [])
      const error = yield* Effect.flip(
        store.removeMany!([
          [container, "kept"],
          [container, "missing"]
        ])
      )
      assert.deepStrictEqual([error.reason._tag, error.reason.pointer], ["not_empty", "#/delete_snapshots"])
      const { store: thorough } = yield* opened({ delete_snapshots: "include" })
      yield* thorough.removeMany!([
        [container, "kept"],
        [container, "missing"]
      ])
      assert.strictEqual((yield* Effect.flip(store.stat([container, "kept"]))).reason._tag, "not_found")
    }).pipe(Effect.scoped)
  )
})
