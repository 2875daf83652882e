/**
 * Listing a directory: once at a time, however many ask.
 */
import { StorageError, type Entry } from "@mooring/core"
import { listPages } from "@mooring/core/list"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Stream from "effect/Stream"
import type { Engine, Result } from "../Engine.ts"
import { moved } from "../moving.ts"
import { lastMove, pathOf, type DirectoryNode } from "../Node.ts"
import { merge, stays } from "./merge.ts"

/** Whether the listing of the directory is young enough. */
export const isFresh = ({ settings, now }: Engine, { listedAt }: DirectoryNode): boolean =>
  listedAt !== undefined && now() - listedAt < settings.directoryAge

const gone = StorageError.of("not_found", "the directory is gone")

/** Ends a listing that has more names than are looked up by listing. */
const tooLarge = StorageError.of("body_too_large", "the directory is large")

/** Lists and merges. `whole` also where the directory is large. */
const list = Effect.fnUntraced(function* (
  engine: Engine,
  directory: DirectoryNode,
  whole: boolean
): Effect.fn.Return<void, StorageError> {
  const { store, settings, sequence, now, tree } = engine
  const time = now()
  const started = sequence.next()
  const entries: Array<Entry> = []
  let unaddressable = 0
  const before = lastMove(directory)
  const pages = Stream.runForEach(listPages(store, pathOf(directory)), (page) => {
    for (const entry of page.entries) entries.push(entry)
    unaddressable += page.unaddressable?.length ?? 0
    return !whole && entries.length > settings.largeDirectory ? tooLarge : Effect.void
  })
  const failure = yield* Effect.match(pages, { onSuccess: () => undefined, onFailure: (error) => error })
  yield* moved(directory)
  if (directory.parent === undefined && directory !== tree.root) return yield* gone
  // It was renamed meanwhile: what was listed is another place, or none.
  if (lastMove(directory) !== before) return yield* list(engine, directory, whole)
  if (failure !== undefined && (failure.reason._tag !== "not_found" || !stays(directory))) return yield* failure
  merge(engine, directory, entries, started)
  directory.hidden += unaddressable
  directory.listedAt = time
  directory.single = entries.length > settings.largeDirectory
  directory.looked.clear()
  tree.touch(directory)
  tree.trim(directory)
})

/** What a failed listing says of the directory. */
const failed = (engine: Engine, directory: DirectoryNode, error: StorageError): StorageError => {
  const { _tag } = error.reason
  if (_tag === "permission_denied" || error === tooLarge) directory.single = true
  if (_tag !== "not_found" && _tag !== "not_a_directory") return error
  const { parent, name } = directory
  directory.listedAt = undefined
  if (parent !== undefined && !directory.children.values().some(stays)) {
    engine.tree.detach(directory)
    engine.emit({ kind: "name", parent: parent.id, name })
  }
  return gone
}

/** Lists the directory now, or joins a listing that is on its way. */
export const refresh = (engine: Engine, directory: DirectoryNode, whole = false): Result<void> =>
  Effect.suspend(() => {
    if (directory.listing !== undefined) return Deferred.await(directory.listing)
    if (directory.parent === undefined && directory !== engine.tree.root) return Effect.fail(gone)
    const listing = Deferred.makeUnsafe<void, StorageError>()
    directory.listing = listing
    const done = (exit: Exit.Exit<void, StorageError>) =>
      Effect.sync(() => {
        directory.listing = undefined
        Deferred.doneUnsafe(listing, exit)
      })
    const work = Effect.matchEffect(list(engine, directory, whole), {
      onSuccess: () => done(Exit.void),
      onFailure: (error) => done(Exit.fail(failed(engine, directory, error)))
    })
    engine.fork(Effect.onInterrupt(work, () => done(Exit.fail(StorageError.of("cancelled", "the mount ends")))))
    return Deferred.await(listing)
  })
