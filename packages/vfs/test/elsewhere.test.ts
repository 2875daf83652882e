/**
 * What other programs change at the provider meanwhile.
 */
import { assert, describe, it } from "@effect/vitest"
import { bytesOf } from "@mooring/testkit"
import { directories, flat, memoryStore, noValidator } from "@mooring/testkit/memory"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { holding } from "./gate.ts"
import { codeOf, modes, mount, mounted, put, stored, text } from "./mounted.ts"

const tiny = { smallFile: 4, blockSize: 4 }

describe("a reader of a file that changes elsewhere is told", () => {
  it.effect("also if it began with what was being written here", () =>
    Effect.gen(function* () {
      const { store, open, vfs, close } = yield* mounted(flat, tiny)
      const writer = (yield* open("f", "w", true)).handle
      yield* vfs.write(writer, 0, bytesOf("aaaaaaaa"))
      const reader = (yield* open("f", "r")).handle
      assert.strictEqual(text(yield* vfs.read(reader, 0, 4)), "aaaa")
      yield* close(writer)
      yield* put(store, "f", "bbbbbbbb")
      assert.strictEqual(yield* codeOf(vfs.read(reader, 4, 4)), "precondition_failed")
    })
  )

  it.effect("also if a listing shows the change before the writer here closes", () =>
    Effect.gen(function* () {
      const { store, open, vfs, close } = yield* mounted(flat, tiny)
      const writer = (yield* open("f", "w", true)).handle
      yield* vfs.write(writer, 0, bytesOf("aaaaaaaa"))
      yield* vfs.fsync(writer)
      const reader = (yield* open("f", "r")).handle
      assert.strictEqual(text(yield* vfs.read(reader, 0, 4)), "aaaa")
      yield* put(store, "f", "bbbbbbbb")
      yield* vfs.refresh([])
      yield* close(writer)
      assert.strictEqual(yield* codeOf(vfs.read(reader, 4, 4)), "precondition_failed")
    })
  )

  it.effect("also once somebody here writes to the new one", () =>
    Effect.gen(function* () {
      const { store, open, vfs } = yield* mounted(flat, tiny)
      yield* put(store, "f", "aaaaaaaa")
      const reader = (yield* open("f", "r")).handle
      assert.strictEqual(text(yield* vfs.read(reader, 0, 4)), "aaaa")
      yield* put(store, "f", "bbbbbbbb")
      yield* vfs.refresh([])
      assert.strictEqual(yield* codeOf(vfs.read(reader, 4, 4)), "precondition_failed")
      const writer = (yield* open("f", "r+")).handle
      yield* vfs.write(writer, 0, bytesOf("c"))
      assert.strictEqual(yield* codeOf(vfs.read(reader, 4, 4)), "precondition_failed")
    })
  )

  it.effect("also when it writes, so that it does not change the new one", () =>
    Effect.gen(function* () {
      const { store, open, vfs, close } = yield* mounted(flat)
      yield* put(store, "f", "mine and yours")
      const { handle } = yield* open("f", "r+")
      yield* vfs.read(handle, 0, 100)
      yield* put(store, "f", "theirs")
      yield* vfs.refresh([])
      assert.strictEqual(yield* codeOf(vfs.write(handle, 0, bytesOf("M"))), "precondition_failed")
      yield* close(handle)
      assert.strictEqual(yield* stored(store, "f"), "theirs")
    })
  )
})

