/**
 * Copies at the service, and what is changed of a blob without its bytes: the modification time and the tier.
 */
import { StorageError, Path, type ObjectStore } from "@mooring/core"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import { abortCopy, copyBlob, headBlob, setBlobTier, setMetadata } from "./api/blobs.ts"
import type { BlobClient } from "./api/BlobClient.ts"
import { copySource } from "./api/copySource.ts"
import { tiers } from "./AzureBlobSettings.ts"
import { unarchived } from "./archive.ts"
import {
  conditionHeaders,
  metadataHeaders,
  requireWritable,
  storedMetadata,
  tierHeaders,
  withModified
} from "./headers.ts"
import { targetOf, type Target } from "./keys.ts"
import { headOf } from "./stat.ts"

/** Milliseconds between two looks at a copy, doubled from the first to the last. */
const firstLook = 100
const slowestLook = 5_000

/** Waits until the copy is done; one that fails or that nobody waits for any longer leaves nothing. */
const awaitCopy = Effect.fnUntraced(function* (client: BlobClient, to: Target, started: Headers) {
  let headers = started
  let pause = firstLook
  while (headers["x-ms-copy-status"] === "pending") {
    yield* Effect.sleep(pause)
    pause = Math.min(slowestLook, pause * 2)
    headers = yield* client.repeated(headBlob(client, to))
    if (headers["x-ms-copy-id"] !== started["x-ms-copy-id"]) {
      return yield* StorageError.of("provider_unavailable", "another copy to the same place began", {
        retryable: false
      })
    }
  }
  const status = headers["x-ms-copy-status"]
  if (status !== undefined && status !== "success") {
    return yield* StorageError.of("provider_unavailable", "the service gave the copy up", { retryable: false })
  }
})

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
    const id = started["x-ms-copy-id"]
    yield* Effect.onInterrupt(awaitCopy(client, target, started), () =>
      id === undefined ? Effect.void : Effect.ignore(client.once(abortCopy(client, target, id)))
    )
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
