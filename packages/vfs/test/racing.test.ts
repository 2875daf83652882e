/**
 * What happens while another call is on its way: looking up, listing, opening and reading.
 */
import { assert, describe, it } from "@effect/vitest"
import type { ObjectStore } from "@mooring/core"
import { StorageError } from "@mooring/core"
import { bytesOf } from "@mooring/testkit"
import { directories, flat, memoryStore, noValidator } from "@mooring/testkit/memory"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { holding, makeGate } from "./gate.ts"
import { codeOf, modes, mount, put, stored, text, type Driver } from "./mounted.ts"

/** A filesystem that asks for names one by one, and asks for `f`. */
const asking = Effect.fnUntraced(function* (inner: ObjectStore) {
  const gate = holding(inner, "stat", "answered")
  const refused = StorageError.of("permission_denied", "this key may not list")
  const driver = yield* mount({ ...gate.store, listPage: () => Effect.fail(refused) })
  // The first look-up learns that there is no listing to be had.
  assert.strictEqual(yield* codeOf(driver.vfs.lookup(1, "other")), "not_found")
  yield* gate.close
  const looking = yield* Effect.forkChild(codeOf(driver.vfs.lookup(1, "f")))
  yield* gate.reached
  return { ...driver, answered: Effect.andThen(gate.open, Fiber.join(looking)) }
})

describe("while a name is asked for", () => {
  it.effect("what is made under it is not lost", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      const { write, read, answered } = yield* asking(inner)
      yield* write("f", "content")
      yield* answered
      assert.strictEqual(yield* read("f"), "content")
    })
  )

  it.effect("what is removed under it is not found again", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", "content")
      const { vfs, unlink, answered } = yield* asking(inner)
      yield* unlink("f")
      yield* answered
      assert.strictEqual(yield* codeOf(vfs.lookup(1, "f")), "not_found")
    })
  )
})

describe("while a directory is listed", () => {
  for (const personality of [flat, directories]) {
    it.effect(`it is renamed with what is in it, over ${personality.name}`, () =>
      Effect.gen(function* () {
        const inner = memoryStore(personality)
        if (inner.createDirectory !== undefined) yield* inner.createDirectory(["d"])
        yield* put(inner, "d/f", "content")
        const gate = holding(inner, "listPage", "asked")
        const { locate, rename, list } = yield* mount(gate.store)
        yield* locate("d")
        yield* gate.close
        const listing = yield* Effect.forkChild(codeOf(list("d")))
        yield* gate.reached
        yield* rename("d", "e")
        yield* gate.open
        yield* Fiber.join(listing)
        assert.deepStrictEqual(yield* list(""), ["e/"])
        assert.deepStrictEqual(yield* list("e"), ["f"])
      })
    )
  }

  it.effect("one that is removed elsewhere shows no names", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", "precious")
      yield* put(inner, "d/f", "theirs")
      const gate = holding(inner, "listPage", "answered")
      const { vfs, locate } = yield* mount(gate.store)
      const directory = yield* locate("d")
      yield* gate.close
      const looking = yield* Effect.forkChild(codeOf(vfs.lookup(directory, "f")))
      yield* gate.reached
      yield* inner.remove(["box", "d", "f"])
      yield* vfs.refresh([])
      yield* gate.open
      assert.strictEqual(yield* Fiber.join(looking), "not_found")
    })
  )
})

