import { assert, describe, it } from "@effect/vitest"
import type { ObjectStore, ReadOptions } from "@mooring/core"
import { StorageError } from "@mooring/core"
import { faultyStore, pattern } from "@mooring/testkit"
import { directories, flat, memoryStore, noValidator, personalities } from "@mooring/testkit/memory"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { codeOf, mount, mounted, put } from "./mounted.ts"

const mebibyte = 1024 * 1024

/** A store that notes what is read, and holds every read until the gate opens. */
const gated = (inner: ObjectStore) => {
  const gate = Deferred.makeUnsafe<void>()
  const ranges: Array<{ readonly start: number; readonly end: number }> = []
  let open = 0
  let most = 0
  let ended = 0
  const read: ObjectStore["read"] = (path, options: ReadOptions = {}) =>
    Effect.gen(function* () {
      const { range } = options
      if (range !== undefined && "start" in range) ranges.push({ start: range.start, end: range.end ?? Infinity })
      yield* Effect.acquireRelease(
        Effect.sync(() => {
          open += 1
          most = Math.max(most, open)
        }),
        () =>
          Effect.sync(() => {
            open -= 1
            ended += 1
          })
      )
      yield* Deferred.await(gate)
      return yield* inner.read(path, options)
    })
  return {
    store: { ...inner, read },
    gate: Deferred.succeed(gate, undefined),
    ranges,
    open: () => open,
    most: () => most,
    ended: () => ended
  }
}

