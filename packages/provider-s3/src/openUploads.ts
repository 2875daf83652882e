/**
 * Uploads whose parts come one by one. The service keeps them until they are completed or aborted, so that another
 * process can go on: the token names the place, the upload and the conditions that its completion has.
 */
import { StorageError, type ObjectInfo, type ObjectStore, type Path, type Upload } from "@mooring/core"
import { digestOf } from "@mooring/core/checksums/Hasher"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { S3Client } from "./api/S3Client.ts"
import { conditionHeaders, storedHeaders } from "./headers.ts"
import { targetOf, type Target } from "./keys.ts"
import { complete } from "./multipart.ts"
import { abortUpload, copyPart, createUpload, listParts, uploadPart } from "./S3Api.ts"
import { headOf } from "./stat.ts"
import type { ListedPart } from "./wire.ts"
import { refuseIgnored } from "./write.ts"

/** What a token holds. Who has it can read nothing with it: each call is signed. */
const Token = Schema.Struct({
  path: Schema.Array(Schema.String),
  id: Schema.String,
  ifMatch: Schema.optionalKey(Schema.String),
  ifNoneMatch: Schema.optionalKey(Schema.Literal("*"))
})
type Token = typeof Token.Type

const tokenJson = Schema.fromJsonString(Token)
const foreign = StorageError.of("invalid_value", "this token is not of an upload to S3")

/** All parts that the service holds, in the order of their numbers. */
const partsOf = Effect.fnUntraced(function* (client: S3Client, target: Target, id: string) {
  const all: Array<ListedPart> = []
  let after: string | undefined
  do {
    const page: { readonly parts: ReadonlyArray<ListedPart>; readonly next?: string } = yield* client.repeated(
      listParts(client, target, id, after)
    )
    if (page.next !== undefined && page.next === after) {
      return yield* StorageError.of("integrity_error", "the service repeats a page of the parts")
    }
    all.push(...page.parts)
    after = page.next
  } while (after !== undefined)
  return all
})

const uploadOf = (client: S3Client, target: Target, token: Token): Upload => {
  const { path, id } = token
  return {
    path,
    token: Schema.encodeSync(tokenJson)(token),
    parts: Effect.map(partsOf(client, target, id), (parts) => parts.map(({ number, size }) => ({ number, size }))),
    writePart: Effect.fnUntraced(function* (number, body) {
      const part = { uploadId: id, number, body, md5: yield* digestOf("md5", body) }
      yield* client.repeated(uploadPart(client, target, part), body.byteLength)
    }),
    copyPart: Effect.fnUntraced(function* (number, from, { start, end }) {
      const source = yield* headOf(client, from)
      const { validator } = source.info
      const unchanged = validator === undefined ? {} : { "x-amz-copy-source-if-match": validator }
      yield* client.repeated(copyPart(client, source.target, target, { uploadId: id, number, start, end }, unchanged))
    }),
    complete: Effect.gen(function* () {
      const parts = yield* partsOf(client, target, id)
      yield* complete(client, target, id, parts, conditionHeaders(token))
      return (yield* headOf(client, path)).info satisfies ObjectInfo
    }),
    abort: orGone(client.repeated(abortUpload(client, target, id)))
  }
}

/** CreateMultipartUpload. A condition is sent with the completion, and kept in the token until then. */
export const openUpload = (client: S3Client): NonNullable<ObjectStore["openUpload"]> =>
  Effect.fnUntraced(function* (path, options = {}) {
    const settings = yield* client.settings
    const target = yield* targetOf(settings, path)
    const { ifMatch, ifNoneMatch } = options
    const conditions = { ...(ifMatch !== undefined && { ifMatch }), ...(ifNoneMatch !== undefined && { ifNoneMatch }) }
    yield* refuseIgnored(conditionHeaders(conditions), settings)
    const headers = yield* storedHeaders(options, settings)
    const id = yield* client.repeated(createUpload(client, target, headers))
    return uploadOf(client, target, { path, id, ...conditions })
  })

/** Asks the service for the parts, so that an upload that is gone is told at once. */
export const resumeUpload = (client: S3Client): NonNullable<ObjectStore["resumeUpload"]> =>
  Effect.fnUntraced(function* (text) {
    const token = yield* Effect.mapError(Schema.decodeUnknownEffect(tokenJson)(text), () => foreign)
    const target = yield* targetOf(yield* client.settings, token.path as Path)
    yield* client.repeated(listParts(client, target, token.id))
    return uploadOf(client, target, token)
  })
