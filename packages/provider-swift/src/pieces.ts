/**
 * Bodies on their way to one object or segment: short ones in memory, to be sent again if need be, long ones once.
 */
import { StorageError } from "@mooring/core"
import type { BodyReader } from "@mooring/core/BodyReader"
import { requireMd5 } from "@mooring/core/checksums/announcedMd5"
import { digestOf, makeHasher } from "@mooring/core/checksums/Hasher"
import { hashing } from "@mooring/core/checksums/stream"
import type { Body } from "@mooring/core/ObjectStore"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { SwiftClient } from "./api/SwiftClient.ts"
import type { Target } from "./keys.ts"
import { deleteObject, putObject } from "./SwiftApi.ts"
import { bareEtag } from "./wire.ts"

const mebibyte = 1024 * 1024

/** Up to so many bytes are read into memory first. */
export const buffered = 8 * mebibyte

/** Bytes of a block that is streamed. */
const block = mebibyte

/** What the service has of a body. */
export interface Stored {
  readonly size: number
  /** Of the bytes, in lower-case hex; what the service computed, too. */
  readonly md5: string
}

const notWhatWasSent = StorageError.of("integrity_error", "the service stored other bytes than were sent")

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex")

/** What was read and what comes next, together at most so many bytes. Pulled once. */
export const streamOf = (reader: BodyReader, limit: number, first: Uint8Array): Body => {
  const next = Stream.paginate(
    limit - first.byteLength,
    Effect.fnUntraced(function* (left) {
      const bytes = yield* reader.fill(Math.min(block, left))
      const more = bytes.byteLength > 0 && left > bytes.byteLength
      return [[bytes], more ? Option.some(left - bytes.byteLength) : Option.none<number>()] as const
    })
  )
  return first.byteLength === 0 ? next : Stream.concat(Stream.make(first), next)
}

/**
 * Sends bytes with their MD5, so that the service refuses others, and again if need be; not at all if another was
 * announced.
 */
export const putBytes = Effect.fnUntraced(function* (
  client: SwiftClient,
  target: Target,
  bytes: Uint8Array,
  headers: Headers,
  announced?: string
) {
  const md5 = hexOf(yield* digestOf("md5", bytes))
  yield* requireMd5(announced, md5)
  yield* client.repeated(putObject(client, target, bytes, { ...headers, etag: md5 }), bytes.byteLength)
  return { size: bytes.byteLength, md5 } satisfies Stored
})

/** Sends a stream once and compares the MD5 that the service computed. */
export const putStream = Effect.fnUntraced(function* (
  client: SwiftClient,
  target: Target,
  body: Body,
  size: number | undefined,
  headers: Headers
) {
  const hasher = yield* makeHasher("md5")
  let sent = 0
  const counted = Stream.tap(body, ({ byteLength }) =>
    Effect.sync(() => {
      sent += byteLength
    })
  )
  const once = { once: hashing(counted, hasher), ...(size !== undefined && { size }) }
  const answer = yield* client.once(putObject(client, target, once, headers), size)
  const md5 = hexOf(hasher.digest())
  if (bareEtag(answer["etag"]) !== md5) {
    yield* Effect.ignore(client.repeated(deleteObject(client, target)))
    return yield* notWhatWasSent
  }
  return { size: sent, md5 } satisfies Stored
})
