/**
 * The table from what node and undici raise to the reason of a StorageError.
 *
 * Only the code of a foreign error is read. Its message, its fields and itself are dropped: they hold addresses,
 * headers and signed paths.
 */
import * as Predicate from "effect/Predicate"
import type { ErrorCode } from "../errorCodes.ts"
import { StorageError } from "../StorageError.ts"

type Explain = (host: string) => StorageError

const as =
  (code: ErrorCode, text: (host: string) => string): Explain =>
  (host) =>
    StorageError.of(code, text(host))

const unresolved = as("dns_failed", (host) => `the host name ${host} did not resolve`)
const refused = as("connect_refused", (host) => `${host} refused the connection`)
const unreachable = as("connect_refused", (host) => `there is no route to ${host}`)
const slowConnect = as("timeout", (host) => `${host} did not accept a connection in time`)
const slowAnswer = as("timeout", (host) => `${host} did not answer in time`)
const slowBody = as("timeout", (host) => `${host} stopped sending in the middle of an answer`)
const expired = as("tls_expired", (host) => `the certificate of ${host} has expired`)
const otherHost = as("tls_hostname", (host) => `the certificate is not for ${host}`)
const untrusted = as("tls_untrusted", (host) => `the certificate of ${host} is not trusted`)
const early: Explain = (host) =>
  StorageError.of("tls_untrusted", `the certificate of ${host} is not valid yet`, {
    suggestion: "set the clock of this machine if it is behind; else the service needs another certificate"
  })
const malformed = as("invalid_value", () => "the path or a header holds characters that HTTP cannot carry")

const table: Readonly<Record<string, Explain>> = {
  ENOTFOUND: unresolved,
  EAI_AGAIN: unresolved,
  EAI_FAIL: unresolved,
  EAI_NODATA: unresolved,
  EAI_NONAME: unresolved,
  ECONNREFUSED: refused,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EADDRNOTAVAIL: unreachable,
  ETIMEDOUT: slowConnect,
  UND_ERR_CONNECT_TIMEOUT: slowConnect,
  UND_ERR_HEADERS_TIMEOUT: slowAnswer,
  UND_ERR_BODY_TIMEOUT: slowBody,
  UND_ERR_INVALID_ARG: malformed,
  ERR_INVALID_CHAR: malformed,
  ERR_INVALID_HTTP_TOKEN: malformed,
  CERT_HAS_EXPIRED: expired,
  ERR_TLS_CERT_ALTNAME_INVALID: otherHost,
  HOSTNAME_MISMATCH: otherHost,
  CERT_CHAIN_TOO_LONG: untrusted,
  CERT_NOT_YET_VALID: early,
  CERT_REJECTED: untrusted,
  CERT_REVOKED: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  CERT_UNTRUSTED: untrusted,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  INVALID_CA: untrusted,
  INVALID_PURPOSE: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted
}

/** The code of a foreign error, if it is one in form. */
const codeOf = (error: unknown): string => {
  const code = Predicate.hasProperty(error, "code") ? error.code : undefined
  return Predicate.isString(code) && /^[A-Z][A-Z0-9_]{1,60}$/.test(code) ? code : "unknown"
}

/** The time for name, connection and TLS handshake together is over. */
export const connectTimeout: Explain = slowConnect

/** The address of the host is not permitted; the same text whatever the address and whatever is there. */
export const egressDenied = (): StorageError => StorageError.of("egress_denied", "the address is not permitted")

/** A foreign error in the words of this code base; a StorageError (a request body may raise one) is kept as it is. */
export const transportError = (error: unknown, host: string): StorageError => {
  if (StorageError.is(error)) return error
  const code = codeOf(error)
  if (Object.hasOwn(table, code)) return (table[code] as Explain)(host)
  return code === "EPROTO" || code.startsWith("ERR_SSL_")
    ? StorageError.of("provider_unavailable", `the TLS handshake with ${host} failed (${code})`, {
        retryable: false,
        providerCode: code
      })
    : StorageError.of("provider_unavailable", `the connection to ${host} broke (${code})`)
}

/**
 * The error of a request whose answer has not begun: undici names a parser's failure but gives it no code. Worth another
 * try, since what breaks a connection may leave such bytes on it.
 */
export const requestError = (error: unknown, host: string): StorageError =>
  Predicate.hasProperty(error, "name") && error.name === "HTTPParserError"
    ? StorageError.of("not_a_storage_endpoint", `${host} does not answer in HTTP/1.1`, { retryable: true })
    : transportError(error, host)
