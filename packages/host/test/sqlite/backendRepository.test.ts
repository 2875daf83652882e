import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Worker } from "node:worker_threads"
import { BackendRepository, type BackendRecord } from "../../src/BackendRepository.ts"
import * as sqlite from "../../src/sqlite/layer.ts"
import { temporaryFolder } from "../temporaryFolder.ts"

const record = (id: string, name?: string): BackendRecord => ({
  id,
  provider: "example",
  backendType: "example",
  ...(name !== undefined && { name }),
  options: { endpoint: "https://é.invalid/'; DROP TABLE backends; --" },
  sealed: { key: "1.a.b.c.d" },
  created: 1,
  revision: 1
})

const withRepository = <A, E>(folder: string, use: (repository: BackendRepository["Service"]) => Effect.Effect<A, E>) =>
  Effect.provide(Effect.flatMap(BackendRepository, use), sqlite.layer(folder))

describe("the repository", () => {
  it.effect("keeps records over a restart, in order, by id and name", () =>
    Effect.gen(function* () {
      const folder = yield* temporaryFolder
      yield* withRepository(folder, ({ insert }) =>
        Effect.andThen(insert(record("bck_b", "one")), insert(record("bck_a")))
      )
      yield* withRepository(
        folder,
        Effect.fnUntraced(function* ({ get, list }) {
          assert.deepStrictEqual(yield* list, [record("bck_a"), record("bck_b", "one")])
          assert.deepStrictEqual(yield* get("one"), record("bck_b", "one"))
          assert.strictEqual((yield* Effect.flip(get("nobody"))).reason._tag, "not_found")
        })
      )
      assert.strictEqual(statSync(join(folder, "mooring.db")).mode & 0o777, 0o600)
    })
  )

  it.live("waits for another process that opens the same file", () =>
    Effect.gen(function* () {
      const folder = yield* temporaryFolder
      const path = join(folder, "mooring.db")
      writeFileSync(path, "", { mode: 0o600 })
      const code = `
        const { workerData, parentPort } = require("node:worker_threads")
        const database = new (require("node:sqlite").DatabaseSync)(workerData)
        database.exec("BEGIN EXCLUSIVE")
        parentPort.postMessage("held")
        setTimeout(() => { database.exec("COMMIT"); database.close() }, 200)`
      const worker = yield* Effect.acquireRelease(
        Effect.sync(() => new Worker(code, { eval: true, workerData: path })),
        (it) => Effect.promise(() => it.terminate())
      )
      yield* Effect.callback<void>((resume) => void worker.once("message", () => resume(Effect.void)))
      assert.deepStrictEqual(yield* withRepository(folder, ({ list }) => list), [])
    })
  )

  it.effect("finds an id before a name that is spelled like it", () =>
    Effect.gen(function* () {
      const folder = yield* temporaryFolder
      yield* withRepository(
        folder,
        Effect.fnUntraced(function* ({ insert, get }) {
          yield* insert(record("bck_a", "bck_b"))
          yield* insert(record("bck_b", "bck_c"))
          yield* insert(record("bck_c"))
          assert.strictEqual((yield* get("bck_b")).id, "bck_b")
          assert.strictEqual((yield* get("bck_c")).id, "bck_c")
        })
      )
    })
  )

  it.effect("refuses a name that is taken, a revision that is old, and a backend that is gone", () =>
    Effect.gen(function* () {
      const folder = yield* temporaryFolder
      yield* withRepository(
        folder,
        Effect.fnUntraced(function* ({ insert, update, remove, get }) {
          yield* insert(record("bck_a", "one"))
          assert.strictEqual((yield* Effect.flip(insert(record("bck_b", "one")))).reason._tag, "already_exists")
          yield* update({ ...record("bck_a"), revision: 2, options: { changed: true } })
          assert.deepStrictEqual((yield* get("bck_a")).options, { changed: true })
          const late = yield* Effect.flip(update({ ...record("bck_a"), revision: 2 }))
          assert.strictEqual(late.reason._tag, "precondition_failed")
          yield* remove("bck_a")
          assert.strictEqual((yield* Effect.flip(remove("bck_a"))).reason._tag, "not_found")
        })
      )
    })
  )
})
