/**
 * The credentials with which an open store signs: read at each signature, found once for all who wait, found anew when
 * they expire or are refused.
 */
import type { StorageError } from "@mooring/core"
import type { AmbientShape } from "@mooring/core/Ambient"
import { fromSource, type Credentials } from "@mooring/core/Credentials"
import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import type { S3Settings } from "../S3Settings.ts"
import { ambientCredentials } from "./ambientCredentials.ts"
import type { AnonymousSource, S3Credentials, StaticSource } from "./CredentialSource.ts"
import type { ChainModule } from "./widerChain.ts"

/** Undefined is anonymous. Values are told apart by identity: the same object means that nothing else was found. */
export type Session = Credentials<S3Credentials | undefined>

const same = (one: S3Credentials, other: S3Credentials): boolean =>
  one.accessKeyId === other.accessKeyId &&
  one.expires === other.expires &&
  Equal.equals(one.secretAccessKey, other.secretAccessKey) &&
  Equal.equals(one.sessionToken, other.sessionToken)

const written = (source: StaticSource | AnonymousSource): S3Credentials | undefined =>
  source.kind === "static" ? source : undefined

/** A session that follows the settings of an open store. */
export const makeSession = Effect.fnUntraced(function* (
  settings: Effect.Effect<S3Settings>,
  ambient: AmbientShape,
  load?: () => Promise<ChainModule>
): Effect.fn.Return<Session> {
  let last: S3Credentials | undefined
  const found = Effect.flatMap(settings, ({ credentials }): Effect.Effect<S3Credentials | undefined, StorageError> => {
    if (credentials.kind !== "ambient") return Effect.succeed(written(credentials))
    return Effect.map(ambientCredentials(ambient, credentials, load), (now) =>
      last !== undefined && same(last, now) ? last : (last = now)
    )
  })
  const fetched = yield* fromSource(found, { expires: (credentials) => credentials?.expires })
  return {
    get: Effect.flatMap(settings, ({ credentials }) =>
      credentials.kind === "ambient" ? fetched.get : Effect.succeed(written(credentials))
    ),
    invalidate: fetched.invalidate
  }
})
