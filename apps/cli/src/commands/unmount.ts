/**
 * `mooring unmount` and `mooring mounts`.
 */
import { Mounts, type MountView, type PendingFile } from "@mooring/host"
import { mountJson } from "@mooring/server"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { resolve } from "node:path"
import { host } from "../Invocation.ts"
import { CommandFailed, fail, print, safe } from "../output.ts"
import { json } from "./json.ts"

/** The exit code of a mount or unmount that could not write everything. */
export const leftBehind = 2

const defaultDeadline = 60

export const deadline = Flag.Int("deadline").pipe(
  Flag.withDescription("Seconds for which what is pending may still be written when it is unmounted"),
  Flag.withDefault(defaultDeadline)
)

/** A line for each file that could not be written in time. */
export const leftLines = (left: ReadonlyArray<PendingFile>): string =>
  left.map(({ path, bytes }) => `not written: ${safe(path)} (${bytes} bytes)`).join("\n")

/** Ends a mount, whichever process serves it. */
export const unmount = Command.make(
  "unmount",
  {
    mount: Argument.String("mount").pipe(Argument.withDescription("The directory, or the id of the mount")),
    deadline,
    force: Flag.Boolean("force").pipe(
      Flag.withDefault(false),
      Flag.withDescription("Unmount although something is not written; it is lost")
    ),
    json
  },
  ({ mount, deadline, force, json }) =>
    Effect.gen(function* () {
      const { unmount } = yield* Mounts
      const id = mount.startsWith("mnt_") ? mount : resolve(mount)
      const left = yield* unmount(id, { deadline: deadline * 1000, force })
      yield* print(json, left.length === 0 ? `unmounted ${safe(mount)}` : leftLines(left), { mount, left })
      if (left.length > 0) return yield* new CommandFailed({ exitCode: leftBehind })
    }).pipe(
      Effect.provide(host),
      Effect.catchTag("StorageError", (error) => fail(json, error))
    )
).pipe(Command.withDescription("Unmount a directory; what is pending is written first"))

const line = ({ id, target, backend, path, state, pending }: MountView): string =>
  [
    `${id}  ${state.padEnd(8)}  ${safe(target)}  ${backend}:${safe(path)}`,
    ...pending.map(({ path, bytes }) => `  pending: ${safe(path)} (${bytes} bytes)`)
  ].join("\n")

/** Lists mounts and what they have not written yet. */
export const mounts = Command.make("mounts", { json }, ({ json }) =>
  Effect.gen(function* () {
    const { list } = yield* Mounts
    for (const mount of yield* list) yield* print(json, line(mount), mountJson(mount))
  }).pipe(
    Effect.provide(host),
    Effect.catchTag("StorageError", (error) => fail(json, error))
  )
).pipe(Command.withDescription("List mounts, and what of them is not written yet"))
