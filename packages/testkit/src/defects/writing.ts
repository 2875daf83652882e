/**
 * Mistakes of `write`.
 */
import type { PendingUpload, ObjectStore, WriteOptions } from "@mooring/core/ObjectStore"
import type { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Defect } from "./Defect.ts"

const options =
  (change: (options: WriteOptions) => WriteOptions) =>
  (store: ObjectStore): ObjectStore => ({
    ...store,
    write: (path, body, given = {}) => store.write(path, body, change(given))
  })

const most = 150_000

const truncated = (store: ObjectStore): ObjectStore => ({
  ...store,
  write: (path, body, { size, ...rest } = {}) => {
    let seen = 0
    const first = Stream.filter(body, (block) => {
      seen += block.length
      return seen <= most
    })
    const write = store.write(path, first, { ...rest, ...(size !== undefined && size <= most && { size }) })
    return Effect.map(write, (info) => ({ ...info, size: seen }))
  }
})

const halfWritten = (store: ObjectStore): ObjectStore => ({
  ...store,
  write: Effect.fnUntraced(function* (path, body, { size: _, ...rest } = {}) {
    let failure: StorageError | undefined
    const some = Stream.catch(body, (error) => {
      failure = error
      return Stream.empty
    })
    const info = yield* store.write(path, some, rest)
    return failure === undefined ? info : yield* Effect.fail(failure)
  })
})

const leaky = (store: ObjectStore): ObjectStore => {
  const leaked: Array<PendingUpload> = []
  return {
    ...store,
    write: (path, body, given) =>
      Effect.onError(store.write(path, body, given), () => Effect.sync(() => leaked.push({ path, id: "leaked" }))),
    ...(store.listUploads && {
      listUploads: (container, given) =>
        Effect.map(store.listUploads!(container, given), (page) => ({
          ...page,
          uploads: [...page.uploads, ...leaked.filter(({ path }) => path[0] === container[0])]
        }))
    })
  }
}

const buffered = (store: ObjectStore): ObjectStore => ({
  ...store,
  write: (path, body, given) =>
    Effect.flatMap(Stream.runCollect(body), (all) =>
      store.write(path, Stream.fromIterable(all, { chunkSize: 1 }), given)
    )
})

/** What can go wrong in `write`. */
export const writing: ReadonlyArray<Defect> = [
  { name: "a truncated write is reported as a success", damage: truncated, fails: ["read", "integrity", "faults"] },
  { name: "a failed write is half visible", damage: halfWritten, fails: ["write", "integrity", "multipart"] },
  { name: "a failed write leaves its parts", damage: leaky, fails: ["multipart"] },
  { name: "the whole body is buffered", damage: buffered, fails: ["multipart", "faults"] },
  { name: "the size is not checked", damage: options(({ size: _, ...rest }) => rest), fails: ["integrity"] },
  {
    name: "write reports a wrong size",
    damage: (store) => ({
      ...store,
      write: (path, body, given) => Effect.map(store.write(path, body, given), (info) => ({ ...info, size: 0 }))
    }),
    fails: ["write", "integrity"]
  },
  {
    name: "metadata is dropped",
    damage: options(({ metadata: _, ...rest }) => rest),
    fails: ["metadata", "modified", "copy"]
  },
  {
    name: "the content type is dropped",
    damage: options(({ contentType: _, ...rest }) => rest),
    fails: ["metadata", "modified", "copy"]
  },
  {
    name: "times are cut to seconds",
    damage: options((given) =>
      given.modified === undefined ? given : { ...given, modified: Math.floor(given.modified / 1000) * 1000 }
    ),
    fails: ["modified"]
  },
  { name: "write ignores ifMatch", damage: options(({ ifMatch: _, ...rest }) => rest), fails: ["conditions"] },
  { name: "write ignores ifNoneMatch", damage: options(({ ifNoneMatch: _, ...rest }) => rest), fails: ["conditions"] },
  {
    name: "a write makes the container",
    damage: (store) => ({
      ...store,
      write: (path, body, given) =>
        Effect.andThen(Effect.ignore(store.createContainer!(path.slice(0, 1))), store.write(path, body, given))
    }),
    fails: ["connection", "errors"]
  }
]
