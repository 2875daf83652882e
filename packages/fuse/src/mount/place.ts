/**
 * Where to mount: an existing directory, freed of a dead mount of one's own.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { basename, dirname, isAbsolute, join } from "node:path"
import { readText, realPath, run, statusOf } from "../Host.ts"
import { mountAt, type MountEntry } from "./mountInfo.ts"
import { typeOf, type Settings } from "./MountOptions.ts"
import type { Route } from "./Route.ts"

const pointer = { pointer: "#/mountPoint" }
const absolute = StorageError.of("invalid_value", "the mount point must be an absolute path", pointer)
const nowhere = StorageError.of("not_found", "the mount point does not exist", pointer)
const noDirectory = StorageError.of("not_a_directory", "the mount point is no directory", pointer)
const unreadable = StorageError.of("permission_denied", "the mount point may not be looked at", pointer)
const taken = StorageError.of("already_exists", "the mount point has a mount already", pointer)
const dead = StorageError.of("backend_in_use", "the mount point has a dead mount of another filesystem", {
  ...pointer,
  suggestion: "unmount it (umount -l, or fusermount3 -u -z), or mount elsewhere"
})

/** How long a path may take to say what it is; a mount whose server hangs never does. */
const patience = 5000

/** The mount that is seen at a path. */
export const mountSeenAt = (point: string): MountEntry | undefined => mountAt(readText("/proc/self/mountinfo"), point)

/** Whether a mount has the type and the source that these settings give. */
export const isOurs = (entry: MountEntry | undefined, settings: Settings): boolean =>
  entry !== undefined && entry.type === typeOf(settings) && entry.source === settings.fsname

/** Without symbolic links, also where the last segment is a dead mount, which cannot be walked. */
const resolved = Effect.fnUntraced(function* (path: string) {
  const parent = yield* realPath(dirname(path))
  if (parent === undefined) return yield* nowhere
  const named = join(parent, basename(path))
  if (mountSeenAt(named) !== undefined) return named
  return (yield* realPath(named)) ?? named
})

const clear = Effect.fnUntraced(function* (route: Route, settings: Settings, point: string) {
  if (!isOurs(mountSeenAt(point), settings)) return yield* dead
  const { program, args } = route.detach(point, "forced")
  const { status } = yield* run(program, args)
  if (status !== 0) return yield* dead
})

const status = (point: string) =>
  Effect.timeoutOrElse(statusOf(point), { duration: patience, orElse: () => Effect.fail(taken) })

/** Clears a dead mount of one's own; one that lives is somebody else's who came after. */
export const clearDead = Effect.fnUntraced(function* (route: Route, settings: Settings, point: string) {
  const found = yield* status(point)
  if (typeof found === "object" && found.errno === "ENOTCONN") yield* clear(route, settings, point)
})

/** The real path of the mount point. A dead mount is cleared if its type and fsname are those asked for; no other is. */
export const preparePlace = Effect.fnUntraced(function* (route: Route, settings: Settings, path: string) {
  if (!isAbsolute(path) || path.includes("\0")) return yield* absolute
  const point = yield* resolved(path)
  let found = yield* status(point)
  while (typeof found === "object" && found.errno === "ENOTCONN") {
    yield* clear(route, settings, point)
    found = yield* status(point)
  }
  if (found === "directory") return mountSeenAt(point)?.type === typeOf(settings) ? yield* taken : point
  if (found === "other") return yield* noDirectory
  return yield* found.errno === "ENOENT" || found.errno === "ENOTDIR" ? nowhere : unreadable
})