describe("while a file is stored", () => {
  it.effect("whoever is interrupted in opening it leaves no writer behind", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", "content")
      const gate = holding(inner, "write", "asked")
      const { open, vfs, close, setAttributes } = yield* mount(gate.store)
      const { handle } = yield* open("f", "r+")
      yield* vfs.write(handle, 0, bytesOf("C"))
      yield* gate.close
      const closing = yield* Effect.forkChild(close(handle))
      yield* gate.reached
      const opening = yield* Effect.forkChild(open("f", "w"), { startImmediately: true })
      yield* Fiber.interrupt(opening)
      yield* gate.open
      yield* Fiber.join(closing)
      assert.strictEqual(yield* stored(inner, "f"), "Content")
      yield* setAttributes("f", { size: 3 })
      assert.strictEqual(yield* stored(inner, "f"), "Con")
    })
  )

  it.effect("it may be read below what was written, although the provider has the new one already", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", "a".repeat(9000))
      const gate = makeGate()
      const reads = holding(inner, "read", "answered")
      const openUpload: NonNullable<ObjectStore["openUpload"]> = (path, options) =>
        Effect.map(inner.openUpload!(path, options), (upload) => ({
          ...upload,
          complete: Effect.tap(upload.complete, () => gate.pass)
        }))
      const store: ObjectStore = { ...reads.store, openUpload }
      const { open, vfs } = yield* mount(store, { smallFile: 64, copyPiece: 1024, blockSize: 256 })
      const reader = (yield* open("f", "r")).handle
      const writer = (yield* open("f", "r+")).handle
      yield* vfs.write(writer, 4000, bytesOf("middle"))
      yield* gate.close
      const storing = yield* Effect.forkChild(vfs.fsync(writer))
      yield* gate.reached
      yield* reads.close
      const reading = yield* Effect.forkChild(vfs.read(reader, 8000, 10))
      yield* reads.reached
      yield* reads.open
      yield* gate.open
      yield* Fiber.join(storing)
      assert.strictEqual(text(yield* Fiber.join(reading)), "a".repeat(10))
    })
  )
})

describe("while a file is read", () => {
  it.effect("its writer may close it", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", "a".repeat(300))
      const gate = holding(inner, "read", "asked")
      const { open, vfs, close } = yield* mount(gate.store, { smallFile: 64, blockSize: 128 })
      const reader = (yield* open("f", "r")).handle
      const writer = (yield* open("f", "r+")).handle
      yield* vfs.write(writer, 200, bytesOf("b"))
      yield* vfs.flush(writer)
      yield* gate.close
      const reading = yield* Effect.forkChild(vfs.read(reader, 190, 20))
      yield* gate.reached
      yield* close(writer)
      yield* gate.open
      assert.strictEqual(text(yield* Fiber.join(reading)), `${"a".repeat(10)}b${"a".repeat(9)}`)
    })
  )

  it.effect("it may be renamed", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", "content")
      const gate = holding(inner, "read", "answered")
      const { open, vfs, rename } = yield* mount(gate.store)
      const { handle } = yield* open("f", "r")
      yield* gate.close
      const reading = yield* Effect.forkChild(vfs.read(handle, 0, 10))
      yield* gate.reached
      yield* rename("f", "g")
      yield* gate.open
      assert.strictEqual(text(yield* Fiber.join(reading)), "content")
    })
  )

  it.effect("it may be renamed there and back", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "d/f", "a".repeat(300))
      const before = holding(inner, "read", "asked")
      const after = holding(before.store, "read", "answered")
      const { open, vfs, rename } = yield* mount(after.store, { blockSize: 128 })
      const { handle } = yield* open("d/f", "r")
      yield* vfs.read(handle, 0, 10)
      yield* before.close
      yield* after.close
      const reading = yield* Effect.forkChild(vfs.read(handle, 200, 10))
      yield* before.reached
      yield* rename("d", "e")
      yield* before.open
      yield* after.reached
      yield* rename("e", "d")
      yield* after.open
      assert.strictEqual(text(yield* Fiber.join(reading)), "a".repeat(10))
    })
  )

  const changes = [
    { what: "written anew", change: ({ write }: Driver) => write("f", "b".repeat(300)) },
    { what: "made shorter", change: ({ write }: Driver) => write("f", "b".repeat(205)) }
  ]
  for (const personality of [flat, noValidator]) {
    for (const { what, change } of changes) {
      it.effect(`it may be changed: ${what}, over ${personality.name}`, () =>
        Effect.gen(function* () {
          const inner = memoryStore(personality)
          yield* put(inner, "f", "a".repeat(300))
          const gate = holding(inner, "read", "asked")
          const driver = yield* mount(gate.store, { blockSize: 128 })
          const { handle } = yield* driver.open("f", "r")
          yield* driver.vfs.read(handle, 0, 10)
          yield* gate.close
          const reading = yield* Effect.forkChild(driver.vfs.read(handle, 200, 5))
          yield* gate.reached
          yield* change(driver)
          yield* gate.open
          assert.strictEqual(text(yield* Fiber.join(reading)), "b".repeat(5))
        })
      )
    }
  }
})

