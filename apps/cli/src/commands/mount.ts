/**
 * `mooring mount`.
 */
import { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import { Mounts, type MountOptions, type MountView } from "@mooring/host"
import { mountJson, permissionsOf, stateFolder } from "@mooring/server"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { join, resolve } from "node:path"
import { detached } from "../detached.ts"
import { host, Invocation } from "../Invocation.ts"
import { fail, print, safe } from "../output.ts"
import { json } from "./json.ts"
import { deadline, leftBehind, leftLines } from "./unmount.ts"

const flags = {
  place: Argument.String("place").pipe(Argument.withDescription("backend:path")),
  directory: Argument.String("directory").pipe(Argument.withDescription("An empty directory")),
  detach: Flag.Boolean("detach").pipe(
    Flag.withDefault(false),
    Flag.withDescription("Return once it is mounted; it is served in the background")
  ),
  readOnly: Flag.Boolean("read-only").pipe(Flag.withDefault(false), Flag.withDescription("Refuse every change")),
  allowOther: Flag.Boolean("allow-other").pipe(
    Flag.withDefault(false),
    Flag.withDescription("Let other users in; the kernel checks owner and mode then")
  ),
  uid: Flag.Int("uid").pipe(Flag.withDescription("Whose everything is; you"), Flag.optional),
  gid: Flag.Int("gid").pipe(Flag.withDescription("Of which group everything is; yours"), Flag.optional),
  umask: Flag.String("umask").pipe(Flag.withDescription("Bits that no mode has, in octal: 022"), Flag.optional),
  fileMode: Flag.String("file-mode").pipe(
    Flag.withDescription("The mode of files before the umask, in octal: 666; with 777 they can be run"),
    Flag.optional
  ),
  directoryAge: Flag.Int("directory-age").pipe(
    Flag.withDescription("Seconds for which a listing of a directory is believed"),
    Flag.optional
  ),
  cacheSize: Flag.Int("cache-size").pipe(
    Flag.withDescription("MiB of what was read that are kept in memory"),
    Flag.optional
  ),
  cacheFolder: Flag.String("cache-folder").pipe(
    Flag.withDescription("A folder for what is not stored yet, of this mount alone"),
    Flag.optional
  ),
  deadline,
  json
}

type Flags = Command.Command.Config.Infer<typeof flags>

const optionsOf = Effect.fnUntraced(function* ({
  readOnly,
  allowOther,
  uid,
  gid,
  umask: mask,
  fileMode: files,
  directoryAge,
  cacheSize,
  cacheFolder
}: Omit<Flags, "place" | "directory" | "detach" | "deadline" | "json">) {
  for (const [name, value] of Object.entries({ uid, gid, directory_age: directoryAge, cache_size: cacheSize })) {
    if (Option.isSome(value) && value.value < 0) {
      return yield* StorageError.of("invalid_value", "must be 0 or more", { pointer: `#/${name}` })
    }
  }
  const umask = yield* permissionsOf("umask", Option.getOrUndefined(mask))
  const fileMode = yield* permissionsOf("file_mode", Option.getOrUndefined(files))
  return {
    readOnly,
    allowOther,
    ...(Option.isSome(uid) && { uid: uid.value }),
    ...(Option.isSome(gid) && { gid: gid.value }),
    ...(umask !== undefined && { umask }),
    ...(fileMode !== undefined && { fileMode }),
    ...(Option.isSome(directoryAge) && { directoryAge: directoryAge.value * 1000 }),
    ...(Option.isSome(cacheSize) && { cacheBytes: cacheSize.value * 1024 * 1024 }),
    ...(Option.isSome(cacheFolder) && { cacheFolder: resolve(cacheFolder.value) })
  } satisfies MountOptions
})

/** Unmounts when the command is interrupted; what is left is said, and lost. */
const ending = (id: string, seconds: number) =>
  Effect.gen(function* () {
    const { unmount } = yield* Mounts
    const left = yield* unmount(id, { deadline: seconds * 1000, force: true })
    if (left.length === 0) return
    yield* Console.error(leftLines(left))
    yield* Effect.sync(() => {
      process.exitCode = leftBehind
    })
  }).pipe(
    Effect.catchTag("StorageError", ({ reason }) => Console.error(`error: ${reason._tag}: ${safe(reason.detail)}`))
  )

const shown = (mount: MountView, place: string): string =>
  `mounted ${safe(place)} at ${safe(mount.target)} (${mount.id})`

/** Mounts and serves until it is unmounted or interrupted. */
const serve = Effect.fnUntraced(function* (given: Flags) {
  const mounts = yield* Mounts
  const [backend = "", ...rest] = given.place.split(":")
  const path = yield* Effect.fromResult(Path.fromText(rest.join(":").replace(/\/$/, "")))
  const options = yield* optionsOf(given)
  const target = resolve(given.directory)
  const mount = yield* mounts.mount({ backend, path, target, options, restored: false })
  yield* print(given.json, `${shown(mount, given.place)}; Ctrl-C unmounts`, mountJson(mount))
  yield* Effect.onInterrupt(mounts.ended(mount.id), () => ending(mount.id, given.deadline))
})

/** Starts the same command in the background and waits until it has mounted. */
const serveDetached = Effect.fnUntraced(function* (given: Flags) {
  const { get } = yield* Mounts
  const { env } = yield* Invocation
  const target = resolve(given.directory)
  yield* detached(join(stateFolder(env), "mounts.log"), (pid) =>
    Effect.map(
      Effect.option(get(target)),
      // A mount that is there already is another process's.
      (found) => found._tag === "Some" && found.value.state === "mounted" && found.value.pid === pid
    )
  )
  const mount = yield* get(target)
  yield* print(given.json, shown(mount, given.place), mountJson(mount))
})

/** Shows a backend, or a path in it, as a directory. */
export const mount = Command.make("mount", flags, (given) =>
  (given.detach ? serveDetached(given) : serve(given)).pipe(
    Effect.scoped,
    Effect.provide(host),
    Effect.catchTag("StorageError", (error) => fail(given.json, error))
  )
).pipe(Command.withDescription("Mount a backend as a directory, until it is interrupted or unmounted"))
