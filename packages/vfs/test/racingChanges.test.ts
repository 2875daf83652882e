/**
 * What happens while another call is on its way: writing, renaming and removing.
 */
import { assert, describe, it } from "@effect/vitest"
import type { ObjectStore } from "@mooring/core"
import { StorageError } from "@mooring/core"
import { bytesOf, faultyStore } from "@mooring/testkit"
import { directories, eventual, flat, memoryStore } from "@mooring/testkit/memory"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { holding, holdLocalWrites, slow } from "./gate.ts"
import { codeOf, mount, mounted, put, stored } from "./mounted.ts"

const mebibyte = 1024 * 1024
const refused = StorageError.of("permission_denied", "this key may not write")

describe("while a file is written", () => {
  it.effect("its upload that comes by sends nothing old", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      const { store, begun, go, pulls } = slow(inner)
      const { open, vfs, close } = yield* mount(store)
      const { handle } = yield* open("f", "w", true)
      for (let at = 0; at < 10; at += 1) yield* vfs.write(handle, at * mebibyte, new Uint8Array(mebibyte))
      yield* begun
      const local = yield* holdLocalWrites
      const writing = yield* Effect.forkChild(vfs.write(handle, 5 * mebibyte, new Uint8Array(mebibyte).fill(1)))
      yield* local.reached
      yield* go
      yield* pulls(7 * mebibyte)
      yield* local.go
      yield* Fiber.join(writing)
      yield* close(handle)
      assert.strictEqual((yield* stored(inner, "f")).charCodeAt(5 * mebibyte), 1)
    })
  )

  it.effect("an interruption leaves nothing in the hole that a later write makes", () =>
    Effect.gen(function* () {
      const { store, open, vfs, close } = yield* mounted(flat, { smallFile: 16 })
      const { handle } = yield* open("f", "w", true)
      yield* vfs.write(handle, 0, bytesOf("a".repeat(20)))
      const local = yield* holdLocalWrites
      const writing = yield* Effect.forkChild(vfs.write(handle, 20, new Uint8Array(100_000).fill(98)))
      yield* local.reached
      const interrupting = yield* Effect.forkChild(Fiber.interrupt(writing), { startImmediately: true })
      yield* local.go
      yield* Fiber.join(interrupting)
      yield* vfs.write(handle, 200_000, bytesOf("end"))
      yield* close(handle)
      assert.strictEqual(yield* stored(store, "f"), `${"a".repeat(20)}${"\0".repeat(199_980)}end`)
    })
  )
})

describe("while a file is extended", () => {
  const extending = Effect.gen(function* () {
    const driver = yield* mounted(flat)
    yield* put(driver.store, "f", "a".repeat(500_000))
    const { node } = yield* driver.stat("f")
    const reader = yield* driver.open("f", "r")
    const local = yield* holdLocalWrites
    const extension = yield* Effect.forkChild(driver.vfs.setAttributes(node, { size: 2_000_000 }))
    yield* local.reached
    return { ...driver, reader: reader.handle, extended: Effect.andThen(local.go, Fiber.join(extension)) }
  })

  it.effect("a listing takes nothing from it", () =>
    Effect.gen(function* () {
      const { store, vfs, reader, extended } = yield* extending
      yield* vfs.refresh([])
      yield* extended
      assert.strictEqual((yield* stored(store, "f")).length, 2_000_000)
      yield* vfs.release(reader)
    })
  )

  it.effect("a reader that closes it takes nothing from it", () =>
    Effect.gen(function* () {
      const { store, vfs, reader, extended } = yield* extending
      yield* vfs.release(reader)
      yield* extended
      assert.strictEqual((yield* stored(store, "f")).length, 2_000_000)
    })
  )
})

describe("while flushAll stores a file", () => {
  it.effect("its writer that was refused before may close it, and it is stored whole", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      const gate = holding(inner, "write", "asked")
      const { store } = faultyStore(gate.store, [{ operation: "write", call: 1, error: refused }])
      const { open, vfs } = yield* mount(store, { smallFile: 64 })
      const { handle } = yield* open("f", "w", true)
      yield* vfs.write(handle, 0, bytesOf("a".repeat(5000)))
      assert.strictEqual(yield* codeOf(vfs.flush(handle)), "permission_denied")
      yield* gate.close
      const flushing = yield* Effect.forkChild(vfs.flushAll({ deadline: 1000 }))
      yield* gate.reached
      const releasing = yield* Effect.forkChild(vfs.release(handle), { startImmediately: true })
      yield* gate.open
      assert.deepStrictEqual(yield* Fiber.join(flushing), [])
      yield* Fiber.join(releasing)
      assert.strictEqual(yield* stored(inner, "f"), "a".repeat(5000))
    })
  )
})

