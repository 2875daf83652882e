/**
 * What the operator chooses, from the environment.
 */
import { StorageError } from "@mooring/core/StorageError"
import type { PolicyName } from "@mooring/host"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { realpathSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"

/** The settings of a server. */
export interface ServerConfig {
  readonly state: string
  readonly host: string
  readonly port: number
  readonly policy: PolicyName
  readonly key?: Redacted.Redacted<string>
  /** The folder below which mounts may be: `MOORING_MOUNT_ROOT`. */
  readonly mountRoot?: string
  readonly env: Readonly<Record<string, string | undefined>>
}

const loopback = new Set(["127.0.0.1", "::1", "localhost"])
const invalid = (detail: string) => StorageError.of("invalid_value", detail)

/** The folder of the state: `MOORING_STATE`, or `mooring` in the user's data folder. */
export const stateFolder = (env: ServerConfig["env"]): string =>
  env["MOORING_STATE"] || join(env["XDG_DATA_HOME"] || join(homedir(), ".local", "share"), "mooring")

const realFolder = (path: string) =>
  Effect.try({
    try: () => realpathSync(path),
    catch: () => invalid(`MOORING_MOUNT_ROOT must be a folder that exists; run: mkdir ${path}`)
  })

/**
 * Reads `MOORING_STATE`, `MOORING_HOST` (127.0.0.1), `MOORING_PORT` (8484), `MOORING_POLICY` (local), `MOORING_KEY` and
 * `MOORING_MOUNT_ROOT`, which is made a real path. Fails with `invalid_value`, also for a host that is not loopback under `local`.
 */
export const serverConfig = Effect.fnUntraced(function* (
  env: ServerConfig["env"]
): Effect.fn.Return<ServerConfig, StorageError> {
  const host = env["MOORING_HOST"] || "127.0.0.1"
  const port = Number(env["MOORING_PORT"] || "8484")
  const policy = env["MOORING_POLICY"] || "local"
  const key = env["MOORING_KEY"]
  if (!Number.isInteger(port) || port < 0 || port > 65535) return yield* invalid("MOORING_PORT must be a port")
  if (policy !== "local" && policy !== "multi-tenant") {
    return yield* invalid("MOORING_POLICY must be local or multi-tenant")
  }
  if (policy === "local" && !loopback.has(host)) {
    return yield* invalid("under the policy local the server listens on loopback only; set MOORING_POLICY=multi-tenant")
  }
  const root = env["MOORING_MOUNT_ROOT"]
  const mountRoot = root ? yield* realFolder(root) : undefined
  const places = mountRoot === undefined ? {} : { mountRoot }
  return { state: stateFolder(env), host, port, policy, ...(key && { key: Redacted.make(key) }), ...places, env }
})
