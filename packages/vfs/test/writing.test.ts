import { assert, describe, it } from "@effect/vitest"
import type { ObjectStore, Upload } from "@mooring/core"
import { StorageError } from "@mooring/core"
import { bytesOf, faultyStore, pattern } from "@mooring/testkit"
import { directories, eventual, flat, interceptable, memoryStore, noValidator } from "@mooring/testkit/memory"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { slow } from "./gate.ts"
import { codeOf, mount, mounted, put, stored, temporaryFolder } from "./mounted.ts"
import * as fs from "node:fs/promises"

const mebibyte = 1024 * 1024
const refused = StorageError.of("permission_denied", "this key may not write")

/** A store that notes the parts of its uploads. */
const noted = (inner: ObjectStore) => {
  const parts: Array<string> = []
  const openUpload: NonNullable<ObjectStore["openUpload"]> = (path, options) =>
    Effect.map(inner.openUpload!(path, options), (upload): Upload => ({
      ...upload,
      writePart: (number, bytes) => {
        parts.push(`send ${bytes.length}`)
        return upload.writePart(number, bytes)
      },
      copyPart: (number, from, range) => {
        parts.push(`copy ${range.start}-${range.end}`)
        return upload.copyPart(number, from, range)
      }
    }))
  return { store: { ...inner, openUpload }, parts }
}

/** How many files of the cache folder this process has open. */
const localFiles = Effect.fnUntraced(function* (cacheFolder: string) {
  const descriptors = yield* Effect.promise(() => fs.readdir("/proc/self/fd"))
  const links = descriptors.map((descriptor) =>
    Effect.orElseSucceed(
      Effect.tryPromise(() => fs.readlink(`/proc/self/fd/${descriptor}`)),
      () => ""
    )
  )
  return (yield* Effect.all(links)).filter((link) => link.startsWith(`${cacheFolder}/spill-`)).length
})