describe("while a directory is renamed", () => {
  it.effect("a new file in it that becomes large goes to its new place", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "d/old", "old")
      const gate = holding(inner, "copy", "asked")
      const { open, vfs, close, rename } = yield* mount(gate.store, { smallFile: 64, streamAfter: 512 })
      const { handle } = yield* open("d/new", "w", true)
      yield* gate.close
      const renaming = yield* Effect.forkChild(rename("d", "e"))
      yield* gate.reached
      yield* vfs.write(handle, 0, bytesOf("a".repeat(1000)))
      yield* gate.open
      yield* Fiber.join(renaming)
      yield* close(handle)
      assert.strictEqual(yield* codeOf(stored(inner, "d/new")), "not_found")
      assert.strictEqual(yield* stored(inner, "e/new"), "a".repeat(1000))
    })
  )

  it.effect("a listing that shows the new name already makes no second directory of it", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "d/old", "old")
      const gate = holding(inner, "copy", "answered")
      const { open, vfs, close, rename } = yield* mount(gate.store)
      const { handle } = yield* open("d/new", "w", true)
      yield* vfs.write(handle, 0, bytesOf("content"))
      yield* gate.close
      const renaming = yield* Effect.forkChild(rename("d", "e"))
      yield* gate.reached
      yield* vfs.refresh([])
      assert.strictEqual(yield* codeOf(vfs.lookup(1, "e")), "not_found")
      yield* gate.open
      yield* Fiber.join(renaming)
      yield* vfs.refresh()
      yield* rename("e", "g")
      yield* close(handle)
      assert.strictEqual(yield* codeOf(stored(inner, "e/new")), "not_found")
      assert.strictEqual(yield* stored(inner, "g/new"), "content")
    })
  )

  it.effect("a listing that shows the old name still does not keep it", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "d/f", "content")
      const gate = holding(inner, "remove", "asked")
      const { vfs, rename, list } = yield* mount(gate.store)
      yield* gate.close
      const renaming = yield* Effect.forkChild(rename("d", "e"))
      yield* gate.reached
      yield* vfs.refresh([])
      yield* gate.open
      yield* Fiber.join(renaming)
      assert.deepStrictEqual(yield* list(""), ["e/"])
    })
  )
})

describe("while a file is renamed", () => {
  it.effect("a listing that shows the new name already makes no second file of it", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", "content")
      const gate = holding(inner, "remove", "asked")
      const { open, vfs, close, rename, read } = yield* mount(gate.store)
      const { handle } = yield* open("f", "w")
      yield* vfs.write(handle, 0, bytesOf("new"))
      yield* gate.close
      const renaming = yield* Effect.forkChild(rename("f", "g"))
      yield* gate.reached
      yield* vfs.refresh([])
      assert.strictEqual(yield* codeOf(vfs.lookup(1, "g")), "not_found")
      yield* gate.open
      yield* Fiber.join(renaming)
      yield* vfs.refresh()
      assert.strictEqual(yield* read("g"), "new")
      yield* rename("g", "h")
      yield* close(handle)
      assert.strictEqual(yield* stored(inner, "h"), "new")
    })
  )

  it.effect("its reader may close it, also over a store that shows changes late", () =>
    Effect.gen(function* () {
      const inner = memoryStore(eventual)
      yield* put(inner, "f", "a".repeat(3000))
      for (let look = 0; look < 5; look += 1) yield* inner.listPage(["box"])
      const gate = holding(inner, "read", "asked")
      const { open, vfs, rename, read } = yield* mount(gate.store, { smallFile: 64, blockSize: 128 })
      const { handle } = yield* open("f", "r")
      yield* gate.close
      const renaming = yield* Effect.forkChild(rename("f", "g"))
      yield* gate.reached
      yield* vfs.release(handle)
      yield* gate.open
      yield* Fiber.join(renaming)
      assert.strictEqual(yield* read("g"), "a".repeat(3000))
    })
  )
})

describe("while a file is removed", () => {
  it.effect("one that goes elsewhere too takes nothing else along", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "d", "an object beside the directory")
      yield* put(inner, "d/f", "a".repeat(100))
      yield* put(inner, "d/g", "g")
      const gate = holding(inner, "read", "answered")
      const removed: Array<string> = []
      const remove: ObjectStore["remove"] = (path) => {
        removed.push(path.join("/"))
        return inner.remove(path)
      }
      const store: ObjectStore = { ...gate.store, remove }
      const { open, vfs, unlink } = yield* mount(store, { smallFile: 4, root: ["box", "d"] })
      yield* open("f", "r")
      yield* gate.close
      const removing = yield* Effect.forkChild(codeOf(unlink("f")))
      yield* gate.reached
      yield* inner.remove(["box", "d", "f"])
      yield* vfs.refresh([])
      yield* gate.open
      // Whether it was ours to remove is not told; that the file was a directory would be wrong.
      assert.include(["ok", "not_found"], yield* Fiber.join(removing))
      assert.deepStrictEqual(removed, [])
      assert.strictEqual(yield* stored(inner, "d"), "an object beside the directory")
    })
  )
})

describe("while a directory is removed", () => {
  it.effect("nothing is made in it", () =>
    Effect.gen(function* () {
      const gate = holding(memoryStore(directories), "removeDirectory", "asked")
      const { mkdir, rmdir, open, list } = yield* mount(gate.store)
      yield* mkdir("d")
      yield* gate.close
      const removing = yield* Effect.forkChild(rmdir("d"))
      yield* gate.reached
      assert.strictEqual(yield* codeOf(open("d/f", "w", true)), "not_found")
      assert.strictEqual(yield* codeOf(mkdir("d/e")), "not_found")
      yield* gate.open
      yield* Fiber.join(removing)
      assert.deepStrictEqual(yield* list(""), [])
    })
  )
})
