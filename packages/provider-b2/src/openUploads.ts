/**
 * Uploads whose parts come one by one: large files, which the service keeps until they are finished or cancelled, so that
 * another process can go on.
 */
import { StorageError, type ObjectStore, type Upload } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { B2Client } from "./api/B2Client.ts"
import { requirePrefix } from "./api/capabilities.ts"
import type { NewInfo } from "./api/files.ts"
import { copyPart, listParts, startLargeFile, uploadFile, uploadPart } from "./B2Api.ts"
import { inBucket } from "./bucketIds.ts"
import { targetOf } from "./keys.ts"
import { finish, sha1Of } from "./largeFile.ts"
import { headOf, storedAt } from "./stat.ts"
import { cancel, isEnded } from "./uploads.ts"
import { newInfoOf, refuseConditions, smallBody } from "./write.ts"

/** What a token holds. Who has it can do nothing with it: each call needs the key. */
const Token = Schema.Struct({ path: Schema.Array(Schema.String), fileId: Schema.String })
type Token = typeof Token.Type

const tokenJson = Schema.fromJsonString(Token)
const foreign = StorageError.of("invalid_value", "this token is not of an upload to B2")
const ended = StorageError.of("not_found", "there is no such upload: it was completed or aborted")

const orEnded = (error: StorageError): StorageError => (isEnded(error) ? ended : error)

interface ListedPart {
  readonly number: number
  readonly size: number
  readonly sha1: string
}

/** All parts that the service holds, in the order of their numbers. */
const partsOf = Effect.fnUntraced(function* (client: B2Client, fileId: string) {
  const all: Array<ListedPart> = []
  let next = 1
  for (;;) {
    const page = yield* Effect.mapError(client.repeated(listParts(client, fileId, next)), orEnded)
    for (const { partNumber: number, contentLength: size, contentSha1: sha1 } of page.parts) {
      all.push({ number, size, sha1 })
    }
    if (page.nextPartNumber == null) return all
    if (page.nextPartNumber <= next) {
      return yield* StorageError.of("integrity_error", "the service repeats a page of the parts")
    }
    next = page.nextPartNumber
  }
})

/** The file that an upload makes, as it goes up in one request. */
interface Whole {
  readonly bucketId: string
  readonly fileName: string
  readonly info: NewInfo
}

const onePart = StorageError.of("unsupported", "B2 makes no object of one part that has more than 5 MiB", {
  suggestion: "two parts or more, of which each but the last has 5,000,000 bytes or more; or write the object at once"
})

/**
 * Large files have two parts at least (B2PartSizes.java of Backblaze's Java SDK). The bytes of the first are kept while it
 * is the only one and small, to go up whole if no other comes; who resumed an upload has no such.
 */
const uploadOf = (client: B2Client, token: Token, whole?: Whole): Upload => {
  const { path, fileId } = token
  let only: Uint8Array | undefined
  let others = false
  const keep = (number: number, body?: Uint8Array) =>
    Effect.sync(() => {
      others ||= number !== 1
      only = others || body === undefined || body.byteLength > smallBody ? undefined : body.slice()
    })
  const putWhole = Effect.fnUntraced(function* () {
    if (whole === undefined || only === undefined) return yield* onePart
    const file = { fileName: whole.fileName, ...whole.info, sha1: yield* sha1Of(only), body: only }
    const version = yield* client.repeated(uploadFile(client, whole.bucketId, file), only.byteLength)
    yield* Effect.ignore(cancel(client, fileId))
    return version
  })
  return {
    path,
    token: Schema.encodeSync(tokenJson)(token),
    parts: Effect.map(partsOf(client, fileId), (parts) => parts.map(({ number, size }) => ({ number, size }))),
    writePart: Effect.fnUntraced(function* (number, body) {
      const part = { number, body, sha1: yield* sha1Of(body) }
      yield* client.repeated(uploadPart(client, fileId, part), body.byteLength)
      yield* keep(number, body)
    }),
    copyPart: Effect.fnUntraced(function* (number, from, { start, end }) {
      const { facts } = yield* headOf(client, from)
      yield* client.repeated(copyPart(client, facts.fileId, fileId, { number, start, end }))
      yield* keep(number)
    }),
    complete: Effect.gen(function* () {
      const parts = yield* partsOf(client, fileId)
      const version = yield* parts.length === 1 ? putWhole() : finish(client, fileId, parts)
      return yield* storedAt(client, path, version)
    }),
    abort: cancel(client, fileId)
  }
}

/** b2_start_large_file. B2 has no conditions, so that an upload with one is refused. */
export const openUpload = (client: B2Client): NonNullable<ObjectStore["openUpload"]> =>
  Effect.fnUntraced(function* (path, options = {}) {
    const { bucket, key } = yield* targetOf(yield* client.settings, path)
    yield* refuseConditions(options)
    const info = yield* newInfoOf(options)
    yield* requirePrefix(yield* client.authorized, key)
    const { bucketId, fileId } = yield* inBucket(client, bucket, (id) =>
      Effect.map(client.repeated(startLargeFile(client, id, key, info)), (started) => ({
        bucketId: id,
        fileId: started
      }))
    )
    return uploadOf(client, { path, fileId }, { bucketId, fileName: key, info })
  })

/** Asks the service for the parts, so that an upload that is gone is told at once. */
export const resumeUpload = (client: B2Client): NonNullable<ObjectStore["resumeUpload"]> =>
  Effect.fnUntraced(function* (text) {
    const token = yield* Effect.mapError(Schema.decodeUnknownEffect(tokenJson)(text), () => foreign)
    yield* targetOf(yield* client.settings, token.path)
    yield* Effect.mapError(client.repeated(listParts(client, token.fileId, 1)), orEnded)
    return uploadOf(client, token)
  })
