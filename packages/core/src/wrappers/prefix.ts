/**
 * A store that is a directory of another.
 */
import * as Effect from "effect/Effect"
import type { Entry } from "../ObjectInfo.ts"
import type { ObjectStore, OptionalMember, Upload } from "../ObjectStore.ts"
import { Path } from "../Path.ts"
import { StorageError } from "../StorageError.ts"

const isRoot = Effect.fail(StorageError.of("is_a_directory", "the root is a directory"))

/**
 * What is below `root`, with paths that start there. Containers are a matter of the store around it, and so is what is
 * at `root` itself: where it is the path of an object too, that is not reached from here, and it is not removed or moved.
 */
export const prefix = (store: ObjectStore, root: Path): ObjectStore => {
  if (root.length === 0) return store
  const inner = (path: Path): Path => [...root, ...path]
  /** Runs an operation on what is below; on the root it fails with `is_a_directory`. */
  const on = <A, R>(
    path: Path,
    run: (at: Path) => Effect.Effect<A, StorageError, R>
  ): Effect.Effect<A, StorageError, R> => (path.length === 0 ? isRoot : run(inner(path)))
  const outer = <A extends Entry>(info: A): A => ({ ...info, path: info.path.slice(root.length) })
  const outerUpload = (upload: Upload): Upload => ({
    ...upload,
    path: upload.path.slice(root.length),
    copyPart: (number, from, range) => on(from, (at) => upload.copyPart(number, at, range)),
    complete: Effect.map(upload.complete, outer)
  })
  /** A token may be of an upload elsewhere in the store, which this view must not reach. */
  const resume = (upload: Upload) =>
    upload.path.length > root.length && Path.startsWith(upload.path, root)
      ? Effect.succeed(outerUpload(upload))
      : Effect.fail(StorageError.of("not_found", "there is no such upload"))
  const members = {
    copy:
      store.copy &&
      ((from, to, options) =>
        Effect.map(
          on(from, (at) => on(to, (target) => store.copy!(at, target, options))),
          outer
        )),
    move:
      store.move &&
      ((from, to) =>
        Effect.map(
          on(from, (at) => on(to, (target) => store.move!(at, target))),
          outer
        )),
    setModified:
      store.setModified &&
      ((path, modified) =>
        Effect.map(
          on(path, (at) => store.setModified!(at, modified)),
          outer
        )),
    removeMany:
      store.removeMany &&
      ((paths) => (paths.some(({ length }) => length === 0) ? isRoot : store.removeMany!(paths.map(inner)))),
    versions:
      store.versions &&
      ((path, options) =>
        Effect.map(
          on(path, (at) => store.versions!(at, options)),
          (page) => ({
            ...page,
            versions: page.versions.map((version) => ({ ...version, info: outer(version.info) }))
          })
        )),
    removeVersion: store.removeVersion && ((path, version) => on(path, (at) => store.removeVersion!(at, version))),
    presign: store.presign && ((path, method, expiresIn) => on(path, (at) => store.presign!(at, method, expiresIn))),
    publicLink: store.publicLink && ((path) => on(path, (at) => store.publicLink!(at))),
    setTier:
      store.setTier &&
      ((path, tier) =>
        Effect.map(
          on(path, (at) => store.setTier!(at, tier)),
          outer
        )),
    usage: store.usage && ((path) => store.usage!(inner(path))),
    writeAt:
      store.writeAt &&
      ((path, offset, bytes) =>
        Effect.map(
          on(path, (at) => store.writeAt!(at, offset, bytes)),
          outer
        )),
    openUpload:
      store.openUpload &&
      ((path, options) =>
        Effect.map(
          on(path, (at) => store.openUpload!(at, options)),
          outerUpload
        )),
    resumeUpload: store.resumeUpload && ((token) => Effect.flatMap(store.resumeUpload!(token), resume)),
    createDirectory: store.createDirectory && ((path) => store.createDirectory!(inner(path))),
    removeDirectory: store.removeDirectory && ((path) => on(path, (at) => store.removeDirectory!(at))),
    moveDirectory:
      store.moveDirectory && ((from, to) => on(from, (at) => on(to, (target) => store.moveDirectory!(at, target))))
  } satisfies { readonly [Name in OptionalMember]?: ObjectStore[Name] | undefined }
  return {
    ...(Object.fromEntries(
      Object.entries(members).filter(([, member]) => member !== undefined)
    ) as Partial<ObjectStore>),
    limits: { ...store.limits, containers: false },
    check: store.check,
    stat: (path) =>
      path.length === 0 ? Effect.succeed({ kind: "directory", path }) : Effect.map(store.stat(inner(path)), outer),
    listPage: (directory, options) =>
      Effect.map(store.listPage(inner(directory), options), (page) => ({ ...page, entries: page.entries.map(outer) })),
    read: (path, options) =>
      Effect.map(
        on(path, (at) => store.read(at, options)),
        ({ info, body }) => ({ info: outer(info), body })
      ),
    write: (path, body, options) =>
      Effect.map(
        on(path, (at) => store.write(at, body, options)),
        outer
      ),
    remove: (path) => on(path, (at) => store.remove(at))
  }
}