describe("durability", () => {
  it.effect("when close succeeds, the provider has the bytes", () =>
    Effect.gen(function* () {
      const { store, open, vfs } = yield* mounted(flat)
      const { handle } = yield* open("f", "w", true)
      yield* vfs.write(handle, 0, bytesOf("content"))
      assert.strictEqual(yield* codeOf(stored(store, "f")), "not_found")
      assert.deepInclude((yield* vfs.pending)[0], { path: ["f"], state: "open", bytes: 7 })
      yield* vfs.flush(handle)
      assert.strictEqual(yield* stored(store, "f"), "content")
      assert.deepStrictEqual(yield* vfs.pending, [])
    })
  )

  it.effect("when the provider refuses, close says so and the file is what it was", () =>
    Effect.gen(function* () {
      const { store } = faultyStore(memoryStore(flat), [{ operation: "write", call: 2, error: refused }])
      yield* put(store, "f", "before")
      const { write, read, vfs } = yield* mount(store)
      assert.strictEqual(yield* codeOf(write("f", "after")), "permission_denied")
      assert.strictEqual(yield* read("f"), "before")
      assert.deepStrictEqual(yield* vfs.pending, [])
      yield* write("f", "again")
      assert.strictEqual(yield* stored(store, "f"), "again")
    })
  )

  it.effect("a new file that is refused is not there", () =>
    Effect.gen(function* () {
      const { store } = faultyStore(memoryStore(flat), [{ operation: "write", error: refused }])
      const { write, list } = yield* mount(store)
      assert.strictEqual(yield* codeOf(write("f", "content")), "permission_denied")
      assert.deepStrictEqual(yield* list(""), [])
    })
  )

  it.effect("fsync says so too, and a later one may succeed", () =>
    Effect.gen(function* () {
      const { store } = faultyStore(memoryStore(flat), [{ operation: "write", call: 1, error: refused }])
      const { open, close, vfs } = yield* mount(store)
      const { handle } = yield* open("f", "w", true)
      yield* vfs.write(handle, 0, bytesOf("content"))
      assert.strictEqual(yield* codeOf(vfs.fsync(handle)), "permission_denied")
      yield* vfs.fsync(handle)
      yield* close(handle)
      assert.strictEqual(yield* stored(store, "f"), "content")
    })
  )

  it.effect("a truncation without a writer is durable when it returns, or is undone", () =>
    Effect.gen(function* () {
      const { store } = faultyStore(memoryStore(flat), [{ operation: "write", call: 3, error: refused }])
      yield* put(store, "f", "content")
      const { setAttributes, read } = yield* mount(store)
      yield* setAttributes("f", { size: 4 })
      assert.strictEqual(yield* stored(store, "f"), "cont")
      assert.strictEqual(yield* codeOf(setAttributes("f", { size: 2 })), "permission_denied")
      assert.strictEqual(yield* read("f"), "cont")
    })
  )

  it.effect("what was written after the last flush is stored when the file is let go, and kept if that fails", () =>
    Effect.gen(function* () {
      const error = StorageError.of("provider_unavailable", "down")
      const { store } = faultyStore(memoryStore(flat), [{ operation: "write", call: 1, error }])
      const { open, vfs, read } = yield* mount(store)
      const { handle } = yield* open("f", "w", true)
      yield* vfs.write(handle, 0, bytesOf("mapped"))
      assert.strictEqual(yield* codeOf(vfs.release(handle)), "provider_unavailable")
      assert.deepStrictEqual(yield* vfs.pending, [{ path: ["f"], state: "failed", bytes: 6, error }])
      assert.strictEqual(yield* read("f"), "mapped")
      assert.deepStrictEqual(yield* vfs.flushAll({ deadline: 1000 }), [])
      assert.strictEqual(yield* stored(store, "f"), "mapped")
    })
  )

  it.effect("flushAll stores what it can until its deadline and answers what is left", () =>
    Effect.gen(function* () {
      const { store, begun } = slow(memoryStore(flat))
      const { open, vfs } = yield* mount(store)
      const { handle } = yield* open("f", "w", true)
      yield* vfs.write(handle, 0, bytesOf("content"))
      const flushing = yield* Effect.forkChild(vfs.flushAll({ deadline: 1000 }))
      yield* begun
      yield* TestClock.adjust("1 second")
      assert.deepInclude((yield* Fiber.join(flushing))[0], { path: ["f"], bytes: 7 })
    })
  )

  it.effect("an interrupted close stores nothing by halves, and the next one all", () =>
    Effect.gen(function* () {
      const { store, begun, go } = slow(memoryStore(flat))
      const { open, vfs } = yield* mount(store)
      const { handle } = yield* open("f", "w", true)
      yield* vfs.write(handle, 0, bytesOf("content"))
      const closing = yield* Effect.forkChild(vfs.flush(handle))
      yield* begun
      yield* Fiber.interrupt(closing)
      assert.strictEqual(yield* codeOf(stored(store, "f")), "not_found")
      yield* go
      yield* vfs.flush(handle)
      assert.strictEqual(yield* stored(store, "f"), "content")
    })
  )

  it.effect("a file that changed elsewhere since it was opened is not overwritten by a change to the old one", () =>
    Effect.gen(function* () {
      const { store, open, vfs, close, read } = yield* mounted(flat)
      yield* put(store, "f", "mine and yours")
      const { handle } = yield* open("f", "r+")
      yield* vfs.write(handle, 0, bytesOf("M"))
      yield* put(store, "f", "theirs")
      assert.strictEqual(yield* codeOf(close(handle)), "precondition_failed")
      yield* vfs.refresh()
      assert.strictEqual(yield* read("f"), "theirs")
    })
  )

  it.effect(
    "a file that changed elsewhere is told by a look at it, where what goes up in parts has no conditions",
    () =>
      Effect.gen(function* () {
        const inner = memoryStore(flat)
        const { openUpload: _, ...plain } = inner
        const unconditional = StorageError.of("unsupported", "no conditions on uploads in parts")
        const { open, vfs, close } = yield* mount({
          ...plain,
          write: (path, body, options = {}) =>
            options.ifMatch === undefined ? inner.write(path, body, options) : Effect.fail(unconditional)
        })
        const large = pattern(2 * mebibyte)
        yield* put(inner, "f", large)
        const first = yield* open("f", "r+")
        yield* vfs.write(first.handle, mebibyte, bytesOf("changed"))
        yield* close(first.handle)
        const expected = Buffer.from(large)
        expected.write("changed", mebibyte)
        assert.isTrue(expected.equals(Buffer.from(yield* stored(inner, "f"), "latin1")))
        const second = yield* open("f", "r+")
        yield* vfs.write(second.handle, 0, bytesOf("M"))
        yield* put(inner, "f", "theirs")
        assert.strictEqual(yield* codeOf(close(second.handle)), "precondition_failed")
        assert.strictEqual(yield* stored(inner, "f"), "theirs")
      })
  )

  it.effect("a file that was made elsewhere since the listing is replaced by one that is made here", () =>
    Effect.gen(function* () {
      const { store, list, write } = yield* mounted(flat)
      assert.deepStrictEqual(yield* list(""), [])
      yield* put(store, "f", "theirs")
      yield* write("f", "ours")
      assert.strictEqual(yield* stored(store, "f"), "ours")
    })
  )

  it.effect("an empty file is stored, or refused where there are none", () =>
    Effect.gen(function* () {
      const { store, write } = yield* mounted(flat)
      yield* write("f", "")
      assert.strictEqual(yield* stored(store, "f"), "")
      const other = yield* mounted(noValidator)
      assert.strictEqual(yield* codeOf(other.write("f", "")), "unsupported")
      assert.strictEqual(yield* codeOf(other.write("g", new Uint8Array(mebibyte + 1))), "body_too_large")
    })
  )
})

