/** Core's wrappers keep the promises of the store that they wrap. */
import { list } from "@mooring/core/list"
import type { StorageError } from "@mooring/core/StorageError"
import { prefix } from "@mooring/core/wrappers/prefix"
import { tracing } from "@mooring/core/wrappers/tracing"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { memoryStore, memorySubject, versioned } from "../src/memory/index.ts"
import { runSuites } from "../src/runSuites.ts"
import type { Subject } from "../src/Suite.ts"
import { suites } from "../src/suites/index.ts"

const failed = (subject: Subject) =>
  Effect.map(runSuites(subject, suites), (outcomes) => outcomes.filter(({ outcome }) => outcome === "failed"))

const below = memorySubject(versioned, (store) => prefix(store, ["box", "root"]))

const bytes = Stream.succeed<Uint8Array>(Buffer.from("x"))

describe.concurrent("wrappers", () => {
  it.live(
    "prefix reaches nothing outside of it, nor the object at its root",
    Effect.fnUntraced(function* () {
      const store = memoryStore(versioned)
      for (const path of [
        ["box", "root"],
        ["box", "root", "in"],
        ["box", "rooted"]
      ])
        yield* store.write(path, bytes)
      const upload = yield* store.openUpload!(["box", "root"])
      const view = prefix(store, ["box", "root"])
      const tried = [
        Effect.scoped(view.read([])),
        view.write([], bytes),
        view.remove([]),
        view.removeMany!([["in"], []]),
        view.copy!([], ["copy"]),
        view.copy!(["in"], []),
        view.move!([], ["moved"]),
        view.setModified!([], 0),
        view.setTier!([], "cold"),
        view.versions!([]),
        view.removeVersion!([], "1"),
        view.presign!([], "GET", 60),
        view.publicLink!([]),
        view.openUpload!([])
      ]
      for (const one of tried) {
        assert.strictEqual(
          (yield* Effect.flip(one as Effect.Effect<unknown, StorageError>)).reason._tag,
          "is_a_directory"
        )
      }
      assert.strictEqual((yield* Effect.flip(view.resumeUpload!(upload.token))).reason._tag, "not_found")
      const left = yield* Stream.runCollect(list(store, ["box"], { recursive: true }))
      assert.deepStrictEqual(
        left.map(({ path }) => path.join("/")),
        ["box/root", "box/root/in", "box/rooted"]
      )
    })
  )

  it.live(
    "tracing",
    Effect.fnUntraced(function* () {
      assert.deepStrictEqual(yield* failed(memorySubject(versioned, (store) => tracing(store, "bck_0"))), [])
    }),
    600_000
  )

  it.live(
    "prefix",
    Effect.fnUntraced(function* () {
      const { testConnection: _, ...subject } = below
      const open = Effect.map(below.open, ({ store }) => ({ store, place: ["place"] }))
      const outcomes = yield* failed({ ...subject, open, faults: below.faults! })
      assert.deepStrictEqual(outcomes, [])
    }),
    600_000
  )
})
