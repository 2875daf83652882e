/**
 * Writing an object: in one request, or in pieces that go to a session.
 *
 * A body of at most one piece is read into memory first: it is sent with its checksum, which the service verifies, and
 * again if need be. All others go to a session piece by piece, and the checksum of the whole is compared at the end.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import { makeBodyReader, type BodyReader } from "@mooring/core/BodyReader"
import { requireMd5 } from "@mooring/core/checksums/announcedMd5"
import { digestOf, makeHasher, type Hasher } from "@mooring/core/checksums/Hasher"
import { hashing } from "@mooring/core/checksums/stream"
import type { Body } from "@mooring/core/ObjectStore"
import { nextPiece, type Piece } from "@mooring/core/pieces"
import * as Effect from "effect/Effect"
import { withAcl } from "./acl.ts"
import type { Query } from "./api/address.ts"
import type { StorageClient } from "./api/StorageClient.ts"
import { tried } from "./conditional.ts"
import { conditionQuery } from "./conditions.ts"
import { checksumsOf, generationOf, newResourceOf, objectInfoOf, type NewResource } from "./info.ts"
import { targetOf, type Target } from "./keys.ts"
import { orCancelled, sendPiece } from "./resumable.ts"
import { deleteObject, insertObject, startSession, type Session } from "./StorageApi.ts"
import type { ObjectResource } from "./wire.ts"

/** The largest object: https://cloud.google.com/storage/quotas#objects */
export const maxSize = 5 * 1024 ** 4

interface Job {
  readonly client: StorageClient
  readonly target: Target
  readonly resource: NewResource
  /** What must hold of the place. */
  readonly conditions: Query
  /** The MD5 that was announced, in hex. */
  readonly md5: string | undefined
}

const hexOf = (digest: Uint8Array): string => Buffer.from(digest).toString("hex")
const base64Of = (digest: Uint8Array): string => Buffer.from(digest).toString("base64")

const putBytes = Effect.fnUntraced(function* ({ client, target, resource, conditions, md5 }: Job, bytes: Uint8Array) {
  if (md5 !== undefined) yield* requireMd5(md5, hexOf(yield* digestOf("md5", bytes)))
  const whole = { ...resource, crc32c: base64Of(yield* digestOf("crc32c", bytes)) }
  return yield* withAcl(client, target.bucket, "predefinedAcl", (acl) =>
    tried(client, conditions)(insertObject(client, target, whole, bytes, { ...conditions, ...acl }), bytes.byteLength)
  )
})

/** What the service stored, and whether it was told before that this is the whole. */
interface Stored {
  readonly stored: ObjectResource
  readonly whole: boolean
}

/** Something on the way changed the bytes, or took a part for the whole: what was stored of them is removed again. */
const requireSame = Effect.fnUntraced(function* ({ client, target }: Job, { stored, whole }: Stored, crc32c: string) {
  const found = checksumsOf(stored).crc32c
  if (whole && (found === undefined || found === crc32c)) return
  yield* Effect.ignore(client.repeated(deleteObject(client, { ...target, generation: generationOf(stored) })))
  return yield* StorageError.of("integrity_error", "what was stored has another checksum than was sent", {
    retryable: false
  })
})

/** A session that is gone while it is used cannot be begun again: the body was read. */
const forgotten = (error: StorageError): StorageError => {
  const { _tag: code, detail: _, ...facts } = error.reason
  return code === "not_found"
    ? StorageError.of("provider_unavailable", "the service forgot the upload", { ...facts, retryable: false })
    : error
}

/** A piece, and whether none comes after it: only the last tells the service how many bytes there are. */
const readPiece = Effect.fnUntraced(function* ({ client }: Job, reader: BodyReader) {
  const { chunkSize } = yield* client.settings
  const piece = yield* nextPiece(client.budget, reader, chunkSize)
  return { piece, last: !(yield* reader.more) }
})

/** Sends the pieces one after the other, each while the next is read, and answers with what is stored. */
const sendAll = Effect.fnUntraced(function* (
  job: Job,
  session: Session,
  reader: BodyReader,
  first: Piece,
  hasher: Hasher | undefined
) {
  const { client, md5 } = job
  let current = { piece: first, last: false }
  let offset = 0
  for (;;) {
    const { piece, last } = current
    const { bytes } = piece
    const end = offset + bytes.byteLength
    if (last && hasher !== undefined) yield* requireMd5(md5, hexOf(hasher.digest()))
    const sent = Effect.tap(sendPiece(client, session, { offset, bytes, total: last ? end : undefined }), () => {
      reader.recycle(bytes)
      return piece.free
    })
    const [progress, next] = yield* Effect.all([sent, last ? Effect.succeed(current) : readPiece(job, reader)], {
      concurrency: 2
    })
    if ("stored" in progress) return { stored: progress.stored, whole: last } satisfies Stored
    current = next
    offset = end
  }
})

/** Reads the body piece by piece and sends it whole if it has only one, else to a session. */
const putPieces = Effect.fnUntraced(function* (job: Job, body: Body, size: number | undefined) {
  const { client, target, resource, conditions, md5 } = job
  const { chunkSize } = yield* client.settings
  const crc32c = yield* makeHasher("crc32c")
  const hasher = md5 === undefined ? undefined : yield* makeHasher("md5")
  const hashed = hashing(body, crc32c)
  const reader = yield* makeBodyReader(hasher === undefined ? hashed : hashing(hashed, hasher), size)
  const first = yield* nextPiece(client.budget, reader, chunkSize)
  if (!(yield* reader.more)) return yield* putBytes(job, first.bytes)
  const session = yield* withAcl(client, target.bucket, "predefinedAcl", (acl) =>
    client.repeated(startSession(client, target, resource, { ...conditions, ...acl }, size))
  )
  const ended = yield* orCancelled(
    client,
    session,
    Effect.mapError(sendAll(job, session, reader, first, hasher), forgotten)
  )
  yield* requireSame(job, ended, hexOf(crc32c.digest()))
  return ended.stored
}, Effect.scoped)

/** Objects: insert. */
export const write = (client: StorageClient): ObjectStore["write"] =>
  Effect.fnUntraced(function* (path, body, options = {}) {
    const settings = yield* client.settings
    const { size, md5 } = options
    const target = yield* targetOf(settings, path)
    const resource = yield* newResourceOf(settings, options)
    if (size !== undefined && size > maxSize) {
      return yield* StorageError.of("body_too_large", "Cloud Storage keeps objects of at most 5 TiB")
    }
    const conditions = yield* conditionQuery(options)
    return objectInfoOf(path, yield* putPieces({ client, target, resource, conditions, md5 }, body, size), settings)
  })