describe("new files", () => {
  it.effect("are sent while they are written, one block in memory however slow the provider is", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      const { store, begun, go, pulled } = slow(inner)
      const { open, vfs, close } = yield* mount(store)
      const { handle } = yield* open("f", "w", true)
      const block = pattern(mebibyte)
      for (let at = 0; at < 24; at += 1) yield* vfs.write(handle, at * mebibyte, block)
      yield* begun
      assert.strictEqual(pulled(), mebibyte)
      yield* go
      yield* close(handle)
      assert.strictEqual(pulled(), 24 * mebibyte)
      assert.strictEqual((yield* stored(inner, "f")).length, 24 * mebibyte)
    })
  )

  it.effect("that are written again at the beginning are sent anew when they are closed", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      const { store, begun, go, ended } = slow(inner)
      const { open, vfs, close } = yield* mount(store)
      const { handle } = yield* open("f", "w", true)
      for (let at = 0; at < 10; at += 1) yield* vfs.write(handle, at * mebibyte, new Uint8Array(mebibyte))
      yield* begun
      yield* vfs.write(handle, 3, bytesOf("header"))
      assert.strictEqual(ended(), 1)
      assert.strictEqual(yield* codeOf(stored(inner, "f")), "not_found")
      yield* go
      yield* close(handle)
      assert.strictEqual((yield* stored(inner, "f")).slice(0, 10), "\0\0\0header\0")
    })
  )

  it.effect("whose upload failed on its way are sent again", () =>
    Effect.gen(function* () {
      const error = StorageError.of("provider_unavailable", "cut")
      const { store } = faultyStore(memoryStore(flat), [{ operation: "write", call: 1, error, after: 100 }])
      const { write } = yield* mount(store)
      const bytes = pattern(9 * mebibyte)
      yield* write("f", bytes)
      assert.isTrue(Buffer.from(bytes).equals(Buffer.from(yield* stored(store, "f"), "latin1")))
    })
  )
})

