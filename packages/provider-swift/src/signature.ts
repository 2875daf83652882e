/**
 * The signature of a temporary link. Pure.
 */
import { bytesFromText } from "@mooring/core/encoding/surrogateEscape"
import * as Redacted from "effect/Redacted"
import { createHmac } from "node:crypto"
import { decodeText } from "./api/address.ts"
import type { Target } from "./keys.ts"

/** What a service may sign links by. */
export type LinkDigest = "sha1" | "sha256" | "sha512"

interface Link {
  readonly key: Redacted.Redacted<string>
  readonly digest: LinkDigest
  readonly method: "GET" | "PUT"
  /** Seconds since 1970. */
  readonly expires: number
  readonly storageUrl: string
  readonly target: Target
}

/**
 * The HMAC, in hex, of method, end and path, without any percent-encoding
 * (https://docs.openstack.org/swift/latest/api/temporary_url_middleware.html). The path begins with the version of the
 * interface: what an address has before it, a gateway takes away before Swift sees the request.
 */
export const linkSignature = ({ key, digest, method, expires, storageUrl, target }: Link): string => {
  const account = decodeText(new URL(storageUrl).pathname.replace(/^.*?(?=\/v1(?:\/|$))/, ""))
  const place = bytesFromText(`${account}/${target.container}/${target.key}`)
  const hmac = createHmac(digest, Redacted.value(key)).update(`${method}\n${expires}\n`).update(place)
  return hmac.digest("hex")
}
