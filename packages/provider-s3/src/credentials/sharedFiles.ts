/**
 * AWS's shared credentials and config files
 * (https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html).
 */
import { StorageError } from "@mooring/core"
import type { AmbientShape } from "@mooring/core/Ambient"
import * as Effect from "effect/Effect"
import type { AmbientSource } from "./CredentialSource.ts"
import { firstOf } from "./environment.ts"
import { parseIni, type Sections } from "./ini.ts"
import { profileOf } from "./profile.ts"

/** Which profile of which files. */
export interface SharedFiles {
  readonly profile: string
  /** Whether the profile was chosen, by option or environment; else it is `default`, which need not be there. */
  readonly named: boolean
  readonly credentials: string
  /** Undefined is none. */
  readonly config: string | undefined
}

/** The files and profile of a source. The environment is asked only for what the options leave open. */
export const locate = Effect.fnUntraced(function* (ambient: AmbientShape, source: AmbientSource) {
  // A file that is named alone is read alone, so that it also serves where policy permits files and no environment.
  const alone = source.file !== undefined && !source.environment
  const profile = source.profile ?? (alone ? "" : yield* firstOf(ambient, "AWS_PROFILE", "AWS_DEFAULT_PROFILE"))
  const usual = { profile: profile || "default", named: profile !== "" }
  if (source.file !== undefined) return { ...usual, credentials: source.file, config: undefined } satisfies SharedFiles
  return {
    ...usual,
    credentials: (yield* firstOf(ambient, "AWS_SHARED_CREDENTIALS_FILE")) || "~/.aws/credentials",
    config: (yield* firstOf(ambient, "AWS_CONFIG_FILE")) || "~/.aws/config"
  } satisfies SharedFiles
})

const none: Sections = new Map()

/** What the door says of a file, as words on credentials; what policy denies stays as it is. */
const unreadable = (error: StorageError, which: string, pointer: string): StorageError => {
  const fields = { pointer }
  if (error.reason._tag === "server_path_forbidden") return StorageError.with(error, fields)
  return StorageError.of("auth_invalid", `the shared ${which} file cannot be read: ${error.reason.detail}`, fields)
}

/** The profile in the files. One of the usual files may be missing, and one that an option names may not. */
export const readProfile = Effect.fnUntraced(function* (
  ambient: AmbientShape,
  { profile, credentials, config }: SharedFiles,
  source: AmbientSource
) {
  const sectionsOf = Effect.fnUntraced(function* (path: string, which: "credentials" | "config") {
    const chosen = source.file === path
    const pointer = chosen ? "#/shared_credentials_file" : source.profile === undefined ? "#/env_auth" : "#/profile"
    const bytes = yield* Effect.catch(ambient.readFile(path), (error) =>
      error.reason._tag === "not_found" && !chosen
        ? Effect.succeed(new Uint8Array())
        : Effect.fail(unreadable(error, which, pointer))
    )
    const sections = parseIni(bytes)
    if (sections !== undefined) return sections
    return yield* StorageError.of("auth_invalid", `the shared ${which} file is not text in UTF-8`, { pointer })
  })
  return yield* Effect.fromResult(
    profileOf(
      profile,
      yield* sectionsOf(credentials, "credentials"),
      config === undefined ? none : yield* sectionsOf(config, "config")
    )
  )
})
