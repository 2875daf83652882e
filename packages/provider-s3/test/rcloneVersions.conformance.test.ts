/**
 * rclone and Mooring see the same old versions. Swift's s3api keeps none unless its operator says so.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { keepVersions } from "./keepVersions.ts"
import { pluginSubject } from "./pluginSubject.ts"
import { versionDifferences } from "./rclone/differences.ts"
import { printedName, sameNames } from "./rclone/names.ts"
import { config, open, setup } from "./rclone/open.ts"
import { namesIn, readStore, treeOf, writeFolder, writeStore } from "./rclone/Tree.ts"

/** Each of the files was uploaded by rclone and replaced by Mooring; `all` shows what was there before. */
const replaced = Effect.fnUntraced(function* (names: ReadonlyArray<string>) {
  const opened = yield* open
  const { store, place, remote, folder, rclone } = opened
  yield* keepVersions(config, place[0] ?? "")
  writeFolder(folder, treeOf(names))
  yield* rclone.run("copy", folder, remote)
  yield* writeStore(store, place, treeOf(names.toReversed()))
  const options = { ...config, versions: true }
  const { store: all } = yield* pluginSubject("versions", options).open
  return { ...opened, all }
})

/** Names in which the extension is hard to find. */
const names = [...sameNames, "a.tar.gz", "none", "many.."].filter((name) => !/^\.[^.]+$|\..*\//.test(name))

const withoutTime = (name: string): string => name.replace(/\d/g, "0")

describe(`an old version on ${setup}`, { skip: setup !== "ceph" }, () => {
  it.live("has the same name, bytes, time and MD5 for both, also of an object that is gone", () =>
    Effect.gen(function* () {
      const { store, all, place, remote, rclone } = yield* replaced(names)
      yield* store.remove([...place, "none"])
      const seen = Object.entries(yield* readStore(all, place))
        .map(([name, { size, stated, modified }]) => [printedName(name), size, stated, modified])
        .toSorted(([left = ""], [right = ""]) => (left < right ? -1 : 1))
      assert.lengthOf(seen, 2 * names.length)
      const listed = yield* rclone.list(remote, "--s3-versions")
      assert.deepStrictEqual(
        listed.map(({ name, size, md5, modified }) => [name, size, md5, modified]),
        seen
      )
    })
  )

  it.live("has another name only where rclone finds another extension", () =>
    Effect.gen(function* () {
      const { all, place, remote, rclone } = yield* replaced(versionDifferences.map(({ name }) => name))
      const seen = namesIn(yield* readStore(all, place)).map(withoutTime)
      assert.includeMembers(
        [...seen],
        versionDifferences.map(({ shown }) => shown)
      )
      const listed = (yield* rclone.list(remote, "--s3-versions")).map(({ name }) => withoutTime(name))
      assert.includeMembers(
        listed,
        versionDifferences.map(({ becomes }) => becomes)
      )
    })
  )
})
