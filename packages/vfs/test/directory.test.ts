import { assert, describe, it } from "@effect/vitest"
import type { Entry, ObjectStore } from "@mooring/core"
import { StorageError } from "@mooring/core"
import { faultyStore } from "@mooring/testkit"
import { directories, flat, memoryStore, noValidator, singleContainer } from "@mooring/testkit/memory"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"
import { codeOf, mount, mounted, put } from "./mounted.ts"

/** A store with these files, and how often it was asked. */
const asked = Effect.fnUntraced(function* (...paths: ReadonlyArray<string>) {
  const inner = memoryStore(flat)
  for (const path of paths) yield* put(inner, path, path)
  const { store, calls } = faultyStore(inner, [])
  return { inner, store, calls, ...(yield* mount(store)) }
})

/** Adds entries to every listing, as a provider with such keys would. */
const withEntries = (store: ObjectStore, ...names: ReadonlyArray<string>): ObjectStore => ({
  ...store,
  listPage: (directory, options) =>
    Effect.map(store.listPage(directory, options), (page) => ({
      ...page,
      entries: [
        ...page.entries,
        ...names.map((name): Entry => ({ kind: "object", path: [...directory, name], size: 1 }))
      ]
    }))
})

describe("listings", () => {
  it.effect("one listing tells all names and attributes of a directory", () =>
    Effect.gen(function* () {
      const { stat, calls } = yield* asked("a", "bb", "ccc")
      assert.strictEqual((yield* stat("a")).size, 1)
      assert.strictEqual((yield* stat("bb")).size, 2)
      assert.strictEqual((yield* stat("ccc")).size, 3)
      assert.deepStrictEqual([calls("listPage"), calls("stat"), calls("read")], [1, 0, 0])
    })
  )

  it.effect("a name that is not listed is known not to be there", () =>
    Effect.gen(function* () {
      const { stat, calls } = yield* asked("a")
      for (const name of ["x", "y", "x"]) assert.strictEqual(yield* codeOf(stat(name)), "not_found")
      assert.strictEqual(calls("listPage"), 1)
    })
  )

  it.effect("a listing is believed for 30 seconds, and by the front end for one", () =>
    Effect.gen(function* () {
      const { stat, calls, inner, vfs } = yield* asked("a")
      assert.strictEqual((yield* vfs.lookup(1, "a")).nameAge, 1000)
      yield* put(inner, "b", "b")
      yield* TestClock.adjust("29500 millis")
      assert.strictEqual((yield* vfs.lookup(1, "a")).attributesAge, 500)
      assert.strictEqual(yield* codeOf(stat("b")), "not_found")
      yield* TestClock.adjust("500 millis")
      assert.strictEqual(yield* codeOf(stat("b")), "ok")
      assert.strictEqual(calls("listPage"), 2)
    })
  )

  it.effect("however many ask, a directory is listed once at a time", () =>
    Effect.gen(function* () {
      const { vfs, calls } = yield* asked("a", "b")
      yield* Effect.all([vfs.lookup(1, "a"), vfs.lookup(1, "b"), vfs.openDirectory(1)], { concurrency: "unbounded" })
      assert.strictEqual(calls("listPage"), 1)
    })
  )

  it.effect("what is known is answered at once, without a turn of the event loop", () =>
    Effect.gen(function* () {
      const { vfs } = yield* asked("a")
      const { attributes } = yield* vfs.lookup(1, "a")
      Effect.runSync(vfs.lookup(1, "a"))
      Effect.runSync(vfs.attributes(attributes.node))
      assert.strictEqual(Effect.runSync(codeOf(vfs.lookup(1, "none"))), "not_found")
      const handle = Effect.runSync(vfs.openDirectory(1))
      assert.strictEqual(Effect.runSync(vfs.readDirectory(handle, 0, 10)).length, 1)
    })
  )

  it.effect("refresh shows at once what changed elsewhere, and tells the front end", () =>
    Effect.gen(function* () {
      const { vfs, inner, list, stat } = yield* asked("a", "b")
      const { node } = yield* stat("a")
      yield* stat("b")
      const told = yield* Effect.forkChild(Stream.runCollect(Stream.take(vfs.changes, 3)))
      yield* Effect.yieldNow
      yield* put(inner, "a", "longer")
      yield* put(inner, "c", "new")
      yield* inner.remove(["box", "b"])
      yield* vfs.refresh([])
      assert.deepStrictEqual(yield* list(""), ["a", "c"])
      assert.strictEqual((yield* stat("a")).size, 6)
      assert.strictEqual((yield* stat("a")).node, node)
      assert.deepInclude(yield* Fiber.join(told), { kind: "node", node })
    })
  )

  it.effect("what is made or removed while a listing is on its way is not lost, nor found again", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "old", "old")
      const gate = Deferred.makeUnsafe<void>()
      let late = false
      const store: ObjectStore = {
        ...inner,
        listPage: (directory, options) =>
          Effect.tap(inner.listPage(directory, options), () => (late ? Deferred.await(gate) : Effect.void))
      }
      const { vfs, list, write, unlink, mkdir, forgetAll } = yield* mount(store)
      assert.deepStrictEqual(yield* list(""), ["old"])
      late = true
      const listing = yield* Effect.forkChild(vfs.refresh([]))
      yield* Effect.yieldNow
      yield* write("new", "new")
      yield* mkdir("d")
      yield* unlink("old")
      yield* vfs.refresh()
      yield* forgetAll
      yield* Deferred.succeed(gate, undefined)
      yield* Fiber.join(listing)
      assert.deepStrictEqual(yield* list(""), ["d/", "new"])
      assert.strictEqual((yield* vfs.lookup(1, "new")).attributes.size, 3)
    })
  )

  it.effect("a failed listing is an error, and the next one is tried", () =>
    Effect.gen(function* () {
      const error = StorageError.of("provider_unavailable", "down")
      const { store } = faultyStore(memoryStore(flat), [{ operation: "listPage", call: 1, error }])
      const { list } = yield* mount(store)
      assert.strictEqual(yield* codeOf(list("")), "provider_unavailable")
      assert.deepStrictEqual(yield* list(""), [])
    })
  )

  it.effect("in a large directory one name is asked for by itself", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      for (const name of ["a", "b", "c", "d", "e", "f", "g"]) yield* put(inner, name, name)
      const { store, calls } = faultyStore(inner, [])
      const { stat, list } = yield* mount(store, { largeDirectory: 4 })
      assert.strictEqual((yield* stat("g")).size, 1)
      assert.strictEqual(yield* codeOf(stat("x")), "not_found")
      const pages = calls("listPage")
      assert.strictEqual(calls("stat"), 2)
      assert.strictEqual((yield* stat("g")).size, 1)
      assert.deepStrictEqual([calls("listPage"), calls("stat")], [pages, 2])
      assert.strictEqual((yield* list("")).length, 7)
    })
  )

  it.effect("where a key may not list, names are asked for one by one", () =>
    Effect.gen(function* () {
      const { store, stat, list } = yield* mounted(singleContainer, { root: [] })
      yield* put(store, "a", "one")
      assert.strictEqual((yield* stat("box/a")).size, 3)
      assert.deepStrictEqual(yield* list("box"), ["a"])
      assert.strictEqual(yield* codeOf(list("")), "permission_denied")
    })
  )

  it.effect("the names that are kept are bounded, those that are held are not", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      for (const directory of ["a", "b", "c", "d"]) {
        for (const name of ["1", "2", "3", "4"]) yield* put(inner, `${directory}/${name}`, name)
      }
      const { store, calls } = faultyStore(inner, [])
      const { vfs, list, stat } = yield* mount(store, { cachedNames: 15 })
      const held = yield* stat("a/1")
      for (const directory of ["a", "b", "c", "d"]) yield* list(directory)
      const before = calls("listPage")
      yield* list("d")
      assert.strictEqual(calls("listPage"), before)
      yield* list("b")
      assert.isAbove(calls("listPage"), before)
      assert.strictEqual((yield* vfs.attributes(held.node)).attributes.node, held.node)
      assert.strictEqual((yield* stat("a/1")).node, held.node)
    })
  )
})

