/**
 * What authorises a request, ready to be used.
 */
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import type { Identity } from "./Identity.ts"
import { authorization, type SignableRequest } from "./sharedKey.ts"
import { serviceVersion } from "./version.ts"

/** A token of Microsoft Entra. */
export interface AccessToken {
  readonly token: Redacted.Redacted<string>
  /** Milliseconds since 1970. */
  readonly expires: number
}

/** An identity whose token, if it needs one, is here. */
export type Authority = Exclude<Identity, { kind: "token" }> | ({ readonly kind: "bearer" } & AccessToken)

/** A request as it is sent: path and headers carry the right. */
export interface AuthorisedRequest {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * Adds time and right to a request within a batch, which has the version of the batch. `headers` have names in lower
 * case, and `content-length` where there is a body; `time` is in milliseconds since 1970. A signature in the query is
 * appended as it was given.
 */
export const authorisePart = (authority: Authority, request: SignableRequest, time: number): AuthorisedRequest => {
  const { path } = request
  const headers = { ...request.headers, "x-ms-date": DateTime.toDateUtc(DateTime.makeUnsafe(time)).toUTCString() }
  switch (authority.kind) {
    case "anonymous":
      return { path, headers }
    case "sharedKey":
      return { path, headers: { ...headers, authorization: authorization(authority, { ...request, headers }) } }
    case "sas":
      return { path: `${path}${path.includes("?") ? "&" : "?"}${Redacted.value(authority.query)}`, headers }
    case "bearer":
      return { path, headers: { ...headers, authorization: `Bearer ${Redacted.value(authority.token)}` } }
  }
}

/** Adds version, time and right to a request of its own. */
export const authorise = (authority: Authority, request: SignableRequest, time: number): AuthorisedRequest =>
  authorisePart(authority, { ...request, headers: { ...request.headers, "x-ms-version": serviceVersion } }, time)
