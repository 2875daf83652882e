import { assert, describe, it } from "@effect/vitest"
import { bytesOf, faultyStore } from "@mooring/testkit"
import { StorageError } from "@mooring/core"
import { appendOnly, directories, eventual, flat, memoryStore } from "@mooring/testkit/memory"
import type { ObjectStore } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { codeOf, mount, mounted, put, stored, text } from "./mounted.ts"

describe("open files", () => {
  for (const personality of [flat, directories]) {
    it.effect(`are read and written on after they were removed, over ${personality.name}`, () =>
      Effect.gen(function* () {
        const { store, open, vfs, close, unlink, list } = yield* mounted(personality, { smallFile: 4 })
        yield* put(store, "f", "content")
        const { handle } = yield* open("f", "r+")
        yield* unlink("f")
        assert.strictEqual(yield* codeOf(stored(store, "f")), "not_found")
        assert.strictEqual(text(yield* vfs.read(handle, 0, 100)), "content")
        yield* vfs.write(handle, 7, bytesOf("!"))
        assert.strictEqual(text(yield* vfs.read(handle, 0, 100)), "content!")
        yield* close(handle)
        assert.strictEqual(yield* codeOf(stored(store, "f")), "not_found")
        assert.deepStrictEqual(yield* list(""), [])
        assert.deepStrictEqual(yield* vfs.pending, [])
      })
    )

    it.effect(`go on under their new name, over ${personality.name}`, () =>
      Effect.gen(function* () {
        const { store, open, vfs, close, rename, read } = yield* mounted(personality, { smallFile: 4, blockSize: 4 })
        yield* put(store, "f", "some content")
        const reader = (yield* open("f", "r")).handle
        const writer = (yield* open("f", "r+")).handle
        assert.strictEqual(text(yield* vfs.read(reader, 0, 4)), "some")
        yield* vfs.write(writer, 12, bytesOf("!"))
        yield* rename("f", "g")
        assert.strictEqual(text(yield* vfs.read(reader, 5, 100)), "content!")
        yield* close(writer)
        assert.strictEqual(yield* stored(store, "g"), "some content!")
        assert.strictEqual(yield* read("g"), "some content!")
        assert.strictEqual(yield* codeOf(stored(store, "f")), "not_found")
      })
    )

    it.effect(`that another file is renamed over keep their bytes, over ${personality.name}`, () =>
      Effect.gen(function* () {
        const { store, open, vfs, rename, read } = yield* mounted(personality, { smallFile: 4 })
        yield* put(store, "f", "old content")
        yield* put(store, "g", "new")
        const { handle } = yield* open("f", "r")
        yield* rename("g", "f")
        assert.strictEqual(text(yield* vfs.read(handle, 0, 100)), "old content")
        assert.strictEqual(yield* read("f"), "new")
      })
    )

    it.effect(`below a directory that is renamed go on, over ${personality.name}`, () =>
      Effect.gen(function* () {
        const { store, open, vfs, mkdir, rename, close, list } = yield* mounted(personality, { smallFile: 4 })
        yield* mkdir("d")
        yield* mkdir("d/e")
        yield* put(store, "d/e/f", "some content")
        yield* vfs.refresh()
        const reader = (yield* open("d/e/f", "r")).handle
        const writer = (yield* open("d/new", "w", true)).handle
        yield* vfs.write(writer, 0, bytesOf("fresh"))
        yield* rename("d", "moved")
        assert.strictEqual(text(yield* vfs.read(reader, 0, 100)), "some content")
        yield* close(writer)
        assert.strictEqual(yield* stored(store, "moved/new"), "fresh")
        assert.strictEqual(yield* stored(store, "moved/e/f"), "some content")
        assert.deepStrictEqual(yield* list(""), ["moved/"])
      })
    )
  }
})

describe("an open file that was removed", () => {
  it.effect("is not pending", () =>
    Effect.gen(function* () {
      const { open, vfs, unlink, write } = yield* mounted(flat)
      yield* write("f", "content")
      const { handle } = yield* open("f", "r+")
      yield* unlink("f")
      yield* vfs.write(handle, 0, bytesOf("more"))
      assert.deepStrictEqual(yield* vfs.pending, [])
      assert.deepStrictEqual(yield* vfs.flushAll({ deadline: 1000 }), [])
    })
  )
})