describe("names", () => {
  it.effect("a file that must not be there yet is made only if it is not", () =>
    Effect.gen(function* () {
      const { vfs, list } = yield* asked("a", "d/b")
      const options = { read: true, write: true, append: false, truncate: false, exclusive: true }
      assert.strictEqual(yield* codeOf(vfs.create(1, "a", options)), "already_exists")
      assert.strictEqual(yield* codeOf(vfs.create(1, "d", { ...options, exclusive: false })), "is_a_directory")
      const both = [codeOf(vfs.create(1, "new", options)), codeOf(vfs.create(1, "new", options))]
      assert.deepStrictEqual((yield* Effect.all(both, { concurrency: "unbounded" })).toSorted(), [
        "already_exists",
        "ok"
      ])
      assert.deepStrictEqual(yield* list(""), ["a", "d/", "new"])
    })
  )

  it.effect("keys that no file can be named after are hidden and counted", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "a", "a")
      const { list, vfs } = yield* mount(withEntries(inner, "", ".", "..", "x/y", "nul\0", "n".repeat(256)))
      assert.deepStrictEqual(yield* list(""), ["a"])
      assert.strictEqual(vfs.hidden(), 6)
    })
  )

  it.effect("where a key is also the name of a directory, the directory is shown and the key is counted", () =>
    Effect.gen(function* () {
      const { store, list, vfs, read } = yield* mounted(flat)
      yield* put(store, "a", "object")
      yield* put(store, "a/b", "below")
      assert.deepStrictEqual(yield* list(""), ["a/"])
      assert.strictEqual(yield* read("a/b"), "below")
      assert.strictEqual(vfs.hidden(), 1)
    })
  )

  it.effect("names that cannot be stored are refused before anything is sent", () =>
    Effect.gen(function* () {
      const { write, mkdir, rename } = yield* mounted(directories)
      yield* write("a", "a")
      const long = "ä".repeat(128)
      assert.strictEqual(yield* codeOf(write(long, "x")), "name_too_long")
      assert.strictEqual(yield* codeOf(mkdir(long)), "name_too_long")
      assert.strictEqual(yield* codeOf(rename("a", long)), "name_too_long")
      assert.strictEqual(yield* codeOf(mkdir("..")), "invalid_name")
    })
  )

  it.effect("a key that is longer than the provider takes is refused", () =>
    Effect.gen(function* () {
      const { mkdir } = yield* mounted(flat, { root: [] })
      const name = "n".repeat(250)
      const deep = ["box", name, name, name].join("/")
      for (const path of [`box/${name}`, `box/${name}/${name}`, deep]) yield* mkdir(path)
      assert.strictEqual(yield* codeOf(mkdir(`${deep}/${"m".repeat(255)}/`)), "ok")
      assert.strictEqual(yield* codeOf(mkdir(`${deep}/${"m".repeat(255)}/${"x".repeat(12)}`)), "name_too_long")
    })
  )
})

