/**
 * Assertions of service accounts (RFC 7523).
 *
 * Source: https://developers.google.com/identity/protocols/oauth2/service-account
 */
import { verify } from "node:crypto"
import type { ServiceAccount } from "../identities.ts"
import { isScope } from "../tokens.ts"
import { invalidGrant, OAuthRefusal } from "./OAuthRefusal.ts"

const skew = 300
const hour = 3600

interface Assertion {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Readonly<Record<string, unknown>>
  readonly signed: string
  readonly signature: Buffer
}

const parse = (assertion: string): Assertion => {
  const [header = "", claims = "", signature = "", ...more] = assertion.split(".")
  const json = (text: string) => JSON.parse(Buffer.from(text, "base64url").toString())
  try {
    if (more.length > 0 || ![header, claims, signature].every((one) => /^[\w-]+$/.test(one))) throw new Error("shape")
    const signed = `${header}.${claims}`
    return { header: json(header), claims: json(claims), signed, signature: Buffer.from(signature, "base64url") }
  } catch {
    throw invalidGrant("Invalid JWT: the assertion is malformed.")
  }
}

const untimely =
  "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp " +
  "values in the JWT claim."

/** `now` in seconds. */
const checkTimes = ({ iat, exp }: Assertion["claims"], now: number): void => {
  if (!Number.isInteger(iat) || !Number.isInteger(exp)) throw invalidGrant(untimely)
  const [from, until] = [iat as number, exp as number]
  if (from > now + skew || until <= now - skew || until <= from || until - from > hour) throw invalidGrant(untimely)
}

const scopesOf = (scope: unknown): ReadonlyArray<string> => {
  if (typeof scope !== "string" || scope.trim() === "")
    throw new OAuthRefusal(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.")
  const scopes = scope.split(" ")
  if (!scopes.every(isScope))
    throw new OAuthRefusal(400, "invalid_scope", "Invalid OAuth scope or ID token audience provided.")
  return scopes
}

/** Whose assertion it is, and the scopes that it asks for. `audience` is the address of the endpoint. */
export const readAssertion = (
  text: string,
  accounts: ReadonlyArray<ServiceAccount>,
  audience: string,
  now: number
): { readonly identity: ServiceAccount; readonly scopes: ReadonlyArray<string> } => {
  const assertion = parse(text)
  const { header, claims } = assertion
  if (header["alg"] !== "RS256") throw invalidGrant("Invalid JWT: only RS256 is taken.")
  const identity = accounts.find(({ email }) => email === claims["iss"])
  if (identity === undefined) throw invalidGrant("Invalid grant: account not found")
  if (claims["sub"] !== undefined && claims["sub"] !== identity.email)
    throw new OAuthRefusal(
      401,
      "unauthorized_client",
      "Client is unauthorized to retrieve access tokens using this method."
    )
  if (header["kid"] !== undefined && header["kid"] !== identity.keyId) throw invalidGrant("Invalid JWT Signature.")
  if (!verify("RSA-SHA256", Buffer.from(assertion.signed), identity.publicKey, assertion.signature))
    throw invalidGrant("Invalid JWT Signature.")
  if (claims["aud"] !== audience)
    throw invalidGrant(`Invalid JWT: Failed audience check. The right audience is ${audience}`)
  checkTimes(claims, Math.floor(now / 1000))
  return { identity, scopes: scopesOf(claims["scope"]) }
}
