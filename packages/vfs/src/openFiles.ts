/**
 * Opening, reading, writing and closing files.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { findChildOrNothing, ensureCurrent } from "./directory/lookup.ts"
import { holdsContainers } from "./directory/makeDirectory.ts"
import { recordPresent } from "./directory/recordChange.ts"
import { foundOf } from "./directory/found.ts"
import type { Engine, Result } from "./Engine.ts"
import { makeHandle, type Handle } from "./Handle.ts"
import { hasWriter, isOpen, lockOf, pathOf, type FileNode } from "./Node.ts"
import { refusal } from "./names.ts"
import { changed, closeWindow } from "./reading/Fetch.ts"
import { readHandle } from "./reading/readHandle.ts"
import type { Opened, OpenOptions, Vfs } from "./Vfs.ts"
import { commit } from "./writing/commit.ts"
import { setSize, writeBytes } from "./writing/change.ts"
import { discardDraft, emptyDraft, markDirty } from "./writing/Draft.ts"
import { prepareDraft } from "./writing/prepare.ts"
import { giveUp, settleDraft } from "./writing/settle.ts"

/** Operations on open files. */
type OpenFiles = Pick<Vfs, "create" | "open" | "read" | "write" | "flush" | "fsync" | "release">

/**
 * What is left once nobody writes to the file. What its last writer leaves is stored, unless the writer was told that it
 * could not be; then it is given up. What nobody was told of stays.
 */
const withoutWriter = Effect.fnUntraced(function* (
  engine: Engine,
  { node, write }: Handle
): Effect.fn.Return<void, StorageError> {
  const { draft } = node
  if (draft === undefined) return
  if (node.parent === undefined) return isOpen(node) ? undefined : discardDraft(engine, node)
  if (!draft.dirty) return settleDraft(engine, node)
  if (!write) return
  if (draft.failure === undefined) return yield* commit(engine, node)
  // Somebody else may be storing it, or may have stored it by then.
  yield* lockOf(node).withPermit(
    Effect.sync(() => {
      if (node.draft !== draft || hasWriter(node) || node.parent === undefined) return
      if (!draft.dirty) settleDraft(engine, node)
      else if (draft.failure !== undefined) giveUp(engine, node)
    })
  )
})

/** The operations, with the table of handles that they share. */
export const makeOpenFiles = (engine: Engine): OpenFiles => {
  const { tree } = engine
  const handles = new Map<number, Handle>()
  let last = 0

  const get = (id: number): Effect.Effect<Handle, StorageError> => {
    const handle = handles.get(id)
    return handle === undefined
      ? Effect.fail(StorageError.of("invalid_value", "there is no such open file"))
      : Effect.succeed(handle)
  }
  const opened = (node: FileNode, options: OpenOptions): Opened => {
    last += 1
    handles.set(last, makeHandle(last, node, options))
    const keepCache = node.draft !== undefined || node.cached === node.version
    node.cached = node.version
    const direct = node.draft === undefined && node.version !== undefined && node.version.size === undefined
    return { handle: last, keepCache, direct }
  }

  const open = Effect.fnUntraced(function* (
    node: FileNode,
    options: OpenOptions
  ): Effect.fn.Return<Opened, StorageError> {
    if (node.leaving) yield* lockOf(node).withPermit(Effect.void)
    // It went elsewhere: nothing of it is here, and nothing would be stored.
    if (node.parent === undefined && node.draft === undefined) return yield* changed
    const { draft } = node
    // What a listing shows as empty may be so no more; only what is new and empty here is.
    const empty = draft !== undefined && draft.size === 0 && draft.base === undefined
    if (options.truncate && options.write && !empty) {
      const truncated = Effect.map(setSize(engine, node, 0), () => opened(node, options))
      return yield* lockOf(node).withPermit(truncated)
    }
    return opened(node, options)
  })

  const flush = (id: number): Result<void> =>
    Effect.flatMap(get(id), ({ node, write }) => (write ? commit(engine, node) : Effect.void))

  return {
    open: (id, options) =>
      Effect.flatMap(tree.file(id), (node) => Effect.andThen(ensureCurrent(engine, node), open(node, options))),
    create: Effect.fnUntraced(function* (parentId, name, options) {
      const parent = yield* tree.place(parentId)
      const refused = refusal([...pathOf(parent), name], engine.limits)
      if (refused !== undefined) return yield* refused
      const known = (yield* findChildOrNothing(engine, parent, name)) ?? parent.children.get(name)
      if (known !== undefined) {
        if (options.exclusive) return yield* StorageError.of("already_exists", "there is something of this name")
        if (known.kind === "directory") return yield* StorageError.of("is_a_directory", "this is a directory")
        const result = yield* open(known, options)
        known.lookups += 1
        return { ...foundOf(engine, known), ...result }
      }
      if (holdsContainers(engine, parent)) {
        return yield* StorageError.of("unsupported", "only containers can be here", { suggestion: "a directory" })
      }
      yield* tree.place(parentId)
      const node = tree.addFile(parent, name, undefined)
      node.draft = emptyDraft(engine.now())
      markDirty(engine, node, node.draft)
      node.lookups += 1
      recordPresent(engine, parent, name)
      return { ...foundOf(engine, node), ...opened(node, { ...options, write: true }) }
    }),
    read: (id, offset, size) => Effect.flatMap(get(id), (handle) => readHandle(engine, handle, offset, size)),
    write: (id, offset, bytes) =>
      Effect.flatMap(get(id), (handle) => {
        const { node, write, append } = handle
        if (!write) return Effect.fail(StorageError.of("permission_denied", "it is not open for writing"))
        const written = Effect.flatMap(prepareDraft(engine, node), ({ size }) =>
          handle.stale ? Effect.fail(changed) : writeBytes(engine, node, append ? size : offset, bytes)
        )
        return bytes.byteLength === 0 ? Effect.void : lockOf(node).withPermit(written)
      }),
    flush,
    fsync: flush,
    release: (id) =>
      Effect.flatMap(get(id), (handle) => {
        const { node } = handle
        handles.delete(id)
        node.handles?.delete(handle)
        closeWindow(engine, handle.window)
        const end = hasWriter(node) ? Effect.void : withoutWriter(engine, handle)
        return Effect.ensuring(
          end,
          Effect.sync(() => tree.settle(node))
        )
      })
  }
}
