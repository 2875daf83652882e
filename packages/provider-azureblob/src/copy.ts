/**
 * Copies at the service, and what is changed of a blob without its bytes: the modification time and the tier.
 */
import { StorageError, Path, type ObjectStore } from "@mooring/core"
import * as Effect from "effect/Effect"
import { copyBlob, setBlobTier, setMetadata } from "./api/blobs.ts"
import type { BlobClient } from "./api/BlobClient.ts"
import { copySource } from "./api/copySource.ts"
import { tiers } from "./AzureBlobSettings.ts"
import { unarchived } from "./archive.ts"
import { awaitCopy } from "./awaitCopy.ts"
import {
  conditionHeaders,
  metadataHeaders,
  requireWritable,
  storedMetadata,
  tierHeaders,
  withModified
} from "./headers.ts"
import { targetOf } from "./keys.ts"
import { headOf } from "./stat.ts"

export const copy = (client: BlobClient): NonNullable<ObjectStore["copy"]> =>
  Effect.fnUntraced(function* (from, to, { ifMatch, ifNoneMatch } = {}) {
    const settings = yield* client.settings
    const target = yield* targetOf(settings, to)
    const source = yield* headOf(client, from, ifMatch)
    if (Path.equals(from, to)) {
      return ifNoneMatch === undefined
        ? source.info
        : yield* StorageError.of("precondition_failed", "there is an object already")
    }
    const { validator } = source.info
    const conditions = conditionHeaders(
      yield* unarchived(client, target, ifNoneMatch === undefined ? {} : { ifNoneMatch })
    )
    const call = copyBlob(client, target, {
      ...copySource(settings, source.target),
      ...(validator !== undefined && { "x-ms-source-if-match": validator }),
      ...tierHeaders(settings),
      ...conditions
    })
    // A repeated call would copy twice, and meet the pending copy of the first.
    const started = yield* client.once(call)
    yield* awaitCopy(client, target, started)
    return (yield* headOf(client, to)).info
  })

/** The modification time is metadata, which is written as a whole: no change of another in between is lost. */
export const setModified = (client: BlobClient): NonNullable<ObjectStore["setModified"]> =>
  Effect.fnUntraced(function* (path, modified) {
    yield* requireWritable(modified)
    const { target, headers, info } = yield* headOf(client, path)
    const metadata = metadataHeaders(withModified(storedMetadata(headers), modified))
    const condition = info.validator === undefined ? {} : { "if-match": info.validator }
    yield* client.once(setMetadata(client, target, { ...metadata, ...condition }))
    return (yield* headOf(client, path)).info
  })

export const setTier = (client: BlobClient): NonNullable<ObjectStore["setTier"]> =>
  Effect.fnUntraced(function* (path, tier) {
    if (!tiers.some((known) => known === tier)) {
      return yield* StorageError.of("invalid_value", `the tiers of Azure are ${tiers.join(", ")}`)
    }
    const target = yield* targetOf(yield* client.settings, path)
    yield* client.repeated(setBlobTier(client, target, tier))
    return (yield* headOf(client, path)).info
  })
