/**
 * What rclone writes, Mooring reads: the same names, bytes, times and checksums.
 */
import { assert, describe, it } from "@effect/vitest"
import type { ObjectStore, Path } from "@mooring/core"
import { listPages } from "@mooring/core/list"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { reasonOf } from "./reasonOf.ts"
import { refusedChanges, unaddressableUpload, uploadDifferences } from "./rclone/differences.ts"
import { sameNames } from "./rclone/names.ts"
import { apart, large, open, setup } from "./rclone/open.ts"
import { factsOf, factsOfTree, namesIn, readFolder, readStore, treeOf, writeFolder } from "./rclone/Tree.ts"

const unaddressable = (store: ObjectStore, place: Path) =>
  Effect.map(Stream.runCollect(listPages(store, place, { recursive: true })), (pages) =>
    pages.flatMap((page) => page.unaddressable ?? [])
  )

describe("a file that rclone uploads", () => {
  it.live("is an object of its name, bytes, time and MD5", () =>
    Effect.gen(function* () {
      const { store, place, remote, folder, rclone } = yield* open
      const tree = treeOf(sameNames)
      writeFolder(folder, tree)
      assert.deepStrictEqual(readFolder(folder), factsOfTree(tree))
      yield* rclone.run("copy", folder, remote)
      assert.deepStrictEqual(yield* readStore(store, place), factsOfTree(tree))
      assert.deepStrictEqual(yield* unaddressable(store, place), [])
    })
  )

  it.live("has another name only where rclone takes the file for an encoded name", () =>
    Effect.gen(function* () {
      const { store, place, remote, folder, rclone } = yield* open
      writeFolder(folder, treeOf(apart(uploadDifferences.map(({ name }) => name))))
      const { status, stderr } = yield* rclone.attempt("copy", folder, remote)
      assert.strictEqual(status, 1, stderr)
      const found = namesIn(yield* readStore(store, place))
      assert.deepStrictEqual(found, apart(uploadDifferences.map(({ becomes }) => becomes)))
    })
  )

  it.live("is named as unaddressable where no path reaches it", () =>
    Effect.gen(function* () {
      const { store, place, remote, folder, rclone } = yield* open
      writeFolder(folder, treeOf([unaddressableUpload]))
      yield* rclone.run("copy", folder, remote)
      assert.deepStrictEqual(yield* readStore(store, place), {})
      assert.deepStrictEqual(yield* unaddressable(store, place), [`${place[1]}/${unaddressableUpload}`])
    })
  )

  it.live("is one of two whose names are the same text, unless rclone is told not to normalize", () =>
    Effect.gen(function* () {
      const { store, place, remote, folder, rclone } = yield* open
      writeFolder(folder, treeOf(["caf\u00e9", "cafe\u0301"]))
      yield* rclone.run("copy", "--no-unicode-normalization=false", folder, remote)
      assert.deepStrictEqual(namesIn(yield* readStore(store, place)), ["cafe\u0301"])
    })
  )

  it.live("has its MD5 also where it goes up in parts", () =>
    Effect.gen(function* () {
      const { store, place, remote, folder, rclone } = yield* open
      writeFolder(folder, { large })
      yield* rclone.run("copy", folder, remote)
      const entry = yield* store.stat([...place, "large"])
      assert.match((entry.kind === "object" && entry.validator) || "", /-5"$/)
      assert.deepStrictEqual(yield* readStore(store, place), { large: factsOf(large) })
    })
  )

  it.live("keeps its MD5 in a copy", () =>
    Effect.gen(function* () {
      const { store, place, remote, folder, rclone } = yield* open
      writeFolder(folder, { large })
      yield* rclone.run("copy", folder, remote)
      yield* store.copy!([...place, "large"], [...place, "copy"])
      assert.deepStrictEqual(yield* readStore(store, place), { copy: factsOf(large), large: factsOf(large) })
      assert.deepStrictEqual(
        (yield* rclone.list(remote)).map(({ md5 }) => md5),
        [factsOf(large).md5, factsOf(large).md5]
      )
    })
  )

  it.live(`keeps its MD5 under another time${setup in refusedChanges ? ", which this server refuses" : ""}`, () =>
    Effect.gen(function* () {
      const { store, place, remote, folder, rclone } = yield* open
      writeFolder(folder, { large })
      yield* rclone.run("copy", folder, remote)
      const change = store.setModified!([...place, "large"], 1_500_000_000_000)
      if (setup in refusedChanges) {
        return assert.strictEqual((yield* reasonOf(change))._tag, "precondition_failed", refusedChanges[setup])
      }
      const { checksums, modified } = yield* change
      assert.deepStrictEqual([checksums?.["md5"], modified], [factsOf(large).md5, 1_500_000_000_000])
    })
  )
})
