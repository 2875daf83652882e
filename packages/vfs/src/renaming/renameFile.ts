/**
 * Renaming a file, with the handles and the unstored bytes that it has.
 */
import { StorageError } from "@mooring/core"
import type { ObjectInfo, Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import { keep } from "../directory/makeDirectory.ts"
import { recordAbsent, recordPresent } from "../directory/recordChange.ts"
import type { Engine, Result } from "../Engine.ts"
import { pathOf, type DirectoryNode, type FileNode } from "../Node.ts"
import { changing } from "../changing.ts"
import { moving } from "../moving.ts"
import { leaveHome, orphan, takeHome } from "../unlink.ts"
import { markDirty } from "../writing/Draft.ts"
import { materialize, prepareDraft } from "../writing/prepare.ts"
import { abortUpload } from "../writing/Uploader.ts"

const apart = StorageError.of("cross_device", "the provider can neither move nor copy")

/** The object at its new path too, or only there. */
const transfer = ({ store, limits }: Engine, node: FileNode, from: Path, to: Path): Result<ObjectInfo> => {
  if (limits.containers && from[0] !== to[0] && store.copy === undefined) return Effect.fail(apart)
  if (store.move !== undefined) return store.move(from, to)
  const { copy } = store
  if (copy === undefined) return Effect.fail(apart)
  const validator = limits.validator === "none" ? undefined : node.version?.validator
  const copied = copy(from, to, validator === undefined ? {} : { ifMatch: validator })
  // Should that fail, both stay: whether the old one is there nobody can say, so that taking the copy back may lose both.
  return Effect.tap(copied, () => store.remove(from))
}

/** Moves the node, and notes what listings may not show. */
const relink = (
  engine: Engine,
  node: FileNode,
  target: FileNode | undefined,
  to: DirectoryNode,
  name: string,
  info?: ObjectInfo
): void => {
  const { parent, name: before, version } = node
  if (target !== undefined) orphan(engine, target)
  // What is not stored yet stands for the object that is there until then, and is removed with it.
  if (version === undefined && target?.version !== undefined) node.version = { ...target.version, blocks: new Map() }
  engine.tree.move(node, to, name)
  if (parent !== undefined) {
    recordAbsent(engine, parent, before, version)
    keep(engine, parent)
  }
  if (version !== undefined && info !== undefined) {
    version.validator = info.validator
    version.told = info.modified
    if (!version.overridden && info.modified !== undefined) version.modified = info.modified
  }
  recordPresent(engine, to, name, version)
}

/**
 * Renames the file over `target`, if there is one. What is stored is moved at the provider; what is not is stored at its
 * new place when it is closed. The caller holds the locks of both files.
 */
export const renameFile = Effect.fnUntraced(function* (
  engine: Engine,
  node: FileNode,
  target: FileNode | undefined,
  to: DirectoryNode,
  name: string
): Effect.fn.Return<void, StorageError> {
  const { draft, version } = node
  if (draft !== undefined) yield* abortUpload(draft)
  // Where the provider shows the copy late, the bytes are here meanwhile.
  const late = engine.limits.visibility === "eventual" && version !== undefined
  const home = Effect.gen(function* () {
    if (late) {
      const bytes = yield* prepareDraft(engine, node)
      bytes.pinned = true
      yield* materialize(engine, node, bytes)
    }
    if (target !== undefined) yield* takeHome(engine, target)
  })
  const stay = Effect.sync(() => {
    leaveHome(engine, node)
    if (target !== undefined) leaveHome(engine, target)
  })
  // A listing may show meanwhile that it is gone, or the directory that it goes to.
  const ends = Effect.suspend(() => {
    const { parent, name: old } = node
    return parent === undefined
      ? Effect.fail(StorageError.of("not_found", "it was removed"))
      : Effect.as(engine.tree.place(to.id), [
          { parent, name: old },
          { parent: to, name }
        ])
  })
  const places = yield* Effect.onError(Effect.andThen(home, ends), () => stay)
  if (version === undefined) {
    relink(engine, node, target, to, name)
    if (node.draft !== undefined) markDirty(engine, node, node.draft)
    return
  }
  const path = [...pathOf(to), name]
  const move = changing(engine, places, transfer(engine, node, pathOf(node), path), (info) => {
    relink(engine, node, target, to, name, info)
    if (node.draft !== undefined) node.draft.pinned = false
  })
  yield* Effect.onError(moving(node, move), () => stay)
})
