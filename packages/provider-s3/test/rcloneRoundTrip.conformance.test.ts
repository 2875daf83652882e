/**
 * Any tree goes through both tools and comes back as it was.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { anyNames } from "./rclone/anyNames.ts"
import { pathOfName } from "./rclone/names.ts"
import { open } from "./rclone/open.ts"
import { factsOfTree, readFolder, readStore, treeOf, writeFolder } from "./rclone/Tree.ts"

describe("a tree of any names", () => {
  it.live.prop(
    "is uploaded by rclone, copied by Mooring, and downloaded by rclone",
    { names: anyNames },
    Effect.fnUntraced(function* ({ names }) {
      const { store, place, remote, folder, rclone } = yield* open
      const tree = treeOf(names)
      writeFolder(`${folder}/up`, tree)
      yield* rclone.run("copy", `${folder}/up`, `${remote}/up`)
      assert.deepStrictEqual(yield* readStore(store, [...place, "up"]), factsOfTree(tree))
      yield* Effect.forEach(
        names,
        Effect.fnUntraced(function* (name) {
          const { info, body } = yield* store.read([...place, "up", ...pathOfName(name)])
          const { size = NaN, modified = NaN } = info
          yield* store.write([...place, "down", ...pathOfName(name)], body, { size, modified })
        }, Effect.scoped),
        { concurrency: 8 }
      )
      yield* rclone.run("copy", `${remote}/down`, `${folder}/down`)
      assert.deepStrictEqual(readFolder(`${folder}/down`), factsOfTree(tree))
    }),
    { arbitrary: { runs: 8, maxShrinks: 40 } }
  )
})
