/**
 * Which way of mounting this process has.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { host } from "../Host.ts"
import { decoyInbox } from "./decoyInbox.ts"
import { ffiInbox, hasFfi } from "./ffiInbox.ts"
import { helperRoute } from "./helperRoute.ts"
import { rootRoute } from "./rootRoute.ts"
import type { Route } from "./Route.ts"

const suggestions: Readonly<Record<string, string>> = {
  darwin: "use the HTTP API or the command line on macOS, or mount in a Linux virtual machine",
  win32: "use the HTTP API or the command line on Windows, or mount in WSL 2"
}

/** Why nothing can be mounted on a platform, if so. */
export const platformProblem = (platform: string, littleEndian: boolean): StorageError | undefined => {
  if (platform !== "linux") {
    return StorageError.of("unsupported", "mounting takes FUSE of Linux", {
      suggestion: suggestions[platform] ?? "use the HTTP API or the command line here"
    })
  }
  return littleEndian ? undefined : StorageError.of("unsupported", "mounting takes a little-endian processor")
}

export const ffiRoute = helperRoute("ffi", ffiInbox)
export const decoyRoute = helperRoute("decoy", decoyInbox)

/** As root by mount(8); else by fusermount3, with `node:ffi` where there is one. */
export const chooseRoute: Effect.Effect<Route, StorageError> = Effect.suspend(() => {
  const problem = platformProblem(host.platform, host.littleEndian)
  if (problem !== undefined) return Effect.fail(problem)
  if (host.uid === 0) return Effect.succeed(rootRoute)
  return Effect.succeed(hasFfi() ? ffiRoute : decoyRoute)
})