describe("directories", () => {
  it.effect("a snapshot does not move while names come and go", () =>
    Effect.gen(function* () {
      const { vfs, write, unlink } = yield* asked("a", "b", "c")
      const handle = yield* vfs.openDirectory(1)
      assert.deepStrictEqual(
        (yield* vfs.readDirectory(handle, 0, 1)).map(({ name }) => name),
        ["a"]
      )
      yield* unlink("a")
      yield* write("0", "new")
      const names = (yield* vfs.readDirectory(handle, 1, 5)).map(({ name }) => name)
      assert.deepStrictEqual(names, ["b", "c"])
      yield* vfs.releaseDirectory(handle)
      assert.strictEqual(yield* codeOf(vfs.readDirectory(handle, 0, 1)), "invalid_value")
    })
  )

  it.effect("one that is only opened, as df does, asks nothing of the provider", () =>
    Effect.gen(function* () {
      const { vfs, calls } = yield* asked("a")
      const handle = yield* vfs.openDirectory(1)
      assert.strictEqual(calls("listPage"), 0)
      yield* vfs.readDirectory(handle, 0, 1)
      assert.strictEqual(calls("listPage"), 1)
      yield* vfs.releaseDirectory(handle)
    })
  )

  it.effect("what a reader of a directory was shown can be remembered, and is forgotten with the last look-up", () =>
    Effect.gen(function* () {
      const { vfs } = yield* asked("a")
      const handle = yield* vfs.openDirectory(1)
      const [entry] = yield* vfs.readDirectory(handle, 0, 1)
      const { node } = entry!.attributes
      yield* vfs.refresh()
      vfs.forget(node, 1)
      vfs.remember(node)
      yield* vfs.releaseDirectory(handle)
      assert.strictEqual((yield* vfs.attributes(node)).attributes.node, node)
      yield* vfs.refresh()
      vfs.forget(node, 1)
      assert.strictEqual(yield* codeOf(vfs.attributes(node)), "not_found")
    })
  )

  it.effect("an empty directory is made at the provider where it can be", () =>
    Effect.gen(function* () {
      const { store, mkdir, rmdir } = yield* mounted(directories)
      yield* mkdir("d")
      assert.strictEqual((yield* store.stat(["d"])).kind, "directory")
      yield* rmdir("d")
      assert.strictEqual(yield* codeOf(store.stat(["d"])), "not_found")
    })
  )

  it.effect("else it is here, through every listing, until the mount ends", () =>
    Effect.gen(function* () {
      const { store, mkdir, list, vfs } = yield* mounted(flat)
      yield* mkdir("d")
      yield* vfs.refresh([])
      assert.deepStrictEqual(yield* list(""), ["d/"])
      assert.deepStrictEqual(yield* list("d"), [])
      assert.deepStrictEqual(yield* (yield* mount(store)).list(""), [])
    })
  )

  it.effect("a directory from which the last file was removed here stays", () =>
    Effect.gen(function* () {
      const { list, unlink, vfs } = yield* asked("d/a")
      yield* unlink("d/a")
      yield* vfs.refresh()
      assert.deepStrictEqual(yield* list(""), ["d/"])
    })
  )

  it.effect("a directory that is not empty is not removed, be it of names that are not shown", () =>
    Effect.gen(function* () {
      const { rmdir } = yield* asked("d/a")
      assert.strictEqual(yield* codeOf(rmdir("d")), "not_empty")
      const inner = memoryStore(flat)
      yield* put(inner, "d/..", "hidden")
      const other = yield* mount(inner)
      assert.deepStrictEqual(yield* other.list("d"), [])
      assert.strictEqual(yield* codeOf(other.rmdir("d")), "not_empty")
    })
  )

  it.effect("an open directory that was removed still has its attributes, and no names", () =>
    Effect.gen(function* () {
      for (const personality of [flat, directories]) {
        const { mkdir, rmdir, locate, vfs, forgetAll, list } = yield* mounted(personality)
        yield* mkdir("d")
        const node = yield* locate("d")
        const handle = yield* vfs.openDirectory(node)
        yield* rmdir("d")
        const { attributes } = yield* vfs.attributes(node)
        assert.deepStrictEqual([attributes.node, attributes.kind], [node, "directory"])
        assert.deepStrictEqual(yield* list(""), [])
        yield* vfs.releaseDirectory(handle)
        yield* forgetAll
        assert.strictEqual(yield* codeOf(vfs.attributes(node)), "not_found")
      }
    })
  )

  it.effect("at the root of a store of containers, directories are containers and files are refused", () =>
    Effect.gen(function* () {
      const { store, mkdir, rmdir, list, write, rename } = yield* mounted(flat, { root: [] })
      yield* mkdir("crate")
      assert.strictEqual((yield* store.stat(["crate"])).kind, "container")
      assert.deepStrictEqual(yield* list(""), ["box/", "crate/"])
      assert.strictEqual(yield* codeOf(write("file", "x")), "unsupported")
      assert.strictEqual(yield* codeOf(rename("crate", "other")), "cross_device")
      yield* rmdir("crate")
      assert.strictEqual(yield* codeOf(store.stat(["crate"])), "not_found")
      const without = yield* mounted(noValidator, { root: [] })
      assert.strictEqual(yield* codeOf(without.mkdir("crate")), "unsupported")
    })
  )

  it.effect("a directory that was removed elsewhere is gone, with all that is known below it", () =>
    Effect.gen(function* () {
      const { store, mkdir, stat, list } = yield* mounted(directories)
      yield* mkdir("d")
      yield* mkdir("d/e")
      const { node } = yield* stat("d/e")
      yield* list("d")
      yield* store.removeDirectory!(["d", "e"])
      yield* store.removeDirectory!(["d"])
      yield* TestClock.adjust("31 seconds")
      assert.strictEqual(yield* codeOf(list("d")), "not_found")
      assert.strictEqual(yield* codeOf(list("d/e")), "not_found")
      assert.isAbove(node, 1)
    })
  )

  it.effect("usage is answered without the provider, and by it once it has answered", () =>
    Effect.gen(function* () {
      const { vfs } = yield* mounted(flat)
      assert.deepStrictEqual(vfs.usage(), { total: 2 ** 50, free: 2 ** 50 })
      const store = { ...memoryStore(directories), usage: () => Effect.succeed({ used: 10, total: 100 }) }
      const other = yield* mount(store)
      yield* Effect.yieldNow
      assert.deepStrictEqual(other.vfs.usage(), { total: 100, free: 90 })
    })
  )
})
