import { assert, describe, it } from "@effect/vitest"
import { pattern } from "@mooring/testkit"
import { flat, memoryStore } from "@mooring/testkit/memory"
import * as Effect from "effect/Effect"
import { spawn } from "node:child_process"
import { once } from "node:events"
import * as fs from "node:fs/promises"
import { join } from "node:path"
import { storageErrorOf } from "../src/cacheFolder/localFiles.ts"
import { codeOf, mount, mounted, put, stored, temporaryFolder } from "./mounted.ts"

const large = pattern(2 * 1024 * 1024)

/** A process that locks the folder as we do, and says so. */
const lockElsewhere = (folder: string) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const script =
        `const { DatabaseSync } = require("node:sqlite"); globalThis.held = new DatabaseSync(${JSON.stringify(join(folder, "lock"))});` +
        `held.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE"); process.stdout.write("locked"); setInterval(() => {}, 1000)`
      const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "ignore"] })
      await once(child.stdout, "data")
      return child
    }),
    (child) => Effect.sync(() => child.kill("SIGKILL"))
  )

describe("the cache folder", () => {
  it.effect("belongs to one filesystem at a time", () =>
    Effect.gen(function* () {
      const cacheFolder = yield* temporaryFolder
      yield* Effect.scoped(
        Effect.gen(function* () {
          yield* mount(memoryStore(flat), { cacheFolder })
          assert.strictEqual(yield* codeOf(mount(memoryStore(flat), { cacheFolder })), "backend_in_use")
        })
      )
      yield* mount(memoryStore(flat), { cacheFolder })
    })
  )

  it.effect("belongs to one process, until that is killed", () =>
    Effect.gen(function* () {
      const cacheFolder = yield* temporaryFolder
      const child = yield* lockElsewhere(cacheFolder)
      assert.strictEqual(yield* codeOf(mount(memoryStore(flat), { cacheFolder })), "backend_in_use")
      const ended = once(child, "exit")
      child.kill("SIGKILL")
      yield* Effect.promise(() => ended)
      yield* mount(memoryStore(flat), { cacheFolder })
    })
  )

  it.effect("is made if it is missing, and what an earlier process left in it is discarded", () =>
    Effect.gen(function* () {
      const cacheFolder = join(yield* temporaryFolder, "deep", "cache")
      yield* Effect.promise(() => fs.mkdir(cacheFolder, { recursive: true }))
      yield* Effect.promise(() => fs.writeFile(join(cacheFolder, "spill-1"), "left"))
      const { write } = yield* mount(memoryStore(flat), { cacheFolder })
      yield* write("f", large)
      assert.deepStrictEqual(
        (yield* Effect.promise(() => fs.readdir(cacheFolder))).filter((name) => !name.startsWith("lock")),
        []
      )
    })
  )

  it.effect("keeps files of the user, also those whose names begin like the mount's own", () =>
    Effect.gen(function* () {
      const cacheFolder = yield* temporaryFolder
      const names = ["spill-", "spill-2020.csv", "spill-1 (copy)", "my-spill-1"].sort()
      for (const name of names) yield* Effect.promise(() => fs.writeFile(join(cacheFolder, name), "mine"))
      yield* mount(memoryStore(flat), { cacheFolder })
      assert.deepStrictEqual(
        (yield* Effect.promise(() => fs.readdir(cacheFolder))).filter((name) => !name.startsWith("lock")).sort(),
        names
      )
    })
  )

  it.effect("shows no names while files are written: they end with the process", () =>
    Effect.gen(function* () {
      const cacheFolder = yield* temporaryFolder
      const { open, vfs } = yield* mount(memoryStore(flat), { cacheFolder })
      const { handle } = yield* open("f", "w", true)
      yield* vfs.write(handle, 0, large)
      const names = yield* Effect.promise(() => fs.readdir(cacheFolder))
      assert.deepStrictEqual(
        names.filter((name) => name.startsWith("spill")),
        []
      )
      assert.strictEqual((yield* vfs.read(handle, 1024 * 1024, 100)).byteLength, 100)
    })
  )

  it("that is full, read-only or broken is an error that says so, and nothing of the system's text", () => {
    const reasonOf = (code: string) => storageErrorOf(Object.assign(new Error("SECRET"), { code })).reason
    assert.strictEqual(reasonOf("ENOSPC")._tag, "no_space")
    assert.strictEqual(reasonOf("EDQUOT")._tag, "quota_exceeded")
    assert.strictEqual(reasonOf("EROFS")._tag, "read_only")
    assert.strictEqual(reasonOf("ENOENT")._tag, "internal")
    assert.strictEqual(reasonOf("constructor")._tag, "internal")
    assert.notInclude(JSON.stringify(reasonOf("ENOSPC")), "SECRET")
  })

  it.effect("that is gone is an error to the writer; reads and small files go on", () =>
    Effect.gen(function* () {
      const cacheFolder = yield* temporaryFolder
      const { store, write, read } = yield* mounted(flat, { cacheFolder })
      yield* put(store, "f", "content")
      yield* Effect.promise(() => fs.rm(cacheFolder, { recursive: true }))
      assert.strictEqual(yield* codeOf(write("large", large)), "internal")
      assert.strictEqual(yield* read("f"), "content")
      yield* write("small", "small")
      assert.strictEqual(yield* stored(store, "small"), "small")
    })
  )
})
