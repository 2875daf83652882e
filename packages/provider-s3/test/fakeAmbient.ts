/**
 * A machine of a test: its environment and files, and what was asked of it.
 */
import { StorageError } from "@mooring/core"
import type { AmbientShape } from "@mooring/core/Ambient"
import * as Effect from "effect/Effect"

export interface Machine {
  readonly env?: Readonly<Record<string, string>>
  readonly files?: Readonly<Record<string, string | StorageError>>
}

/** The door to a machine, which may be changed while it is open. */
export const fakeAmbient = (machine: Machine = {}) => {
  const asked: Array<string> = []
  const state = { env: { ...machine.env }, files: { ...machine.files } }
  const door: AmbientShape = {
    env: (name) =>
      Effect.sync(() => {
        asked.push(name)
        return state.env[name]
      }),
    readFile: (path) =>
      Effect.suspend(() => {
        asked.push(path)
        const found = state.files[path] ?? StorageError.of("not_found", "the file does not exist")
        return typeof found === "string" ? Effect.succeed(Buffer.from(found)) : Effect.fail(found)
      }),
    run: () => Effect.die("no program is run")
  }
  return { door, state, asked }
}