describe("changed files", () => {
  const tiny = { smallFile: 64, copyPiece: 1024, blockSize: 256 }

  it.effect("fsync stores what is there, and what is appended later is added by copies at the provider", () =>
    Effect.gen(function* () {
      const { store, parts } = noted(memoryStore(flat))
      const { open, vfs, close } = yield* mount(store, tiny)
      const { handle } = yield* open("f", "w", true)
      yield* vfs.write(handle, 0, bytesOf("a".repeat(5000)))
      yield* vfs.fsync(handle)
      assert.strictEqual(yield* stored(store, "f"), "a".repeat(5000))
      yield* vfs.write(handle, 5000, bytesOf("tail"))
      yield* close(handle)
      assert.strictEqual(yield* stored(store, "f"), `${"a".repeat(5000)}tail`)
      assert.deepStrictEqual(parts, ["copy 0-2499", "copy 2500-4999", "send 4"])
    })
  )

  it.effect("what is overwritten in the middle is sent, with what a part lacks", () =>
    Effect.gen(function* () {
      const { store, parts } = noted(memoryStore(flat))
      yield* put(store, "f", "a".repeat(9000))
      const { open, vfs, close } = yield* mount(store, tiny)
      const { handle } = yield* open("f", "r+")
      yield* vfs.write(handle, 4000, bytesOf("middle"))
      yield* close(handle)
      assert.strictEqual(yield* stored(store, "f"), `${"a".repeat(4000)}middle${"a".repeat(4994)}`)
      assert.deepStrictEqual(parts.toSorted(), ["copy 0-3999", "copy 5024-8999", "send 1024"])
    })
  )

  it.effect("nothing of an upload stays when a part of it fails", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", "a".repeat(9000))
      const openUpload: NonNullable<ObjectStore["openUpload"]> = (path, options) =>
        Effect.map(inner.openUpload!(path, options), (upload) => ({ ...upload, copyPart: () => refused }))
      const { open, vfs, close } = yield* mount({ ...inner, openUpload }, tiny)
      const { handle } = yield* open("f", "r+")
      yield* vfs.write(handle, 4000, bytesOf("middle"))
      assert.strictEqual(yield* codeOf(close(handle)), "permission_denied")
      assert.deepStrictEqual((yield* inner.listUploads!(["box"])).uploads, [])
    })
  )

  it.effect("what one handle writes, all others read at once", () =>
    Effect.gen(function* () {
      const { store, open, vfs, stat } = yield* mounted(flat, tiny)
      yield* put(store, "f", "a".repeat(300))
      const reader = (yield* open("f", "r")).handle
      const writer = (yield* open("f", "r+")).handle
      yield* vfs.write(writer, 250, bytesOf("b".repeat(100)))
      const shown = Buffer.from(yield* vfs.read(reader, 240, 1000)).toString()
      assert.strictEqual(shown, "a".repeat(10) + "b".repeat(100))
      assert.strictEqual((yield* stat("f")).size, 350)
    })
  )

  it.effect("writers of one file take turns", () =>
    Effect.gen(function* () {
      const { store, open, vfs, close } = yield* mounted(flat, tiny)
      const { handle } = yield* open("f", "a", true)
      const lines = Array.from({ length: 12 }, (_, index) => `${index}`.padStart(99_999, "0") + "\n")
      yield* Effect.forEach(lines, (line) => vfs.write(handle, 0, bytesOf(line)), { concurrency: "unbounded" })
      yield* close(handle)
      const found = (yield* stored(store, "f")).split("\n").filter((line) => line !== "")
      assert.deepStrictEqual(found.map((line) => `${line}\n`).toSorted(), lines.toSorted())
    })
  )

  it.effect("a small write is answered at once, without a turn of the event loop", () =>
    Effect.gen(function* () {
      const { open, vfs } = yield* mounted(flat, { smallFile: 16 })
      const { handle } = yield* open("f", "w", true)
      Effect.runSync(vfs.write(handle, 0, bytesOf("in memory")))
      Effect.runSync(vfs.write(handle, 9, bytesOf("in the cache folder")))
      assert.strictEqual(Buffer.from(Effect.runSync(vfs.read(handle, 3, 9))).toString(), "memoryin ")
    })
  )

  it.effect("holes are zeros, also where something was cut off before", () =>
    Effect.gen(function* () {
      const { store, open, vfs, close, setAttributes } = yield* mounted(flat, tiny)
      yield* put(store, "f", "a".repeat(200))
      const { handle } = yield* open("f", "r+")
      yield* setAttributes("f", { size: 100 })
      yield* vfs.write(handle, 150, bytesOf("end"))
      yield* setAttributes("f", { size: 160 })
      yield* close(handle)
      assert.strictEqual(yield* stored(store, "f"), `${"a".repeat(100)}${"\0".repeat(50)}end${"\0".repeat(7)}`)
    })
  )

  it.effect("all files in memory together stay within their budget", () =>
    Effect.gen(function* () {
      const { open, vfs, close, read } = yield* mounted(flat, { writeMemory: 3 * mebibyte })
      const bytes = pattern(900_000)
      const handles = yield* Effect.forEach(["a", "b", "c", "d", "e", "f"], (name) => open(name, "w", true))
      for (const { handle } of handles) yield* vfs.write(handle, 0, bytes)
      for (const { handle } of handles) yield* close(handle)
      for (const name of ["a", "d", "f"]) assert.strictEqual((yield* read(name)).length, 900_000)
    })
  )
})

