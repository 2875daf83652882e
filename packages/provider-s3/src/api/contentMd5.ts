/**
 * MD5s, by which a service verifies what it received (RFC 1864).
 */
import { digestOf } from "@mooring/core/checksums/Hasher"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"

/** A digest in lower-case hex. */
export const hexOf = (digest: Uint8Array): string => Buffer.from(digest).toString("hex")

/** The header of an MD5. */
export const md5Headers = (md5: Uint8Array): Headers => ({ "content-md5": Buffer.from(md5).toString("base64") })

/** The header of the MD5 of these bytes. */
export const contentMd5 = (bytes: Uint8Array): Effect.Effect<Headers> => Effect.map(digestOf("md5", bytes), md5Headers)