describe("renaming", () => {
  it.effect("replaces a file, unless it must not", () =>
    Effect.gen(function* () {
      const { store, rename, read, write } = yield* mounted(flat)
      yield* write("a", "a")
      yield* write("b", "b")
      assert.strictEqual(yield* codeOf(rename("a", "b", false)), "already_exists")
      yield* rename("a", "b")
      assert.strictEqual(yield* read("b"), "a")
      assert.strictEqual(yield* codeOf(stored(store, "a")), "not_found")
    })
  )

  it.effect("keeps the number of the inode", () =>
    Effect.gen(function* () {
      const { rename, write, stat } = yield* mounted(flat)
      yield* write("a", "a")
      const before = yield* stat("a")
      yield* rename("a", "b")
      assert.strictEqual((yield* stat("b")).node, before.node)
      yield* write("a", "other")
      assert.notStrictEqual((yield* stat("a")).node, before.node)
    })
  )

  it.effect(
    "of a directory that cannot be moved in one step is cross_device above the bound, and changes nothing",
    () =>
      Effect.gen(function* () {
        const { store, rename, list, mkdir } = yield* mounted(flat, { renamedObjects: 3 })
        for (const name of ["1", "2", "3", "4"]) yield* put(store, `d/${name}`, name)
        yield* mkdir("empty")
        assert.strictEqual(yield* codeOf(rename("d", "empty")), "cross_device")
        assert.deepStrictEqual(yield* list(""), ["d/", "empty/"])
        yield* store.remove(["box", "d", "4"])
        yield* rename("d", "empty")
        assert.strictEqual(yield* stored(store, "empty/3"), "3")
        assert.strictEqual(yield* codeOf(stored(store, "d/3")), "not_found")
      })
  )

  it.effect("of a directory takes back its copies if one fails", () =>
    Effect.gen(function* () {
      const error = StorageError.of("provider_unavailable", "down")
      const { store } = faultyStore(memoryStore(flat), [{ operation: "copy", call: 3, error }])
      for (const name of ["1", "2", "3"]) yield* put(store, `d/${name}`, name)
      const { rename, list } = yield* mount(store)
      assert.strictEqual(yield* codeOf(rename("d", "e")), "provider_unavailable")
      assert.deepStrictEqual(yield* list(""), ["d/"])
      assert.deepStrictEqual((yield* store.listPage(["box", "e"])).entries, [])
    })
  )

  it.effect("leaves both names where the old one cannot be removed", () =>
    Effect.gen(function* () {
      const refused = StorageError.of("permission_denied", "this key may not remove")
      const { store } = faultyStore(memoryStore(flat), [{ operation: "remove", error: refused }])
      yield* put(store, "d/f", "content")
      yield* put(store, "a", "new")
      yield* put(store, "b", "old")
      const { rename, list, read } = yield* mount(store)
      assert.strictEqual(yield* codeOf(rename("d", "e")), "permission_denied")
      assert.strictEqual(yield* codeOf(rename("a", "b")), "permission_denied")
      assert.deepStrictEqual(yield* list(""), ["a", "b", "d/", "e/"])
      for (const path of ["d/f", "e/f"]) assert.strictEqual(yield* read(path), "content")
      for (const path of ["a", "b"]) assert.strictEqual(yield* read(path), "new")
    })
  )

  it.effect("that fails over a store that shows changes late hides no later change", () =>
    Effect.gen(function* () {
      const inner = memoryStore(eventual)
      yield* put(inner, "f", "a".repeat(100))
      yield* put(inner, "g", "b".repeat(100))
      for (let look = 0; look < 5; look += 1) yield* inner.listPage(["box"])
      const down = StorageError.of("provider_unavailable", "down", { retryable: false })
      const store: ObjectStore = {
        ...inner,
        read: (path, options) => (path.at(-1) === "g" ? Effect.fail(down) : inner.read(path, options))
      }
      const { open, rename, vfs, read } = yield* mount(store, { smallFile: 4 })
      yield* open("g", "r")
      assert.strictEqual(yield* codeOf(rename("f", "g")), "provider_unavailable")
      yield* put(inner, "f", "theirs")
      yield* TestClock.adjust("2 hours")
      for (let look = 0; look < 5; look += 1) yield* vfs.refresh([])
      assert.strictEqual(yield* read("f"), "theirs")
    })
  )

  it.effect("of a stored file is cross_device where the provider can neither move nor copy", () =>
    Effect.gen(function* () {
      const { rename, write, open, close, vfs, store } = yield* mounted(appendOnly)
      yield* write("f", "stored")
      assert.strictEqual(yield* codeOf(rename("f", "g")), "cross_device")
      const { handle } = yield* open("new", "w", true)
      yield* vfs.write(handle, 0, bytesOf("content"))
      yield* rename("new", "moved")
      yield* close(handle)
      assert.strictEqual(yield* stored(store, "moved"), "content")
      assert.strictEqual(yield* codeOf(stored(store, "new")), "not_found")
    })
  )

  it.effect("and removing return at once when they are interrupted, and the directory is listed anew", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", "content")
      yield* put(inner, "g", "content")
      const store: ObjectStore = {
        ...inner,
        remove: (path) => Effect.andThen(inner.remove(path), Effect.never),
        copy: () => Effect.never
      }
      const { unlink, rename, list } = yield* mount(store)
      assert.deepStrictEqual(yield* list(""), ["f", "g"])
      const removing = yield* Effect.forkChild(unlink("f"))
      const moving = yield* Effect.forkChild(rename("g", "h"))
      yield* Effect.yieldNow
      yield* Fiber.interruptAll([removing, moving])
      assert.deepStrictEqual(yield* list(""), ["g"])
    })
  )

  it.effect("of the same thing by two at once succeeds for one", () =>
    Effect.gen(function* () {
      const { rename, write, list } = yield* mounted(flat)
      yield* write("f", "content")
      const codes = yield* Effect.all([codeOf(rename("f", "a")), codeOf(rename("f", "b"))], {
        concurrency: "unbounded"
      })
      assert.deepStrictEqual(codes.toSorted(), ["not_found", "ok"])
      assert.strictEqual((yield* list("")).length, 1)
    })
  )
})