describe("a file that changed elsewhere", () => {
  it.effect("is opened without the front end's cache, also if a writer here kept its old bytes", () =>
    Effect.gen(function* () {
      const { store, open, vfs, close } = yield* mounted(flat)
      const writer = (yield* open("f", "w", true)).handle
      yield* vfs.write(writer, 0, bytesOf("aaaaaaaa"))
      yield* vfs.fsync(writer)
      yield* put(store, "f", "bbbbbbbb")
      yield* vfs.refresh([])
      const before = yield* open("f", "r")
      assert.strictEqual(text(yield* vfs.read(before.handle, 0, 8)), "aaaaaaaa")
      yield* close(before.handle)
      yield* close(writer)
      const after = yield* open("f", "r")
      assert.isFalse(after.keepCache)
      assert.strictEqual(text(yield* vfs.read(after.handle, 0, 8)), "bbbbbbbb")
    })
  )

  it.effect("is seen by its time where there are no validators, also if it was written here", () =>
    Effect.gen(function* () {
      const { store, open, vfs, close, read } = yield* mounted(noValidator)
      const { handle } = yield* open("f", "w", true)
      yield* vfs.write(handle, 0, bytesOf("aaaa"))
      yield* TestClock.adjust("2 seconds")
      yield* close(handle)
      assert.strictEqual(yield* read("f"), "aaaa")
      yield* TestClock.adjust("1 minute")
      yield* put(store, "f", "bbbb")
      yield* vfs.refresh([])
      assert.strictEqual(yield* read("f"), "bbbb")
    })
  )

  it.effect("is told by a look at it, also where it is small, if the provider has no conditions", () =>
    Effect.gen(function* () {
      const { store, open, vfs, close } = yield* mounted(directories)
      yield* put(store, "f", "mine and yours")
      const { handle } = yield* open("f", "r+")
      yield* vfs.write(handle, 0, bytesOf("M"))
      yield* put(store, "f", "theirs")
      assert.strictEqual(yield* codeOf(close(handle)), "precondition_failed")
      assert.strictEqual(yield* stored(store, "f"), "theirs")
    })
  )

  it.effect("is replaced by a whole file, also where the listing shows an empty one", () =>
    Effect.gen(function* () {
      for (const content of ["ours", ""]) {
        const { store, list, write } = yield* mounted(flat)
        yield* put(store, "f", "")
        yield* list("")
        yield* put(store, "f", "theirs")
        yield* write("f", content)
        assert.strictEqual(yield* stored(store, "f"), content)
      }
    })
  )
})

describe("what was removed elsewhere", () => {
  it.effect("is not opened by its number, since nothing would be stored", () =>
    Effect.gen(function* () {
      const { store, vfs, open, locate } = yield* mounted(flat)
      yield* put(store, "f", "content")
      yield* open("f", "r")
      const node = yield* locate("f")
      yield* store.remove(["box", "f"])
      yield* vfs.refresh([])
      assert.strictEqual(yield* codeOf(vfs.open(node, modes.w)), "precondition_failed")
      assert.strictEqual(yield* codeOf(stored(store, "f")), "not_found")
    })
  )

  it.effect("takes no new names, so that none of them goes to the root", () =>
    Effect.gen(function* () {
      const { store, vfs, locate, list } = yield* mounted(flat)
      yield* put(store, "a", "a")
      yield* put(store, "f", "precious")
      yield* put(store, "d/x", "x")
      const directory = yield* locate("d")
      yield* list("d")
      yield* store.remove(["box", "d", "x"])
      yield* vfs.refresh([])
      const target = { parent: directory, name: "f" }
      const created = vfs.create(directory, "f", { ...modes.w, exclusive: true })
      const renamed = vfs.rename({ parent: 1, name: "a" }, target, { replace: false })
      for (const made of [codeOf(created), codeOf(renamed), codeOf(vfs.makeDirectory(directory, "f"))]) {
        assert.strictEqual(yield* made, "not_found")
      }
      assert.strictEqual(yield* stored(store, "f"), "precious")
      assert.strictEqual(yield* stored(store, "a"), "a")
    })
  )

  it.effect("takes no new names, nor what is being renamed into it", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "a", "a")
      yield* put(inner, "f", "precious")
      yield* put(inner, "d/f", "theirs")
      const gate = holding(inner, "read", "answered")
      const { open, rename, vfs } = yield* mount(gate.store)
      yield* open("d/f", "r")
      yield* gate.close
      // What is replaced is brought here for its reader first.
      const renaming = yield* Effect.forkChild(codeOf(rename("a", "d/f")))
      yield* gate.reached
      yield* inner.remove(["box", "d", "f"])
      yield* vfs.refresh([])
      yield* gate.open
      assert.strictEqual(yield* Fiber.join(renaming), "not_found")
      assert.strictEqual(yield* stored(inner, "f"), "precious")
      assert.strictEqual(yield* stored(inner, "a"), "a")
    })
  )
})
