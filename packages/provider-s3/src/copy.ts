/**
 * Copies at the service, and the modification time, which is metadata and so costs a copy of an object onto itself.
 */
import { StorageError, type ObjectInfo, type ObjectStore, Path } from "@mooring/core"
import { partSizeOf } from "@mooring/core/pieces"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import type { S3Client } from "./api/S3Client.ts"
import { conditionHeaders, keptHeaders, md5Header, modifiedHeader } from "./headers.ts"
import { targetOf, type Target } from "./keys.ts"
import { withUpload } from "./multipart.ts"
import { copyObject, copyPart } from "./S3Api.ts"
import { headOf } from "./stat.ts"

type Source = Effect.Success<ReturnType<typeof headOf>>

/** The source must still be what HEAD showed: parts of two objects would make one, and headers be those of another. */
const unchanged = ({ info }: Source): Headers =>
  info.validator === undefined ? {} : { "x-amz-copy-source-if-match": info.validator }

/** Copies ranges of the source as parts; what an object has besides its bytes is sent again, as parts have none. */
const copyInParts = Effect.fnUntraced(function* (
  client: S3Client,
  source: Source,
  to: Target,
  headers: Headers,
  conditions: Headers
) {
  const { copyCutoff, maxUploadParts, uploadConcurrency } = yield* client.settings
  const size = source.info.size ?? 0
  const partSize = partSizeOf(copyCutoff, size, maxUploadParts)
  const starts = Array.from({ length: Math.ceil(size / partSize) }, (_, index) => index * partSize)
  const md5 = source.info.checksums?.["md5"]
  const stored = { ...keptHeaders(source.headers), ...(md5 !== undefined && md5Header(md5)), ...headers }
  yield* withUpload(client, to, stored, conditions, (uploadId) =>
    Effect.forEach(
      starts,
      (start, index) => {
        const part = { uploadId, number: index + 1, start, end: Math.min(size, start + partSize) - 1 }
        return client.repeated(copyPart(client, source.target, to, part, unchanged(source)))
      },
      { concurrency: Math.max(1, uploadConcurrency) }
    )
  )
})

/** The headers of a copy that is to have others than its source: without the directive they would be ignored. */
const replacing = (source: Source, headers: Headers): Headers => ({
  ...keptHeaders(source.headers),
  ...headers,
  "x-amz-metadata-directive": "REPLACE"
})

/**
 * Copies in one call or in parts. `changed` are headers instead of the source's; without them it keeps its own, and one
 * call takes bytes and headers of one state. `place` are conditions on what is replaced. Only `asked` holds the
 * source of such a call to what HEAD showed: Swift takes the ETag of an object in parts for another one and refuses.
 */
const copyTo = Effect.fnUntraced(function* (
  client: S3Client,
  source: Source,
  to: Target,
  { place, asked }: { readonly place: Headers; readonly asked: boolean },
  changed?: Headers
) {
  const { copyCutoff } = yield* client.settings
  if ((source.info.size ?? 0) > copyCutoff) {
    return yield* copyInParts(client, source, to, changed ?? {}, place)
  }
  const state = asked || changed !== undefined ? unchanged(source) : {}
  const headers = changed === undefined ? {} : replacing(source, changed)
  const call = copyObject(client, source.target, to, { ...state, ...place, ...headers })
  yield* Object.keys(place).length === 0 ? client.repeated(call) : client.once(call)
})

const isNotFound = ({ reason }: StorageError): boolean => reason._tag === "not_found"

/** Services that do not know the condition would ignore it, so it is looked at before as well as sent. */
const requireAbsent = Effect.fnUntraced(function* (client: S3Client, path: Path) {
  const found = yield* Effect.catchIf(Effect.asSome(headOf(client, path)), isNotFound, () => Effect.succeedNone)
  if (found._tag === "Some") return yield* StorageError.of("precondition_failed", "there is an object already")
})

export const copy = (client: S3Client): NonNullable<ObjectStore["copy"]> =>
  Effect.fnUntraced(function* (from, to, { ifMatch, ifNoneMatch } = {}) {
    const target = yield* targetOf(yield* client.settings, to)
    const source = yield* headOf(client, from, ifMatch)
    if (ifNoneMatch !== undefined) yield* requireAbsent(client, to)
    // S3 refuses a copy onto itself that changes nothing, which is what there is to do.
    if (Path.equals(from, to)) return source.info
    const place = ifNoneMatch === undefined ? {} : conditionHeaders({ ifNoneMatch })
    yield* copyTo(client, source, target, { place, asked: ifMatch !== undefined })
    return (yield* headOf(client, to)).info satisfies ObjectInfo
  })

/** A copy of an object onto itself, of which nobody asked for a condition. */
const inPlace = { place: {}, asked: false }

export const setModified = (client: S3Client): NonNullable<ObjectStore["setModified"]> =>
  Effect.fnUntraced(function* (path, modified) {
    const source = yield* headOf(client, path)
    yield* copyTo(client, source, source.target, inPlace, modifiedHeader(modified))
    return (yield* headOf(client, path)).info
  })

/** A tier is a storage class, and another one costs a copy of the object onto itself. */
export const setTier = (client: S3Client): NonNullable<ObjectStore["setTier"]> =>
  Effect.fnUntraced(function* (path, tier) {
    const { tiers } = yield* client.settings
    if (!/^[A-Z0-9_]{1,64}$/.test(tier) || (tiers.length > 0 && !tiers.includes(tier))) {
      const known = tiers.length > 0 ? `: it has ${tiers.join(", ")}` : ""
      return yield* StorageError.of("invalid_value", `the service has no such storage class${known}`)
    }
    const source = yield* headOf(client, path)
    yield* copyTo(client, source, source.target, inPlace, { "x-amz-storage-class": tier })
    return (yield* headOf(client, path)).info
  })
