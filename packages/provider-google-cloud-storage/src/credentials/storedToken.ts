/**
 * OAuth tokens as rclone keeps them: the JSON of Go's `oauth2.Token`.
 */
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { AccessToken } from "./CredentialSource.ts"
import type { Problem } from "./identityOf.ts"

/** A token; without an access token it is one to refresh. */
export interface StoredToken {
  readonly access: AccessToken | undefined
  readonly refreshToken: Redacted.Redacted<string> | undefined
}

const text = Schema.optionalKey(Schema.NullOr(Schema.String))

const Token = Schema.fromJsonString(Schema.Struct({ access_token: text, refresh_token: text, expiry: text }))

/** Milliseconds of a time; undefined is none, as Go's zero time. */
const timeOf = (expiry: string | null | undefined): number | undefined => {
  const time = Date.parse(expiry ?? "")
  return Number.isNaN(time) || time <= 0 ? undefined : time
}

/** The token of a JSON text, or what is wrong with it, to complete `token …`. */
export const storedTokenOf = (json: string): Result.Result<StoredToken, Problem> => {
  const decoded = Schema.decodeUnknownResult(Token)(json)
  if (Result.isFailure(decoded)) {
    return Result.fail({
      detail: "is no JSON of an OAuth token",
      suggestion: 'what rclone authorize prints: {"access_token":"…","refresh_token":"…","expiry":"…"}'
    })
  }
  const { access_token: access, refresh_token: refresh, expiry } = decoded.success
  if (!access && !refresh) {
    return Result.fail({ detail: "has neither access_token nor refresh_token" })
  }
  const expires = timeOf(expiry)
  return Result.succeed({
    access: access ? { token: Redacted.make(access), ...(expires !== undefined && { expires }) } : undefined,
    refreshToken: refresh ? Redacted.make(refresh) : undefined
  })
}
