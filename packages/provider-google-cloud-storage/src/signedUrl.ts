/**
 * Signed URLs of version 4, by the key of a service account. Pure.
 *
 * Source: https://cloud.google.com/storage/docs/authentication/canonical-requests and
 * https://cloud.google.com/storage/docs/authentication/signatures
 */
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import { createHash, sign } from "node:crypto"
import { escaped, queryText } from "./api/address.ts"
import type { ServiceAccount } from "./credentials/Identity.ts"

const algorithm = "GOOG4-RSA-SHA256"

/** What is signed. */
export interface SignableUrl {
  readonly method: "GET" | "PUT"
  /** Host, with a port that is not the usual one. */
  readonly host: string
  /** The path, escaped, with its slashes. */
  readonly path: string
  /** Seconds for which it is valid. */
  readonly expiresIn: number
  /** Milliseconds since 1970. */
  readonly time: number
  /** The project that is billed; undefined is that of the bucket. */
  readonly userProject: string | undefined
}

/** `20260102T030405Z` of milliseconds since 1970. */
const stampOf = (time: number): string => DateTime.formatIso(DateTime.makeUnsafe(time)).replace(/[-:]|\.\d+/g, "")

/** Path and query of a signed URL. Only the host is signed of the headers, so that the caller may send any. */
export const signedPath = (
  { email, privateKey }: Pick<ServiceAccount, "email" | "privateKey">,
  { method, host, path, expiresIn, time, userProject }: SignableUrl
): string => {
  const stamp = stampOf(time)
  const scope = `${stamp.slice(0, 8)}/auto/storage/goog4_request`
  const query = queryText({
    "X-Goog-Algorithm": algorithm,
    "X-Goog-Credential": `${email}/${scope}`,
    "X-Goog-Date": stamp,
    "X-Goog-Expires": expiresIn,
    "X-Goog-SignedHeaders": "host",
    userProject
  })
  const canonical = [method, path, query.slice(1), `host:${host}`, "", "host", "UNSIGNED-PAYLOAD"].join("\n")
  const digest = createHash("sha256").update(canonical).digest("hex")
  const text = [algorithm, stamp, scope, digest].join("\n")
  const signature = sign("sha256", Buffer.from(text), Redacted.value(privateKey)).toString("hex")
  return `${path}${query}&${escaped("X-Goog-Signature")}=${signature}`
}
