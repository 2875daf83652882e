/**
 * What Mooring writes, rclone reads: the same names, bytes, times and checksums.
 */
import { assert, describe, it } from "@effect/vitest"
import { blocks } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import { downloadDifferences, notCopied } from "./rclone/differences.ts"
import { printedName, sameNames } from "./rclone/names.ts"
import { apart, large, open } from "./rclone/open.ts"
import { factsOf, factsOfTree, namesIn, readFolder, readStore, treeOf, writeStore } from "./rclone/Tree.ts"

describe("an object that Mooring writes", () => {
  it.live("is a file of its name, bytes, time and MD5", () =>
    Effect.gen(function* () {
      const { store, place, remote, folder, rclone } = yield* open
      const tree = treeOf(sameNames)
      yield* writeStore(store, place, tree)
      const listed = (yield* rclone.list(remote)).map(({ name, size, md5, modified }) => [name, size, md5, modified])
      const expected = Object.entries(factsOfTree(tree))
        .map(([name, { size, md5, modified }]) => [printedName(name), size, md5, modified])
        .toSorted(([left = ""], [right = ""]) => (left < right ? -1 : 1))
      assert.deepStrictEqual(listed, expected)
      yield* rclone.run("copy", remote, folder)
      assert.deepStrictEqual(readFolder(folder), factsOfTree(tree))
      yield* rclone.run("check", remote, folder)
    })
  )

  it.live("is a file of another name only where rclone encodes the name", () =>
    Effect.gen(function* () {
      const { store, place, remote, folder, rclone } = yield* open
      const names = apart(downloadDifferences.map(({ name }) => name))
      yield* writeStore(store, place, treeOf(names))
      const listed = (yield* rclone.list(remote)).map(({ name }) => name)
      assert.deepStrictEqual(listed, names.map(printedName).toSorted())
      yield* rclone.run("copy", remote, folder)
      assert.deepStrictEqual(namesIn(readFolder(folder)), apart(downloadDifferences.map(({ becomes }) => becomes)))
    })
  )

  it.live("is listed and not copied where a segment of its name is empty", () =>
    Effect.gen(function* () {
      const { store, place, remote, folder, rclone } = yield* open
      yield* writeStore(store, place, treeOf([...notCopied, "whole"]))
      assert.deepStrictEqual(
        (yield* rclone.list(remote)).map(({ name }) => name),
        [...notCopied, "whole"]
      )
      assert.strictEqual((yield* rclone.attempt("copy", remote, folder)).status, 1)
      assert.deepStrictEqual(namesIn(readFolder(folder)), ["whole"])
    })
  )

  it.live("is a directory where it marks one", () =>
    Effect.gen(function* () {
      const { store, place, remote, rclone } = yield* open
      yield* store.write([...place, "marked", ""], blocks())
      assert.strictEqual((yield* rclone.run("lsf", remote)).toString(), "marked/\n")
      assert.deepStrictEqual(yield* rclone.list(remote), [])
    })
  )

  it.live("has its MD5 also where it goes up in parts, if it was announced, and keeps it in a copy", () =>
    Effect.gen(function* () {
      const { store, place, remote, rclone } = yield* open
      yield* writeStore(store, place, { announced: large })
      yield* store.write([...place, "unknown"], blocks(large.bytes))
      yield* rclone.run("copyto", `${remote}/announced`, `${remote}/copy`)
      const { size, md5 } = factsOf(large)
      assert.deepStrictEqual(
        (yield* rclone.list(remote)).map((it) => [it.name, it.size, it.md5]),
        [
          ["announced", size, md5],
          ["copy", size, md5],
          ["unknown", size, undefined]
        ]
      )
      const { announced, copy } = yield* readStore(store, place)
      assert.deepStrictEqual([announced, copy], [factsOf(large), factsOf(large)])
      const bytes = yield* rclone.run("cat", `${remote}/unknown`)
      assert.strictEqual(createHash("md5").update(bytes).digest("hex"), md5)
    })
  )

  it.live("has its type and metadata, and the time that it was given later", () =>
    Effect.gen(function* () {
      const { store, place, remote, rclone } = yield* open
      const path = [...place, "object"]
      yield* store.write(path, blocks("text"), { contentType: "text/plain", metadata: { colour: "blue" } })
      yield* store.setModified!(path, -1.001)
      const [listed] = yield* rclone.list(remote)
      assert.strictEqual(listed?.modified, -1001)
      assert.include(listed?.metadata, { "content-type": "text/plain", colour: "blue" })
    })
  )
})