describe("reading", () => {
  it.effect("a sequential reader is read ahead in parallel ranges", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      const bytes = pattern(24 * mebibyte)
      yield* put(inner, "f", bytes)
      const { store, gate, most, ranges } = gated(inner)
      const { open, vfs } = yield* mount(store, { blockCache: 6 * mebibyte })
      const { handle } = yield* open("f", "r")
      const first = yield* Effect.forkChild(vfs.read(handle, 0, 131_072))
      yield* Effect.yieldNow
      yield* gate
      yield* Fiber.join(first)
      for (let offset = 131_072; offset < bytes.length; offset += 131_072) {
        const part = yield* vfs.read(handle, offset, 131_072)
        assert.isTrue(Buffer.from(part).equals(Buffer.from(bytes.subarray(offset, offset + 131_072))))
      }
      assert.isAtLeast(most(), 2)
      assert.isAtMost(ranges.length, 32)
      const read = ranges.reduce((sum, { start, end }) => sum + Math.min(end + 1, bytes.length) - start, 0)
      assert.strictEqual(read, bytes.length)
    })
  )

  it.effect("a reader that jumps reads its blocks and nothing ahead", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", pattern(8 * mebibyte))
      const { store, gate, ranges } = gated(inner)
      yield* gate
      const { open, vfs } = yield* mount(store)
      const { handle } = yield* open("f", "r")
      const places = [5 * mebibyte, 2 * mebibyte, 7 * mebibyte, 4 * mebibyte]
      for (const place of places) yield* vfs.read(handle, place + 8192, 4096)
      assert.deepStrictEqual(
        ranges,
        places.map((start) => ({ start, end: start + 131_071 }))
      )
    })
  )

  it.effect("a small read at the beginning is no reason to read ahead", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", pattern(8 * mebibyte))
      const { store, gate, ranges } = gated(inner)
      yield* gate
      const { open, vfs } = yield* mount(store)
      yield* vfs.read((yield* open("f", "r")).handle, 0, 4096)
      assert.deepStrictEqual(ranges, [{ start: 0, end: 131_071 }])
    })
  )

  it.effect("what is cached is answered at once, and nothing is asked for", () =>
    Effect.gen(function* () {
      const { store, calls } = faultyStore(memoryStore(flat), [])
      yield* put(store, "f", "content")
      const { open, vfs } = yield* mount(store)
      const { handle } = yield* open("f", "r")
      yield* vfs.read(handle, 0, 100)
      const before = calls("read")
      const again = yield* open("f", "r")
      assert.strictEqual(Buffer.from(Effect.runSync(vfs.read(again.handle, 3, 100))).toString(), "tent")
      assert.strictEqual(calls("read"), before)
    })
  )

  it.effect("many readers of one block ask for it once, and one that is interrupted takes it from none", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", "content")
      const { store, gate, ranges } = gated(inner)
      const { open, vfs } = yield* mount(store)
      const { handle } = yield* open("f", "r")
      const [first, ...others] = yield* Effect.forEach([0, 1, 2], (offset) =>
        Effect.forkChild(vfs.read(handle, offset, 2))
      )
      yield* Effect.yieldNow
      yield* Fiber.interrupt(first!)
      yield* gate
      const parts = yield* Effect.forEach(others, Fiber.join)
      assert.deepStrictEqual(
        parts.map((part) => Buffer.from(part).toString()),
        ["on", "nt"]
      )
      assert.strictEqual(ranges.length, 1)
    })
  )

  it.effect("all readers together hold no more than the budget, and what is read ahead at most half of it", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      for (const name of ["a", "b", "c", "d"]) yield* put(inner, name, pattern(4 * mebibyte))
      const { store, ranges } = gated(inner)
      const { open, vfs } = yield* mount(store, { blockCache: 4 * mebibyte })
      for (const name of ["a", "b", "c", "d"]) {
        const { handle } = yield* open(name, "r")
        yield* Effect.forkChild(vfs.read(handle, 0, 131_072))
        yield* Effect.yieldNow
        yield* Effect.forkChild(vfs.read(handle, 131_072, 131_072))
        yield* Effect.yieldNow
      }
      const asked = ranges.reduce((sum, { start, end }) => sum + end + 1 - start, 0)
      assert.isAtMost(asked, 2 * mebibyte + 8 * 131_072)
    })
  )

  it.effect("closing a file ends what was read ahead for it", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", pattern(8 * mebibyte))
      const { store, open: reading } = gated(inner)
      const { open, vfs } = yield* mount(store)
      const { handle } = yield* open("f", "r")
      const reader = yield* Effect.forkChild(vfs.read(handle, 0, 131_072))
      yield* Effect.yieldNow
      assert.isAtLeast(reading(), 2)
      yield* Fiber.interrupt(reader)
      yield* vfs.release(handle)
      yield* Effect.yieldNow
      assert.isAtMost(reading(), 1)
    })
  )

  it.effect("a read that breaks off goes on with what is missing", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      const bytes = pattern(500_000)
      yield* put(inner, "f", bytes)
      const error = StorageError.of("provider_unavailable", "cut")
      const cuts = [1, 2, 3, 4, 5, 6, 7, 8].map((call) => ({
        operation: "read" as const,
        call,
        error,
        after: call % 2 === 0 ? 140_000 : 10
      }))
      const { store, calls } = faultyStore(inner, cuts)
      const { open, vfs } = yield* mount(store)
      const { handle } = yield* open("f", "r")
      const reading = yield* Effect.forkChild(vfs.read(handle, 0, bytes.byteLength), { startImmediately: true })
      while (reading.pollUnsafe() === undefined) yield* TestClock.adjust(100)
      assert.isTrue(Buffer.from(bytes).equals(Buffer.from(yield* Fiber.join(reading))))
      assert.isAtLeast(calls("read"), 8)
    })
  )

  it.effect("a failed read is an error once it gets no further, and the next one is tried", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", "content")
      const refused = StorageError.of("permission_denied", "not you")
      const cut = StorageError.of("provider_unavailable", "cut")
      const failing = [2, 3, 4, 5, 6, 7].map((call) => ({ operation: "read" as const, call, error: cut, after: 3 }))
      const { store } = faultyStore(inner, [{ operation: "read", call: 1, error: refused }, ...failing])
      const { open, vfs } = yield* mount(store)
      const { handle } = yield* open("f", "r")
      assert.strictEqual(yield* codeOf(vfs.read(handle, 0, 100)), "permission_denied")
      const second = yield* Effect.forkChild(codeOf(vfs.read(handle, 0, 100)), { startImmediately: true })
      while (second.pollUnsafe() === undefined) yield* TestClock.adjust(100)
      assert.strictEqual(yield* Fiber.join(second), "provider_unavailable")
      assert.strictEqual(Buffer.from(yield* vfs.read(handle, 0, 100)).toString(), "content")
    })
  )

  it.effect("a file whose size nobody tells is read to its end, past the cache of the front end", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      const bytes = pattern(300_000)
      yield* put(inner, "f", bytes)
      const sizeless = <A extends object>({ size: _, ...rest }: A & { readonly size?: number }) => rest as A
      const store: ObjectStore = {
        ...inner,
        listPage: (directory, options) =>
          Effect.map(inner.listPage(directory, options), ({ entries, ...page }) => ({
            ...page,
            entries: entries.map(sizeless)
          })),
        read: (path, options) =>
          Effect.map(inner.read(path, options), ({ info, body }) => ({ info: sizeless(info), body }))
      }
      const { open, readAll, read, write, vfs } = yield* mount(store)
      const { handle, direct } = yield* open("f", "r")
      assert.isTrue(direct)
      assert.isTrue(Buffer.from(bytes).equals(Buffer.from(yield* readAll(handle))))
      assert.isFalse((yield* open("f", "r")).direct)
      yield* put(inner, "g", bytes.subarray(0, 131_072))
      yield* vfs.refresh()
      yield* write("g", "tail", "a")
      assert.strictEqual((yield* read("g")).length, 131_076)
    })
  )
})

