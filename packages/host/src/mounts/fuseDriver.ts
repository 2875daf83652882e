/**
 * Mounts by FUSE: the semantics of a filesystem over the store, and the kernel's protocol over that.
 */
import { readOnly } from "@mooring/core/wrappers/readOnly"
import { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import { clearDeadMount, mount as mountFuse, type Mounted } from "@mooring/fuse"
import { makeVfs, type Pending, type Vfs } from "@mooring/vfs"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { MountDriver, type LiveMount, type MountRequest } from "./MountDriver.ts"
import type { PendingFile } from "./MountRepository.ts"

/** What tables of mounts show as the source: by it a dead mount is known as one of Mooring. */
const fsname = "mooring"

const shown = ({ path, bytes }: Pending): PendingFile => ({ path: Path.display(path), bytes })

const inTarget = (error: StorageError): StorageError =>
  error.reason.pointer === "#/mountPoint" ? StorageError.with(error, { pointer: "#/target" }) : error

const liveMount = (vfs: Vfs, mounted: Mounted): LiveMount => ({
  pending: Effect.map(vfs.pending, (files) => files.map(shown)),
  unmount: Effect.fnUntraced(function* ({ deadline, force }) {
    const left = (yield* vfs.flushAll({ deadline })).map(shown)
    if (left.length > 0 && !force) return left
    yield* mounted.unmount({ deadline, lazy: force })
    return left
  }),
  ended: Effect.ignore(mounted.ended)
})

const removeFolder = (folder: string): Effect.Effect<void> =>
  Effect.ignore(Effect.tryPromise(() => rm(folder, { recursive: true, force: true })))

const mount = (cache: string) =>
  Effect.fnUntraced(function* ({ store, path, target, name, options }: MountRequest) {
    const { cacheFolder = join(cache, name), cacheBytes, directoryAge, uid, gid, umask, fileMode } = options
    const vfs = yield* makeVfs(options.readOnly ? readOnly(store) : store, {
      cacheFolder,
      root: path,
      ...(cacheBytes !== undefined && { blockCache: cacheBytes }),
      ...(directoryAge !== undefined && { directoryAge })
    })
    // Nothing asks for it once the mount has ended, and until the filesystem is closed it is locked.
    if (options.cacheFolder === undefined) yield* Effect.addFinalizer(() => removeFolder(cacheFolder))
    const mounted = yield* mountFuse(vfs, {
      mountPoint: target,
      fsname,
      readOnly: options.readOnly,
      allowOther: options.allowOther,
      ...(uid !== undefined && { uid }),
      ...(gid !== undefined && { gid }),
      ...(umask !== undefined && { umask }),
      ...(fileMode !== undefined && { fileMode })
    })
    return liveMount(vfs, mounted)
  }, Effect.mapError(inTarget))

/** What is at the path otherwise is looked at before it is mounted on. */
const clear = (target: string) =>
  Effect.catchIf(
    clearDeadMount({ mountPoint: target, fsname }),
    ({ reason }) => reason._tag === "not_found" || reason._tag === "not_a_directory",
    () => Effect.void
  )

/** Mounts whose files that are not stored yet are below the folder `cache`. */
export const layer = (cache: string): Layer.Layer<MountDriver> =>
  Layer.succeed(MountDriver, {
    mount: mount(cache),
    prepare: (target) => Effect.mapError(clear(target), inTarget)
  })
