/**
 * Identities in files of the host.
 */
import { StorageError } from "@mooring/core"
import type { AmbientShape } from "@mooring/core/Ambient"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { identityOf } from "./identityOf.ts"

/** The identity in a file. Fails with `auth_invalid`, and as policy denies the file; `pointer` names the option. */
export const identityInFile = Effect.fnUntraced(function* (ambient: AmbientShape, path: string, pointer: string) {
  const bytes = yield* Effect.mapError(ambient.readFile(path), (error) => {
    const { _tag: code, detail } = error.reason
    return code === "server_path_forbidden"
      ? StorageError.with(error, { pointer })
      : StorageError.of("auth_invalid", `the file of the credentials cannot be read: ${detail}`, {
          pointer,
          suggestion: "a JSON file of the machine on which Mooring runs, by its whole path"
        })
  })
  return yield* Effect.fromResult(
    Result.mapError(identityOf(new TextDecoder().decode(bytes)), ({ detail, suggestion }) =>
      StorageError.of("auth_invalid", `the file of the credentials ${detail}`, {
        pointer,
        ...(suggestion !== undefined && { suggestion })
      })
    )
  )
})