describe("a file that changes elsewhere while it is open", () => {
  for (const personality of personalities.filter(({ name }) => name !== "eventual")) {
    it.effect(`is never mixed over ${personality.name}`, () =>
      Effect.gen(function* () {
        const { store, open, vfs, read } = yield* mounted(personality, { blockSize: 64 })
        yield* put(store, "f", "a".repeat(1000))
        const { handle } = yield* open("f", "r")
        assert.strictEqual(Buffer.from(yield* vfs.read(handle, 0, 10)).toString(), "a".repeat(10))
        yield* put(store, "f", "b".repeat(1001))
        assert.strictEqual(yield* codeOf(vfs.read(handle, 600, 10)), "precondition_failed")
        assert.strictEqual(yield* read("f"), "b".repeat(1001))
      })
    )
  }

  it.effect("is an error also where it is too short now and there are no validators", () =>
    Effect.gen(function* () {
      const { store, open, vfs } = yield* mounted(noValidator, { blockSize: 64 })
      yield* put(store, "f", "a".repeat(1000))
      const { handle } = yield* open("f", "r")
      yield* vfs.read(handle, 0, 10)
      yield* put(store, "f", "b".repeat(10))
      assert.strictEqual(yield* codeOf(vfs.read(handle, 600, 10)), "precondition_failed")
    })
  )

  it.effect("is what it is now, if nothing was read of it yet", () =>
    Effect.gen(function* () {
      const { store, open, readAll } = yield* mounted(flat)
      yield* put(store, "f", "old")
      const { handle } = yield* open("f", "r")
      yield* put(store, "f", "newer")
      assert.strictEqual(Buffer.from(yield* readAll(handle)).toString(), "newer")
    })
  )

  it.effect("is an error if it was removed", () =>
    Effect.gen(function* () {
      const { store, open, vfs, read } = yield* mounted(directories)
      yield* put(store, "f", "old")
      const { handle } = yield* open("f", "r")
      yield* store.remove(["f"])
      assert.strictEqual(yield* codeOf(vfs.read(handle, 0, 3)), "precondition_failed")
      assert.strictEqual(yield* codeOf(read("f")), "not_found")
    })
  )

  it.effect("is opened with the front end's cache as long as it is the same", () =>
    Effect.gen(function* () {
      const { store, open, vfs } = yield* mounted(noValidator)
      yield* put(store, "f", "old")
      assert.isFalse((yield* open("f", "r")).keepCache)
      assert.isTrue((yield* open("f", "r")).keepCache)
      yield* put(store, "f", "newer")
      yield* vfs.refresh()
      assert.isFalse((yield* open("f", "r")).keepCache)
    })
  )
})
