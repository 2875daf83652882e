/**
 * Tokens for a service account: it signs who it is, and the token service answers with a token.
 *
 * Source: https://google.aip.dev/auth/4112, RFC 7523
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { sign } from "node:crypto"
import type { ServiceAccount } from "./Identity.ts"
import { grant, type Doors } from "./tokenRequest.ts"

/** Seconds that a statement is valid; Google takes no longer. */
const lifetime = 3600

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url")

/** A JSON Web Token that a service account signs with RS256. `time` is in milliseconds since 1970. */
export const assertionOf = (
  { email, privateKey, keyId, tokenUrl }: ServiceAccount,
  scope: string,
  time: number
): string => {
  const header = { alg: "RS256", typ: "JWT", ...(keyId !== undefined && { kid: keyId }) }
  const now = Math.floor(time / 1000)
  const signed = `${base64url(header)}.${base64url({ iss: email, scope, aud: tokenUrl, iat: now, exp: now + lifetime })}`
  return `${signed}.${sign("sha256", Buffer.from(signed), Redacted.value(privateKey)).toString("base64url")}`
}

/** A token for the account. */
export const serviceAccountToken = Effect.fnUntraced(function* (doors: Doors, account: ServiceAccount, scope: string) {
  const time = yield* Clock.currentTimeMillis
  return yield* grant(doors, account.tokenUrl, {
    grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
    assertion: assertionOf(account, scope, time)
  })
})
