/**
 * Where a mount may be: at an empty directory, by its real path, that nothing of the system needs.
 */
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import { lstat, mkdir, readdir, realpath } from "node:fs/promises"
import { homedir } from "node:os"
import { dirname, isAbsolute, normalize, sep } from "node:path"

/** What the operator permits, and what is refused besides. */
export interface MountPlaces {
  /** The real path of the folder below which mounts may be; absent is anywhere that is safe. */
  readonly root?: string
  /** Whether nothing may be mounted at all. */
  readonly forbidden?: boolean
  /** Folders of Mooring itself: a mount over or above them would wait for itself. */
  readonly own: ReadonlyArray<string>
}

const pointer = "#/target"
const refuse = (detail: string, suggestion: string) => StorageError.of("invalid_value", detail, { pointer, suggestion })

/** Directories without which a machine does not work; what is below most of them may be mounted on. */
const system = [
  "/",
  "/bin",
  "/boot",
  "/dev",
  "/etc",
  "/home",
  "/lib",
  "/lib64",
  "/media",
  "/mnt",
  "/opt",
  "/proc"
].concat(["/root", "/run", "/sbin", "/srv", "/sys", "/tmp", "/usr", "/var"])
/** Directories of which nothing may be hidden. */
const untouchable = ["/bin", "/boot", "/dev", "/etc", "/lib", "/lib64", "/proc", "/sbin", "/sys", "/usr"]

/** Whether a path is in a folder, or the folder. */
export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)

/** What is wrong with the path as it is written; pure. */
const writtenIssue = (target: string, { root, own, forbidden = false }: MountPlaces): StorageError | undefined => {
  if (forbidden) {
    return StorageError.of("server_path_forbidden", "this server mounts nothing", {
      pointer,
      suggestion: "its operator can name a folder for mounts: MOORING_MOUNT_ROOT"
    })
  }
  if (!isAbsolute(target))
    return refuse("the target must be an absolute path", "the path from the root, as /mnt/photos")
  if (target.includes("\0") || normalize(target).replace(/(?<=.)\/$/, "") !== target.replace(/(?<=.)\/$/, "")) {
    return refuse("the target must not hold dots or doubled slashes", normalize(target.replaceAll("\0", "")))
  }
  if (root !== undefined && (target === root || !isWithin(target, root))) {
    return refuse("the target is not below the folder for mounts of this server", `a directory below ${root}`)
  }
  if (system.includes(target) || untouchable.some((folder) => isWithin(target, folder)) || target === homedir()) {
    return refuse("the system needs what is at this path", "an empty directory that you make for it")
  }
  return own.some((folder) => isWithin(folder, target) || isWithin(target, folder))
    ? refuse("Mooring keeps its own files there", "a directory elsewhere")
    : undefined
}

/** Not at once: the path may lead through a mount that this thread serves, and who waits for it cannot serve it. */
const attempt = <A>(run: () => Promise<A>, refusal: StorageError) =>
  Effect.tryPromise({ try: run, catch: () => refusal })

/** The path by which a mount is kept, if it is permitted. What is at it is not looked at: it may be a dead mount. */
export const permittedTarget = Effect.fnUntraced(function* (written: string, places: MountPlaces) {
  const target = written.replace(/(?<=.)\/+$/, "")
  const issue = writtenIssue(target, places)
  if (issue !== undefined) return yield* issue
  const parent = refuse("the folder of the target does not exist", "a directory in a folder that exists")
  const folder = yield* attempt(() => realpath(dirname(target)), parent)
  // Looked at before anything is made: a link on the way leads out of the operator's folder.
  const real = folder === sep ? target : folder + target.slice(dirname(target).length)
  return real === target ? target : yield* refuse("the target is reached through a symbolic link", real)
})

/**
 * The real path of a mount point. Below the operator's folder a directory that is not there is made. Fails with
 * `invalid_value`, `not_found`, `not_a_directory` or `not_empty`, each with `#/target` and the way out.
 */
export const mountPoint = Effect.fnUntraced(function* (written: string, places: MountPlaces) {
  const target = yield* permittedTarget(written, places)
  const missing = StorageError.of("not_found", "there is no directory at the target", {
    pointer,
    suggestion: `make it first: mkdir ${target}`
  })
  const find = attempt(() => lstat(target), missing)
  const making = attempt(() => mkdir(target, { mode: 0o755 }), missing)
  const stats = yield* places.root === undefined ? find : Effect.catch(find, () => Effect.andThen(making, find))
  if (stats.isSymbolicLink()) {
    return yield* refuse("the target is a symbolic link", yield* attempt(() => realpath(target), missing))
  }
  if (!stats.isDirectory()) {
    return yield* StorageError.of("not_a_directory", "the target is not a directory", {
      pointer,
      suggestion: "an empty directory"
    })
  }
  const names = yield* attempt(() => readdir(target), refuse("the target cannot be read", "a directory of yours"))
  if (names.length > 0) {
    return yield* StorageError.of("not_empty", "the target is not empty, and a mount would hide what is in it", {
      pointer,
      suggestion: "an empty directory"
    })
  }
  return target
})
