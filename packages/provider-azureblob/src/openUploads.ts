/**
 * Uploads whose parts come one by one. The service keeps the blocks for a week, so that another process can go on: the
 * token names the place, the upload, and all that is stored with the blob when its blocks are joined.
 *
 * An upload begins with a block of one byte, number 0, which is never joined: it shows that the upload is there.
 */
import { StorageError, type ObjectStore, type Path, type Upload } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { BlobClient } from "./api/BlobClient.ts"
import { putBlock, putBlockList } from "./api/blocks.ts"
import { blockId, newUploadId, parseBlockId } from "./blockIds.ts"
import { conditionHeaders, storedHeaders } from "./headers.ts"
import { targetOf, type Target } from "./keys.ts"
import { discardStaged, stagedAt } from "./staged.ts"
import { headOf } from "./stat.ts"
import { maxBlocks } from "./write.ts"

/** What a token holds. Who has it can do nothing with it alone: each call is authorised. */
const Token = Schema.Struct({
  path: Schema.Array(Schema.String),
  id: Schema.String,
  headers: Schema.Record(Schema.String, Schema.String),
  ifMatch: Schema.optionalKey(Schema.String),
  ifNoneMatch: Schema.optionalKey(Schema.Literal("*"))
})
type Token = typeof Token.Type

const tokenJson = Schema.fromJsonString(Token)
const foreign = StorageError.of("invalid_value", "this token is not of an upload to Azure")
const gone = StorageError.of("not_found", "there is no such upload: it was completed, aborted or forgotten")
const noCopies = StorageError.of("unsupported", "parts cannot be copied from other blobs")

/** The parts of an upload in the order of their numbers. Fails with `not_found` if not even its beginning is there. */
const partsOf = Effect.fnUntraced(function* (client: BlobClient, target: Target, id: string) {
  const blocks = (yield* stagedAt(client, target)).flatMap(({ id: block, size }) => {
    const parsed = parseBlockId(block)
    return parsed?.uploadId === id ? [{ number: parsed.number, size }] : []
  })
  if (blocks.length === 0) return yield* gone
  return blocks.filter(({ number }) => number > 0).toSorted((left, right) => left.number - right.number)
})

const uploadOf = (client: BlobClient, target: Target, token: Token): Upload => {
  const { path, id, headers } = token
  return {
    path,
    token: Schema.encodeSync(tokenJson)(token),
    parts: partsOf(client, target, id),
    writePart: Effect.fnUntraced(function* (number, body) {
      if (!Number.isInteger(number) || number < 1 || number >= maxBlocks) {
        return yield* StorageError.of("invalid_value", `parts have the numbers from 1 to ${maxBlocks - 1}`)
      }
      yield* client.repeated(putBlock(client, target, blockId(id, number), body), body.byteLength)
    }),
    copyPart: () => Effect.fail(noCopies),
    complete: Effect.gen(function* () {
      const parts = yield* partsOf(client, target, id)
      const ids = parts.map(({ number }) => blockId(id, number))
      const conditions = conditionHeaders(token)
      const list = putBlockList(client, target, ids, { ...headers, ...conditions })
      yield* Object.keys(conditions).length === 0 ? client.repeated(list) : client.once(list)
      return (yield* headOf(client, path)).info
    }),
    abort: discardStaged(client, target, id)
  }
}

export const openUpload = (client: BlobClient): NonNullable<ObjectStore["openUpload"]> =>
  Effect.fnUntraced(function* (path, options = {}) {
    const target = yield* targetOf(yield* client.settings, path)
    const { ifMatch, ifNoneMatch } = options
    const headers = yield* storedHeaders(options)
    const id = yield* newUploadId
    yield* client.repeated(putBlock(client, target, blockId(id, 0), new Uint8Array(1)))
    return uploadOf(client, target, {
      path,
      id,
      headers,
      ...(ifMatch !== undefined && { ifMatch }),
      ...(ifNoneMatch !== undefined && { ifNoneMatch })
    })
  })

export const resumeUpload = (client: BlobClient): NonNullable<ObjectStore["resumeUpload"]> =>
  Effect.fnUntraced(function* (text) {
    const token = yield* Effect.mapError(Schema.decodeUnknownEffect(tokenJson)(text), () => foreign)
    const target = yield* targetOf(yield* client.settings, token.path as Path)
    yield* partsOf(client, target, token.id)
    return uploadOf(client, target, token)
  })
