/**
 * A machine of a test: its environment, files and programs.
 */
import { StorageError } from "@mooring/core"
import type { AmbientShape } from "@mooring/core/Ambient"
import * as Effect from "effect/Effect"

export interface Machine {
  readonly env?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  /** What `az` prints to these arguments; a failure if absent. */
  readonly az?: (args: ReadonlyArray<string>) => string | undefined
}

/** The door to a machine. */
export const fakeAmbient = ({ env = {}, files = {}, az = () => undefined }: Machine = {}): AmbientShape => ({
  env: (name) => Effect.succeed(env[name]),
  readFile: (path) => {
    const found = files[path]
    return found === undefined
      ? Effect.fail(StorageError.of("not_found", "the file does not exist"))
      : Effect.succeed(typeof found === "string" ? Buffer.from(found) : found)
  },
  run: (program, args) => {
    const output = program === "az" ? az(args) : undefined
    return output === undefined ? Effect.fail(StorageError.of("auth_invalid", "failed")) : Effect.succeed(output)
  }
})

/** A machine whose operator permits nothing. */
export const forbiddenAmbient: AmbientShape = {
  env: () => Effect.fail(StorageError.of("ambient_credentials_forbidden", "not permitted")),
  readFile: () => Effect.fail(StorageError.of("server_path_forbidden", "not permitted")),
  run: () => Effect.fail(StorageError.of("ambient_credentials_forbidden", "not permitted"))
}
