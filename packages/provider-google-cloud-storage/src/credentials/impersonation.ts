/**
 * Tokens for a service account that another identity acts as.
 *
 * Source: https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken
 */
import type { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { AccessToken } from "./CredentialSource.ts"
import { exchange, type Doors } from "./tokenRequest.ts"

const Answer = Schema.Struct({ accessToken: Schema.NonEmptyString, expireTime: Schema.String })

/** Which account, and for what. */
export interface Impersonation {
  readonly url: string
  readonly scope: string
  /** Accounts in between, each of which may act as the next. */
  readonly delegates: ReadonlyArray<string>
  /** Seconds. */
  readonly lifetime: number
}

/** A token for the account, by the right of another token. */
export const impersonate = Effect.fnUntraced(function* (
  doors: Doors,
  { token }: AccessToken,
  { url, scope, delegates, lifetime }: Impersonation
): Effect.fn.Return<AccessToken, StorageError> {
  const body = { scope: [scope], lifetime: `${lifetime}s`, ...(delegates.length > 0 && { delegates }) }
  const { answer } = yield* exchange(
    doors,
    {
      url,
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${Redacted.value(token)}` },
      body: Buffer.from(JSON.stringify(body))
    },
    Answer
  )
  const expires = Date.parse(answer.expireTime)
  return { token: Redacted.make(answer.accessToken), ...(!Number.isNaN(expires) && { expires }) }
})
