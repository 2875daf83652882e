/**
 * A store that is a directory of another.
 */
import * as Effect from "effect/Effect"
import type { Entry } from "../ObjectInfo.ts"
import type { ObjectStore, OptionalMember, Upload } from "../ObjectStore.ts"
import { Path } from "../Path.ts"
import { StorageError } from "../StorageError.ts"

const isRoot = Effect.fail(StorageError.of("is_a_directory", "the root is a directory"))

/** What is below `root`, with paths that start there. Containers are a matter of the store around it. */
export const prefix = (store: ObjectStore, root: Path): ObjectStore => {
  if (root.length === 0) return store
  const inner = (path: Path): Path => [...root, ...path]
  const outer = <A extends Entry>(info: A): A => ({ ...info, path: info.path.slice(root.length) })
  const outerUpload = (upload: Upload): Upload => ({
    ...upload,
    path: upload.path.slice(root.length),
    copyPart: (number, from, range) => upload.copyPart(number, inner(from), range),
    complete: Effect.map(upload.complete, outer)
  })
  /** A token may be of an upload elsewhere in the store, which this view must not reach. */
  const resume = (upload: Upload) =>
    Path.startsWith(upload.path, root)
      ? Effect.succeed(outerUpload(upload))
      : Effect.fail(StorageError.of("not_found", "there is no such upload"))
  const members = {
    copy: store.copy && ((from, to, options) => Effect.map(store.copy!(inner(from), inner(to), options), outer)),
    move: store.move && ((from, to) => Effect.map(store.move!(inner(from), inner(to)), outer)),
    setModified:
      store.setModified && ((path, modified) => Effect.map(store.setModified!(inner(path), modified), outer)),
    removeMany: store.removeMany && ((paths) => store.removeMany!(paths.map(inner))),
    versions:
      store.versions &&
      ((path, options) =>
        Effect.map(store.versions!(inner(path), options), (page) => ({
          ...page,
          versions: page.versions.map((version) => ({ ...version, info: outer(version.info) }))
        }))),
    removeVersion: store.removeVersion && ((path, version) => store.removeVersion!(inner(path), version)),
    presign: store.presign && ((path, method, expiresIn) => store.presign!(inner(path), method, expiresIn)),
    publicLink: store.publicLink && ((path) => store.publicLink!(inner(path))),
    setTier: store.setTier && ((path, tier) => Effect.map(store.setTier!(inner(path), tier), outer)),
    usage: store.usage && ((path) => store.usage!(inner(path))),
    writeAt: store.writeAt && ((path, offset, bytes) => Effect.map(store.writeAt!(inner(path), offset, bytes), outer)),
    openUpload:
      store.openUpload && ((path, options) => Effect.map(store.openUpload!(inner(path), options), outerUpload)),
    resumeUpload: store.resumeUpload && ((token) => Effect.flatMap(store.resumeUpload!(token), resume)),
    createDirectory: store.createDirectory && ((path) => store.createDirectory!(inner(path))),
    removeDirectory: store.removeDirectory && ((path) => store.removeDirectory!(inner(path))),
    moveDirectory: store.moveDirectory && ((from, to) => store.moveDirectory!(inner(from), inner(to)))
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
      Effect.map(store.read(inner(path), options), ({ info, body }) => ({ info: outer(info), body })),
    write: (path, body, options) =>
      path.length === 0 ? isRoot : Effect.map(store.write(inner(path), body, options), outer),
    remove: (path) => (path.length === 0 ? isRoot : store.remove(inner(path)))
  }
}
