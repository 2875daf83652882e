/**
 * Removing objects, one by one or 256 per call.
 */
import type { ObjectStore, StorageError } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Arr from "effect/Array"
import * as Effect from "effect/Effect"
import { batchSize, deleteBlobs } from "./api/batch.ts"
import { deleteBlob } from "./api/blobs.ts"
import type { BlobClient } from "./api/BlobClient.ts"
import { targetOf } from "./keys.ts"

export const remove = (client: BlobClient): ObjectStore["remove"] =>
  Effect.fnUntraced(function* (path) {
    const target = yield* targetOf(yield* client.settings, path)
    yield* client.repeated(deleteBlob(client, target))
  }, orGone)

/** A service or right without batches: each object is tried then. */
const isWithoutBatches = ({ reason }: StorageError): boolean =>
  ["unsupported", "invalid_value", "permission_denied"].includes(reason._tag)

/** What a batch leaves is removed by calls of its own, which are repeated and whose errors say why. */
const removeBatch = Effect.fnUntraced(function* (client: BlobClient, container: string, names: ReadonlyArray<string>) {
  const left =
    names.length === 1
      ? names
      : yield* Effect.catchIf(client.repeated(deleteBlobs(client, container, names)), isWithoutBatches, () =>
          Effect.succeed(names)
        )
  yield* Effect.forEach(left, (name) => orGone(client.repeated(deleteBlob(client, { container, name }))), {
    concurrency: 16,
    discard: true
  })
}, orGone)

/** Fails with the error of one that stayed, after its batch. */
export const removeMany = (client: BlobClient): NonNullable<ObjectStore["removeMany"]> =>
  Effect.fnUntraced(function* (paths) {
    const settings = yield* client.settings
    const targets = yield* Effect.forEach(paths, (path) => targetOf(settings, path))
    for (const [container, found] of Map.groupBy(targets, (target) => target.container)) {
      const names = [...new Set(found.map(({ name }) => name))]
      yield* Effect.forEach(Arr.chunksOf(names, batchSize), (batch) => removeBatch(client, container, batch), {
        concurrency: 4,
        discard: true
      })
    }
  })