describe("times", () => {
  it.effect("a time that is set before the file is closed is stored with its bytes", () =>
    Effect.gen(function* () {
      const { store, open, vfs, close, stat } = yield* mounted(flat)
      const { handle } = yield* open("f", "w", true)
      yield* vfs.write(handle, 0, bytesOf("content"))
      const { node } = yield* stat("f")
      yield* vfs.setAttributes(node, { modified: 1_000_000_000_000 }, handle)
      yield* close(handle)
      const entry = yield* store.stat(["box", "f"])
      assert.strictEqual(entry.modified, 1_000_000_000_000)
      yield* vfs.refresh()
      assert.strictEqual((yield* stat("f")).modified, 1_000_000_000_000)
    })
  )

  it.effect("else it is set at the provider, or kept here where the provider cannot", () =>
    Effect.gen(function* () {
      const real = yield* mounted(directories)
      yield* put(real.store, "f", "content")
      yield* real.setAttributes("f", { modified: 1_000_000_000_000 })
      assert.strictEqual((yield* real.store.stat(["f"])).modified, 1_000_000_000_000)
      assert.strictEqual(yield* real.read("f"), "content")
      const { store, setAttributes, stat, vfs } = yield* mounted(flat)
      yield* put(store, "f", "content")
      yield* setAttributes("f", { modified: 1_000_000_000_000 })
      yield* vfs.refresh()
      assert.strictEqual((yield* stat("f")).modified, 1_000_000_000_000)
    })
  )

  it.effect("a write is dated when it is made", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(5000)
      const { write, stat } = yield* mounted(flat)
      yield* write("f", "content")
      yield* TestClock.setTime(9000)
      assert.strictEqual((yield* stat("f")).modified, 5000)
    })
  )
})

describe("a store that shows changes late", () => {
  it.effect("shows through the filesystem what was written, renamed and removed, at once", () =>
    Effect.gen(function* () {
      const { store, write, read, list, rename, unlink, vfs } = yield* mounted(eventual)
      yield* put(store, "old", "old")
      yield* vfs.refresh()
      yield* write("f", "first")
      yield* write("f", "second")
      yield* vfs.refresh()
      assert.strictEqual(yield* read("f"), "second")
      yield* rename("f", "g")
      yield* vfs.refresh()
      assert.strictEqual(yield* read("g"), "second")
      yield* unlink("g")
      yield* vfs.refresh()
      assert.notInclude(yield* list(""), "g")
    })
  )

  it.effect("is waited for with a bounded number of files", () =>
    Effect.gen(function* () {
      const cacheFolder = yield* temporaryFolder
      const { write, read } = yield* mounted(eventual, { cacheFolder, smallFile: 4 })
      for (let index = 0; index < 270; index += 1) yield* write(`f${index}`, "content")
      const open = yield* localFiles(cacheFolder)
      assert.isAtLeast(open, 250)
      assert.isAtMost(open, 257)
      assert.strictEqual(yield* read("f0"), "content")
    })
  )

  it.effect("is not waited for with a file that was removed elsewhere", () =>
    Effect.gen(function* () {
      const cacheFolder = yield* temporaryFolder
      const { store, write, vfs, list } = yield* mounted(eventual, { cacheFolder, smallFile: 4 })
      const names = ["a", "b", "c"]
      for (const name of names) yield* write(name, "content")
      for (const name of names) yield* store.remove(["box", name])
      yield* TestClock.adjust("2 hours")
      for (let look = 0; look < 5; look += 1) yield* vfs.refresh([])
      assert.deepStrictEqual(yield* list(""), [])
      // The system closes a file some time later, and tells nobody.
      let left = yield* localFiles(cacheFolder)
      for (let look = 0; look < 1000 && left > 0; look += 1) left = yield* localFiles(cacheFolder)
      assert.strictEqual(left, 0)
    })
  )

  it.effect("is believed in the end", () =>
    Effect.gen(function* () {
      const { store, write, read, vfs } = yield* mounted(eventual)
      yield* write("f", "ours")
      for (let look = 0; look < 4; look += 1) yield* vfs.refresh([])
      yield* put(store, "f", "theirs")
      for (let look = 0; look < 4; look += 1) yield* vfs.refresh([])
      assert.strictEqual(yield* read("f"), "theirs")
    })
  )
})

describe("a way that is cut", () => {
  it.effect("is an error while it lasts, and none after it is healed", () =>
    Effect.gen(function* () {
      const way = interceptable(memoryStore(flat))
      const { write, read, vfs } = yield* mount(way.store)
      yield* write("f", "content")
      yield* way.faults.refuse
      yield* vfs.refresh()
      assert.strictEqual(yield* codeOf(read("f")), "connect_refused")
      assert.strictEqual(
        yield* codeOf(vfs.create(1, "g", { read: true, write: true, append: false, truncate: false, exclusive: true })),
        "connect_refused"
      )
      yield* way.faults.heal
      assert.strictEqual(yield* read("f"), "content")
    })
  )
})
