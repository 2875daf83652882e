/**
 * Mistakes of `remove`, `copy` and the other members.
 */
import { list } from "@mooring/core/list"
import type { ObjectStore } from "@mooring/core/ObjectStore"
import type { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { directories } from "../memory/personalities.ts"
import type { Defect } from "./Defect.ts"

const empty = (store: ObjectStore, directory: Path) =>
  Stream.runForEach(list(store, directory, { recursive: true }), ({ path }) => store.remove(path))

const copyKeeps = (store: ObjectStore): ObjectStore => ({
  ...store,
  copy: Effect.fnUntraced(function* (from, to, options) {
    const target = yield* Effect.result(store.stat(to))
    if (target._tag === "Failure" || target.success.kind !== "object") return yield* store.copy!(from, to, options)
    return target.success
  })
})

/** What can go wrong in everything else. */
export const changing: ReadonlyArray<Defect> = [
  {
    name: "remove of what is missing fails",
    damage: (store) => ({ ...store, remove: (path) => Effect.andThen(store.stat(path), store.remove(path)) }),
    fails: ["remove", "paths"]
  },
  {
    name: "remove takes all that is below",
    damage: (store) => ({ ...store, remove: (path) => Effect.andThen(store.remove(path), empty(store, path)) }),
    fails: ["remove"]
  },
  {
    name: "removeMany stops at the first",
    damage: (store) => ({ ...store, removeMany: (paths) => store.removeMany!(paths.slice(0, 1)) }),
    fails: ["remove"]
  },
  { name: "copy does not replace", damage: copyKeeps, fails: ["copy"] },
  {
    name: "move keeps its source",
    damage: (store) => ({ ...store, move: (from, to) => store.copy!(from, to) }),
    fails: ["copy"]
  },
  {
    name: "removeContainer takes what is in it",
    damage: (store) => ({
      ...store,
      removeContainer: (path) => Effect.andThen(Effect.ignore(empty(store, path)), store.removeContainer!(path))
    }),
    fails: ["folders"]
  },
  {
    name: "removeDirectory takes what is in it",
    over: directories,
    damage: (store) => ({
      ...store,
      removeDirectory: (path) => Effect.andThen(Effect.ignore(empty(store, path)), store.removeDirectory!(path))
    }),
    fails: ["folders"]
  },
  {
    name: "a new directory is not seen",
    over: directories,
    damage: (store) => ({ ...store, createDirectory: () => Effect.void }),
    fails: ["folders"]
  },
  {
    name: "setModified forgets the metadata",
    damage: (store) => ({
      ...store,
      setModified: (path, modified) =>
        Effect.scoped(
          Effect.flatMap(store.read(path), ({ body, info: { contentType = "" } }) =>
            store.write(path, body, { modified, contentType })
          )
        )
    }),
    fails: ["modified"]
  },
  {
    name: "versions come the oldest first",
    damage: (store) => ({
      ...store,
      versions: (path, options) =>
        Effect.map(store.versions!(path, options), (page) => ({ ...page, versions: page.versions.toReversed() }))
    }),
    fails: ["versions"]
  },
  {
    name: "a link is made of a decoded name",
    damage: (store) => ({
      ...store,
      presign: (path, method, expiresIn) => store.presign!(path.map(decodeURIComponent), method, expiresIn)
    }),
    fails: ["presign"]
  },
  {
    name: "check fails with a key that is accepted",
    damage: (store) => ({
      ...store,
      check: Effect.fail(StorageError.of("permission_denied", "not all may be listed"))
    }),
    fails: ["connection"]
  },
  {
    name: "a foreign error comes through",
    damage: (store) => ({
      ...store,
      stat: (path) =>
        Effect.mapError(store.stat(path), (error) =>
          Object.assign(error, { reason: { ...error.reason, cause: error } })
        )
    }),
    fails: ["errors"]
  }
]
