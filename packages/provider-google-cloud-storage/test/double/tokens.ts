/** Access tokens: for whom, with which scopes, and until when. */
import { randomBytes } from "node:crypto"
import type { Identity, Permission } from "./identities.ts"
import { Refusal } from "./Refusal.ts"

export interface AccessToken {
  readonly identity: Identity
  readonly scopes: ReadonlyArray<string>
  /** Epoch milliseconds. */
  readonly expires: number
}

/** By the token's text. */
export type AccessTokens = Map<string, AccessToken>

const prefix = "https://www.googleapis.com/auth/"

/** Scopes that reach storage, each with the permissions it lets through. */
const reach: Readonly<Record<string, (permission: Permission) => boolean>> = {
  "cloud-platform": () => true,
  "cloud-platform.read-only": (permission) => /(get|list)$/.test(permission),
  "devstorage.full_control": () => true,
  "devstorage.read_write": (permission) => permission !== "storage.buckets.update",
  "devstorage.read_only": (permission) => /(get|list)$/.test(permission)
}

/** Other scopes of Google that a token may have, to no use here. */
const others = ["openid", "email", `${prefix}userinfo.email`, `${prefix}drive`]

export const isScope = (scope: string): boolean =>
  others.includes(scope) || (scope.startsWith(prefix) && scope.slice(prefix.length) in reach)

export const mintToken = (tokens: AccessTokens, token: AccessToken): string => {
  const text = `ya29.double-${randomBytes(24).toString("base64url")}`
  tokens.set(text, token)
  return text
}

/** Whether one of the scopes lets the permission through. */
export const scopesPermit = (scopes: ReadonlyArray<string>, permission: Permission): boolean =>
  scopes.some((scope) => reach[scope.slice(prefix.length)]?.(permission) === true && scope.startsWith(prefix))

const challenge = 'Bearer realm="https://accounts.google.com/"'

export const invalidCredentials = (): Refusal =>
  new Refusal(401, "authError", "Invalid Credentials", {
    location: ["header", "Authorization"],
    headers: { "www-authenticate": `${challenge}, error="invalid_token"` }
  })

/** The header without which nothing but public data is served. */
export const loginRequired = (message: string): Refusal =>
  new Refusal(401, "required", message, {
    location: ["header", "Authorization"],
    headers: { "www-authenticate": challenge }
  })

export const insufficientScope = (): Refusal =>
  new Refusal(403, "insufficientPermissions", "Insufficient Permission", {
    headers: { "www-authenticate": `${challenge}, error="insufficient_scope"` }
  })

/** The token behind `Authorization: Bearer …`. */
export const tokenOf = (tokens: AccessTokens, authorization: string, now: number): AccessToken => {
  const token = tokens.get(/^Bearer ([\w.~+/-]+=*)$/.exec(authorization)?.[1] ?? "")
  if (token === undefined || now >= token.expires) throw invalidCredentials()
  return token
}
