/**
 * Listings on demand, and what they do not show.
 */
import type { Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { Engine, Result } from "../Engine.ts"
import type { DirectoryNode, Node } from "../Node.ts"
import { refresh } from "./refresh.ts"

const forgetListings = (directory: DirectoryNode): void => {
  directory.listedAt = undefined
  directory.looked.clear()
  for (const child of directory.children.values()) if (child.kind === "directory") forgetListings(child)
}

/** Lists the directory at the path anew, or that of the file there; without a path, all when they are next asked for. */
export const refreshAt = (engine: Engine, path: Path | undefined): Result<void> =>
  Effect.suspend(() => {
    if (path === undefined) return Effect.sync(() => forgetListings(engine.tree.root))
    let directory = engine.tree.root
    for (const name of path) {
      const next: Node | undefined = directory.children.get(name)
      if (next?.kind !== "directory") break
      directory = next
    }
    // One that is on its way may have been asked for before the change that is looked for.
    const before = directory.listing === undefined ? Effect.void : Effect.ignore(refresh(engine, directory))
    return Effect.andThen(before, refresh(engine, directory, true))
  })

/** Names of cached listings that are not shown. */
export const hiddenNames = (directory: DirectoryNode): number => {
  let count = directory.hidden
  for (const child of directory.children.values()) if (child.kind === "directory") count += hiddenNames(child)
  return count
}
