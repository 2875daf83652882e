/**
 * MD5s, by which the service verifies what it received.
 */
import { digestOf } from "@mooring/core/checksums/Hasher"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"

/** The header of the MD5 of these bytes. */
export const md5Header = (bytes: Uint8Array): Effect.Effect<Headers> =>
  Effect.map(digestOf("md5", bytes), (digest) => ({ "content-md5": Buffer.from(digest).toString("base64") }))
