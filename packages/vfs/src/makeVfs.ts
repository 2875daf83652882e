/**
 * Makes a filesystem of an object store: wiring only.
 */
import type { ObjectStore, Path, StorageError } from "@mooring/core"
import { prefix } from "@mooring/core/wrappers/prefix"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as FiberSet from "effect/FiberSet"
import * as PubSub from "effect/PubSub"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { openCacheFolder } from "./cacheFolder/CacheFolder.ts"
import { foundOf } from "./directory/found.ts"
import { ensureCurrent, findChild } from "./directory/lookup.ts"
import { makeDirectory, removeDirectory } from "./directory/makeDirectory.ts"
import { refreshAt, hiddenNames } from "./directory/refreshAt.ts"
import { makeSnapshots } from "./directory/snapshots.ts"
import type { Engine } from "./Engine.ts"
import { makeOpenFiles } from "./openFiles.ts"
import { makePending } from "./pending.ts"
import { makeReaders } from "./reading/Readers.ts"
import { makeBlockCache } from "./reading/BlockCache.ts"
import { makeNamespace } from "./renaming/Namespace.ts"
import { rename } from "./renaming/rename.ts"
import { setAttributes } from "./setAttributes.ts"
import { makeTree } from "./Tree.ts"
import { unlink } from "./unlink.ts"
import { watchUsage } from "./usage.ts"
import type { Change, Vfs } from "./Vfs.ts"
import { defaults, type VfsOptions } from "./VfsOptions.ts"
import { makeWriteMemory } from "./writing/WriteMemory.ts"

/** Changes that wait for a front end at most; one that is lost costs no more than the age of what it holds. */
const waitingChanges = 4096

const start = Effect.fnUntraced(function* (
  given: ObjectStore,
  options: VfsOptions
): Effect.fn.Return<{ readonly engine: Engine; readonly changes: PubSub.PubSub<Change> }, StorageError, Scope.Scope> {
  const settings = { ...defaults, ...options }
  const clock = yield* Clock.Clock
  const folder = yield* openCacheFolder(settings.cacheFolder)
  const changes = yield* PubSub.sliding<Change>(waitingChanges)
  const fork = yield* FiberSet.makeRuntime<never, unknown, unknown>()
  const store = prefix(given, settings.root)
  const now = (): number => clock.currentTimeMillisUnsafe()
  const emit = (change: Change): void => void PubSub.publishUnsafe(changes, change)
  let last = 0
  const engine: Engine = {
    store,
    limits: store.limits,
    settings,
    now,
    sequence: { next: () => (last += 1) },
    fork,
    tree: makeTree(settings.cachedNames, now(), emit),
    blocks: makeBlockCache(settings.blockCache),
    readers: makeReaders(settings.blockCache / 2),
    folder,
    memory: makeWriteMemory(settings.writeMemory),
    namespace: makeNamespace(),
    emit
  }
  return { engine, changes }
})

/**
 * A filesystem over the store, for as long as the Scope. Closing it stores nothing: call `flushAll` before.
 * `backend_in_use` if another process has the cache folder.
 */
export const makeVfs = Effect.fnUntraced(function* (
  store: ObjectStore,
  options: VfsOptions
): Effect.fn.Return<Vfs, StorageError, Scope.Scope> {
  const { engine, changes } = yield* start(store, options)
  const { tree } = engine
  return {
    lookup: (parentId, name) =>
      Effect.flatMap(tree.directory(parentId), (parent) =>
        Effect.map(findChild(engine, parent, name), (node) => {
          node.lookups += 1
          return foundOf(engine, node)
        })
      ),
    remember: (id) => {
      const node = tree.get(id)
      if (node !== undefined) node.lookups += 1
    },
    forget: (id, count) => {
      const node = tree.get(id)
      if (node === undefined) return
      node.lookups = Math.max(0, node.lookups - count)
      tree.settle(node)
    },
    attributes: (id) =>
      Effect.flatMap(tree.node(id), (node) => Effect.map(ensureCurrent(engine, node), () => foundOf(engine, node))),
    setAttributes: Effect.fnUntraced(function* (id, wanted) {
      const node = yield* wanted.size === undefined ? tree.node(id) : tree.file(id)
      if (node.kind === "file") yield* setAttributes(engine, node, wanted)
      else if (wanted.modified !== undefined) {
        node.modified = wanted.modified === "now" ? engine.now() : wanted.modified
      }
      return foundOf(engine, node)
    }),
    makeDirectory: (parentId, name) =>
      Effect.flatMap(tree.place(parentId), (parent) =>
        Effect.map(engine.namespace.shared(makeDirectory(engine, parent, name)), (node) => {
          node.lookups += 1
          return foundOf(engine, node)
        })
      ),
    unlink: (parentId, name) => Effect.flatMap(tree.directory(parentId), (parent) => unlink(engine, parent, name)),
    removeDirectory: (parentId, name) =>
      Effect.flatMap(tree.directory(parentId), (parent) =>
        engine.namespace.shared(removeDirectory(engine, parent, name))
      ),
    rename: Effect.fnUntraced(function* (from, to, { replace }) {
      const source = { parent: yield* tree.directory(from.parent), name: from.name }
      const target = { parent: yield* tree.place(to.parent), name: to.name }
      yield* rename(engine, source, target, replace)
    }),
    ...makeOpenFiles(engine),
    ...makeSnapshots(engine),
    ...makePending(engine),
    usage: yield* watchUsage(engine),
    changes: Stream.fromPubSub(changes),
    refresh: (path?: Path) => refreshAt(engine, path),
    hidden: () => hiddenNames(tree.root)
  }
})
