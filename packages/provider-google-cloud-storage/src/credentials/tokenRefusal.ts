/**
 * What a refusal of a token service says: which part of the credentials is wrong.
 *
 * Source: RFC 6749, section 5.2, and https://cloud.google.com/iam/docs/troubleshoot-authentication
 */
import { StorageError } from "@mooring/core"
import type { ErrorCode } from "@mooring/core/errorCodes"
import * as Predicate from "effect/Predicate"

/** What of an answer is looked at. The texts only choose among sentences of our own. */
export interface TokenRefusal {
  readonly status: number
  /** A code by RFC 6749, or an object of Google's with a `status`. */
  readonly error: unknown
  readonly description: unknown
  readonly pointer: string
  /** Milliseconds since 1970; the header `date` of the answer, where it has one. */
  readonly localTime: number
  readonly serverTime: number | undefined
}

interface Row {
  readonly error: RegExp
  readonly text?: RegExp
  readonly code: ErrorCode
  readonly detail: string
  readonly suggestion?: string
}

/** The first row that fits is taken. */
const table: ReadonlyArray<Row> = [
  {
    error: /^invalid_grant$/,
    text: /signature/i,
    code: "auth_invalid",
    detail: "the token service does not take the signature: the key was removed or is of another account",
    suggestion: "a key of this service account that still exists"
  },
  {
    error: /./,
    text: /account not found|not a valid email|unknown (email|account)|invalid.?email/i,
    code: "auth_invalid",
    detail: "the token service does not know this service account",
    suggestion: "a service account that exists; check client_email"
  },
  {
    error: /./,
    text: /disabled/i,
    code: "auth_invalid",
    detail: "the account is disabled",
    suggestion: "enable the account in the console, or use another"
  },
  {
    error: /./,
    text: /audience|\baud\b/i,
    code: "auth_invalid",
    detail: "the token service is not the one that the request is for",
    suggestion: "token_uri as Google made it: https://oauth2.googleapis.com/token"
  },
  {
    error: /^invalid_grant$/,
    text: /expired|revoked|reauth/i,
    code: "auth_expired",
    detail: "the permission has expired or was taken back",
    suggestion: "a new token; apps that Google has not reviewed get such for a week"
  },
  {
    error: /^(deleted_client|disabled_client|invalid_client)$/,
    code: "auth_invalid",
    detail: "the token service does not know this OAuth client, or not with this secret",
    suggestion: "the ID and secret of one OAuth client that exists"
  },
  {
    error: /^unauthorized_client$/,
    code: "auth_invalid",
    detail: "the token is for another OAuth client, or the client may not ask in this way",
    suggestion: "the client_id and client_secret with which the token was made"
  },
  {
    error: /^unsupported_grant_type$/,
    code: "auth_invalid",
    detail: "the token service does not know this way to ask",
    suggestion: "a token service for this kind of credentials"
  },
  {
    error: /^(invalid_scope|access_denied)$/,
    code: "permission_denied",
    detail: "the identity may not have access to Cloud Storage",
    suggestion: "a role of Cloud Storage for this identity"
  },
  {
    error: /^(PERMISSION_DENIED|FORBIDDEN)$/,
    code: "permission_denied",
    detail: "the identity may not act as this service account",
    suggestion: "the role Service Account Token Creator on that account"
  },
  {
    error: /^NOT_FOUND$/,
    code: "auth_invalid",
    detail: "there is no such service account to act as",
    suggestion: "check service_account_impersonation_url"
  }
]

/** Milliseconds from which on clocks are said to differ: Google takes no more. */
const maxSkew = 300_000

const nameOf = (error: unknown): string => {
  const name = Predicate.isObject(error) && Predicate.hasProperty(error, "status") ? error.status : error
  return Predicate.isString(name) && /^[\w.-]{1,64}$/.test(name) ? name : ""
}

const minutes = (milliseconds: number): string => `${Math.round(Math.abs(milliseconds) / 60_000)} minutes`

/** The error of a refusal. */
export const refusedToken = ({
  status,
  error,
  description,
  pointer,
  localTime,
  serverTime
}: TokenRefusal): StorageError => {
  const name = nameOf(error)
  const fields = { status, ...(name !== "" && { providerCode: name }) }
  if (status === 429) return StorageError.of("rate_limited", "the token service asks for fewer requests", fields)
  if (status >= 500) return StorageError.of("provider_unavailable", "the token service failed", fields)
  const skew = serverTime === undefined ? 0 : localTime - serverTime
  if (Math.abs(skew) > maxSkew) {
    const way = skew > 0 ? "ahead of" : "behind"
    return StorageError.of("clock_skew", `the clock here is ${minutes(skew)} ${way} that of the token service`, fields)
  }
  if (status === 404 && name === "") {
    return StorageError.of("auth_invalid", "there is no token service at this address", {
      ...fields,
      pointer,
      suggestion: "the address of the token service as Google made it"
    })
  }
  const text = Predicate.isString(description) ? description : ""
  const row = table.find((one) => one.error.test(name) && (one.text === undefined || one.text.test(text)))
  return StorageError.of(row?.code ?? "auth_invalid", row?.detail ?? "the token service refuses these credentials", {
    ...fields,
    pointer,
    ...(row?.suggestion !== undefined && { suggestion: row.suggestion })
  })
}
