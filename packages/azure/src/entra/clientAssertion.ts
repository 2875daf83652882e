/**
 * The statement that an application signs with its certificate to get a token.
 *
 * Source: https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 */
import * as Effect from "effect/Effect"
import { constants, createHash, randomUUID, sign } from "node:crypto"
import type { ClientCertificate } from "./certificate.ts"

export interface AssertionClaims {
  readonly clientId: string
  /** The address of the token service that is asked. */
  readonly audience: string
  /** Milliseconds since 1970. */
  readonly time: number
  /** Whether all certificates of the file go with it, which trust by subject name and issuer needs. */
  readonly sendChain: boolean
}

/** Seconds that a statement is valid. */
const lifetime = 600

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url")

/** A JSON Web Token, signed with RSASSA-PSS and SHA-256. */
export const clientAssertion = Effect.fnUntraced(function* (
  { key, chain }: ClientCertificate,
  { clientId, audience, time, sendChain }: AssertionClaims
) {
  const header = {
    alg: "PS256",
    typ: "JWT",
    "x5t#S256": createHash("sha256")
      .update(chain[0] as Uint8Array)
      .digest("base64url"),
    ...(sendChain && { x5c: chain.map((der) => Buffer.from(der).toString("base64")) })
  }
  const now = Math.floor(time / 1000)
  const id = yield* Effect.sync(() => randomUUID())
  const claims = { aud: audience, iss: clientId, sub: clientId, jti: id, nbf: now, iat: now, exp: now + lifetime }
  const signed = `${base64url(header)}.${base64url(claims)}`
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
  return `${signed}.${sign("sha256", Buffer.from(signed), { key, ...padding }).toString("base64url")}`
})
