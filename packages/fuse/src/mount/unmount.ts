/**
 * Taking a mount away.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { run } from "../Host.ts"
import type { Settings } from "./MountOptions.ts"
import { isOurs, mountSeenAt } from "./place.ts"
import type { Manner, Route } from "./Route.ts"

/** How to unmount. */
export interface UnmountOptions {
  /** How long it may take, in milliseconds; the kernel writes what it has cached first. Default one minute. */
  readonly deadline?: number
  /** Frees the place at once even if programs have files open; those go on until they are closed. Default false. */
  readonly lazy?: boolean
}

const minute = 60_000

const busy = StorageError.of("backend_in_use", "programs have files or folders of the mount open", {
  suggestion: "end them (fuser -m shows which), or unmount lazily"
})
const late = StorageError.of("timeout", "the mount was not gone in time")
const refused = StorageError.of("permission_denied", "this mount may not be taken away")

/** Has the kernel unmount; nothing to do where the mount is gone. `backend_in_use` if it is busy. */
export const detach = Effect.fnUntraced(function* (route: Route, settings: Settings, point: string, manner: Manner) {
  if (!isOurs(mountSeenAt(point), settings)) return
  const { program, args } = route.detach(point, manner)
  const { status, complaint } = yield* run(program, args)
  if (status === 0 || !isOurs(mountSeenAt(point), settings)) return
  return yield* /busy/i.test(complaint) ? busy : refused
})

/** Unmounts, and waits for `ended` unless the mount may go on lazily. */
export const unmount = (
  route: Route,
  settings: Settings,
  point: string,
  ended: Effect.Effect<void, StorageError>,
  { deadline = minute, lazy = false }: UnmountOptions = {}
): Effect.Effect<void, StorageError> =>
  Effect.andThen(detach(route, settings, point, lazy ? "lazy" : "clean"), lazy ? Effect.void : ended).pipe(
    Effect.timeoutOrElse({ duration: deadline, orElse: () => Effect.fail(late) })
  )