describe("while a file is moved", () => {
  it.effect("a listing does not take it away", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", "a".repeat(300))
      const gate = holding(inner, "remove", "answered")
      const { open, vfs, rename } = yield* mount(gate.store, { blockSize: 128 })
      const { handle } = yield* open("f", "r")
      yield* vfs.read(handle, 0, 10)
      yield* gate.close
      const renaming = yield* Effect.forkChild(rename("f", "g"))
      yield* gate.reached
      yield* vfs.refresh([])
      const reading = yield* Effect.forkChild(vfs.read(handle, 200, 10), { startImmediately: true })
      yield* gate.open
      yield* Fiber.join(renaming)
      assert.strictEqual(text(yield* Fiber.join(reading)), "a".repeat(10))
    })
  )

  it.effect("a look-up of its name does not take it away", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", "a".repeat(300))
      const refused = StorageError.of("permission_denied", "this key may not list")
      const gate = holding({ ...inner, listPage: () => Effect.fail(refused) }, "remove", "answered")
      const { open, vfs, rename } = yield* mount(gate.store, { blockSize: 128, directoryAge: 0 })
      const { handle } = yield* open("f", "r")
      yield* vfs.read(handle, 0, 10)
      yield* gate.close
      const renaming = yield* Effect.forkChild(rename("f", "g"))
      yield* gate.reached
      yield* vfs.lookup(1, "f")
      yield* gate.open
      yield* Fiber.join(renaming)
      assert.strictEqual(text(yield* vfs.read(handle, 200, 10)), "a".repeat(10))
    })
  )

  it.effect("a listing of its directory waits until that has its new name here", () =>
    Effect.gen(function* () {
      const inner = memoryStore(directories)
      yield* inner.createDirectory!(["d"])
      yield* put(inner, "d/f", "a".repeat(300))
      const gate = holding(inner, "moveDirectory", "answered")
      const { open, vfs, rename, list } = yield* mount(gate.store, { blockSize: 128 })
      const { handle } = yield* open("d/f", "r")
      yield* vfs.read(handle, 0, 10)
      yield* gate.close
      const renaming = yield* Effect.forkChild(rename("d", "e"))
      yield* gate.reached
      const listing = yield* Effect.forkChild(vfs.refresh(["d"]), { startImmediately: true })
      yield* Effect.yieldNow
      yield* gate.open
      yield* Fiber.join(renaming)
      yield* Fiber.join(listing)
      assert.strictEqual(text(yield* vfs.read(handle, 200, 10)), "a".repeat(10))
      assert.deepStrictEqual(yield* list("e"), ["f"])
    })
  )

  const moves = [
    { what: "it", personality: flat, member: "remove", from: "d/f", to: "d/g" },
    { what: "its directory", personality: directories, member: "moveDirectory", from: "d", to: "e" }
  ] as const
  for (const { what, personality, member, from, to } of moves) {
    it.effect(`whoever reads it waits until ${what} has the new name here`, () =>
      Effect.gen(function* () {
        const inner = memoryStore(personality)
        if (inner.createDirectory !== undefined) yield* inner.createDirectory(["d"])
        yield* put(inner, "d/f", "content")
        const gate = holding(inner, member, "answered")
        const { open, vfs, rename } = yield* mount(gate.store)
        const { handle } = yield* open("d/f", "r")
        yield* gate.close
        const renaming = yield* Effect.forkChild(rename(from, to))
        yield* gate.reached
        const reading = yield* Effect.forkChild(vfs.read(handle, 0, 10), { startImmediately: true })
        yield* gate.open
        yield* Fiber.join(renaming)
        assert.strictEqual(text(yield* Fiber.join(reading)), "content")
      })
    )
  }
})

describe("while a file is removed", () => {
  it.effect("whoever opens it is told that it is gone", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", "content")
      const gate = holding(inner, "remove", "asked")
      const { vfs, unlink, locate } = yield* mount(gate.store)
      const node = yield* locate("f")
      yield* gate.close
      const removing = yield* Effect.forkChild(unlink("f"))
      yield* gate.reached
      const opening = yield* Effect.forkChild(codeOf(vfs.open(node, modes.r)), { startImmediately: true })
      yield* gate.open
      yield* Fiber.join(removing)
      assert.strictEqual(yield* Fiber.join(opening), "precondition_failed")
    })
  )
})
