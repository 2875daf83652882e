import { assert, describe, it } from "@effect/vitest"
import { list } from "@mooring/core/list"
import type { ObjectStore, WriteOptions } from "@mooring/core/ObjectStore"
import type { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import { directories, flat, memoryStore, type Personality } from "@mooring/testkit/memory"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { copyAll, copyObject } from "../src/copyObjects.ts"

/** A memory store with these objects in it; of a name that ends in a slash, the empty directory. */
const storeWith = Effect.fnUntraced(function* (personality: Personality, names: ReadonlyArray<string>) {
  const store = memoryStore(personality)
  for (const name of names) {
    const path = name.split("/")
    if (name.endsWith("/")) yield* store.createDirectory?.(path.slice(0, -1)) ?? Effect.void
    else yield* store.write(path, Stream.succeed(Buffer.from(name)))
  }
  return store
})

const at = (store: ObjectStore, path: Path = []) => ({ store, path, into: true })

/** All that is in the store, below these containers or its root; directories with a slash. */
const contentOf = Effect.fnUntraced(function* (
  store: ObjectStore,
  directory: Path
): Effect.fn.Return<ReadonlyArray<string>, StorageError> {
  const entries = yield* Stream.runCollect(list(store, directory))
  const below = yield* Effect.forEach(entries, (entry) =>
    entry.kind === "object"
      ? Effect.succeed([entry.path.join("/")])
      : Effect.map(contentOf(store, entry.path), (names) => [`${entry.path.join("/")}/`, ...names])
  )
  return below.flat().toSorted()
})

const plainly = { checksum: false }

/** A store of two pages, with a key on each that no path reaches. */
const unreached = {
  limits: flat.limits,
  listPage: (_directory: unknown, { cursor }: { readonly cursor?: string } = {}) =>
    Effect.succeed(
      cursor === undefined
        ? { entries: [], unaddressable: ["first"], cursor: "next" }
        : { entries: [], unaddressable: ["second"] }
    )
} as unknown as ObjectStore

describe("copyAll", () => {
  it.effect("says which stored names no path reaches, instead of leaving them out", () =>
    Effect.gen(function* () {
      const location = { store: unreached, path: ["box"], into: true }
      const copied = yield* Stream.runCollect(copyAll(location, location, plainly))
      assert.deepStrictEqual(
        copied.map(({ path, error }) => [path[0], error?.reason._tag]),
        [
          ["first", "invalid_name"],
          ["second", "invalid_name"]
        ]
      )
    })
  )

  it.effect("makes empty directories where the target has such", () =>
    Effect.gen(function* () {
      const source = yield* storeWith(directories, ["box/a/", "box/b/c/", "box/b/d"])
      const target = yield* storeWith(directories, [])
      const copied = yield* Stream.runCollect(copyAll(at(source, ["box"]), at(target, ["box", "kept"]), plainly))
      assert.deepStrictEqual(
        copied.map(({ path, error }) => [path.join("/"), error]),
        [["box/b/d", undefined]]
      )
      assert.deepStrictEqual(yield* contentOf(target, ["box", "kept"]), [
        "box/kept/a/",
        "box/kept/b/",
        "box/kept/b/c/",
        "box/kept/b/d"
      ])
      const keys = yield* storeWith(flat, [])
      yield* Stream.runDrain(copyAll(at(source, ["box"]), at(keys, ["box"]), plainly))
      assert.deepStrictEqual(yield* contentOf(keys, ["box"]), ["box/b/", "box/b/d"])
    })
  )

  it.effect("takes each container for a directory; one that cannot be listed does not stop the others", () =>
    Effect.gen(function* () {
      const source = yield* storeWith(flat, ["box/a/b"])
      for (const name of ["closed", "other", "void"]) yield* source.createContainer!([name])
      yield* source.write(["other", "c"], Stream.succeed(Buffer.from("c")))
      const denied = StorageError.of("permission_denied", "no")
      const listPage: ObjectStore["listPage"] = (path, options) =>
        path[0] === "closed" ? Effect.fail(denied) : source.listPage(path, options)
      const target = yield* storeWith(directories, [])
      const copied = yield* Stream.runCollect(copyAll(at({ ...source, listPage }), at(target, ["box", "all"]), plainly))
      assert.deepStrictEqual(copied.map(({ path, error }) => `${path.join("/")} ${error?.reason._tag}`).toSorted(), [
        "box/a/b undefined",
        "closed permission_denied",
        "other/c undefined"
      ])
      assert.deepStrictEqual(yield* contentOf(target, ["box", "all"]), [
        "box/all/box/",
        "box/all/box/a/",
        "box/all/box/a/b",
        "box/all/closed/",
        "box/all/other/",
        "box/all/other/c",
        "box/all/void/"
      ])
    })
  )
})

describe("copyObject", () => {
  it.effect.each([
    { parts: { min: 1, max: 9, count: 9, ordered: false }, md5: "0cc175b9c0f1b6a831c399e269772661" },
    { parts: undefined, md5: undefined }
  ])("announces the MD5 of the source only to a store of parts, which keeps it: $md5", ({ parts, md5 }) =>
    Effect.gen(function* () {
      let given: WriteOptions = {}
      const source = {
        read: () =>
          Effect.succeed({
            info: { kind: "object", path: ["a"], size: 1, checksums: { md5: "0cc175b9c0f1b6a831c399e269772661" } },
            body: Stream.succeed(Buffer.from("a"))
          })
      } as unknown as ObjectStore
      const target = {
        limits: { stores: [], parts },
        write: (path: ReadonlyArray<string>, _: unknown, options: WriteOptions) =>
          Effect.sync(() => {
            given = options
            return { kind: "object", path, size: 1 }
          })
      } as unknown as ObjectStore
      const [from, to] = [
        { store: source, path: ["a"], into: false },
        { store: target, path: ["b"], into: false }
      ]
      const [copied] = yield* Stream.runCollect(copyObject(from, to, plainly))
      assert.isUndefined(copied?.error)
      assert.strictEqual(given.md5, md5)
    })
  )

  it.effect("hashes a source that does not know its MD5 where that is asked for, and reads the same state again", () =>
    Effect.gen(function* () {
      const md5 = "1cb251ec0d568de6a929b520c4aed8d1"
      const source = yield* storeWith(flat, [])
      yield* source.write(["box", "a"], Stream.succeed(Buffer.from("text")))
      const asked: Array<string | undefined> = []
      const read: ObjectStore["read"] = (path, options = {}) => {
        asked.push(options.ifMatch)
        return Effect.map(source.read(path, options), ({ info: { checksums: _, ...info }, body }) => ({ info, body }))
      }
      const target = yield* storeWith(flat, [])
      const given: Array<string | undefined> = []
      const write: ObjectStore["write"] = (path, body, options = {}) => {
        given.push(options.md5)
        return target.write(path, body, options)
      }
      const from = { store: { ...source, read }, path: ["box", "a"], into: false }
      const to = { store: { ...target, write }, path: ["box", "b"], into: false }
      yield* Stream.runDrain(copyObject(from, to, { checksum: true }))
      yield* Stream.runDrain(copyObject(from, to, plainly))
      assert.deepStrictEqual(given, [md5, undefined])
      assert.deepStrictEqual(asked, [undefined, "r1", undefined])
    })
  )
})
