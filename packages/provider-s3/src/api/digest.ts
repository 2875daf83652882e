/**
 * Digests, by which a service verifies what it received: MD5 (RFC 1864), which all of them know, and CRC-32 where that
 * is refused.
 */
import { digestOf } from "@mooring/core/checksums/Hasher"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import type { S3Settings } from "../S3Settings.ts"

/** A digest in lower-case hex. */
export const hexOf = (digest: Uint8Array): string => Buffer.from(digest).toString("hex")

/** A digest as headers have it. */
const base64Of = (digest: Uint8Array): string => Buffer.from(digest).toString("base64")

/** The header of an MD5. */
export const md5Headers = (md5: Uint8Array): Headers => ({ "content-md5": base64Of(md5) })

/**
 * The header of the digest of these bytes; `md5` is theirs if it is known already. Directory buckets refuse Content-MD5
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-differences.html).
 */
export const digestHeaders = (
  { directoryBuckets }: Pick<S3Settings, "directoryBuckets">,
  bytes: Uint8Array,
  md5?: Uint8Array
): Effect.Effect<Headers> => {
  if (directoryBuckets !== undefined) {
    return Effect.map(digestOf("crc32", bytes), (digest) => ({ "x-amz-checksum-crc32": base64Of(digest) }))
  }
  return Effect.map(md5 === undefined ? digestOf("md5", bytes) : Effect.succeed(md5), md5Headers)
}

/** The header that announces the digests of parts when their upload begins; without it those but MD5 are refused. */
export const partDigestHeaders = ({ directoryBuckets }: Pick<S3Settings, "directoryBuckets">): Headers =>
  directoryBuckets === undefined ? {} : { "x-amz-checksum-algorithm": "CRC32" }
