/**
 * Removing objects by their names, many per call where the service permits it.
 */
import type { StorageError } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { storageErrorOf } from "./errors.ts"
import type { Target } from "./keys.ts"
import { bulkDelete, deleteObject } from "./SwiftApi.ts"

/** The most names of one call. */
const batchSize = 1000

/** How many are removed at once where each takes a call. */
const atOnce = 16

const batches = <A>(all: ReadonlyArray<A>, size: number): ReadonlyArray<ReadonlyArray<A>> =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))

/** One bulk call, which is repeated while some stay for a reason that may pass. */
const removeBatch = (client: SwiftClient, targets: ReadonlyArray<Target>) =>
  client.repeated(
    Effect.flatMap(bulkDelete(client, targets), ([status]) =>
      status === undefined ? Effect.void : Effect.fail(storageErrorOf({ status }))
    )
  )

/** Removes these objects and no segments of theirs. Succeeds for those that are gone. */
export const removeTargets = Effect.fnUntraced(function* (
  client: SwiftClient,
  targets: ReadonlyArray<Target>
): Effect.fn.Return<void, StorageError> {
  if (targets.length < 2) {
    return yield* Effect.forEach(targets, (target) => orGone(client.repeated(deleteObject(client, target))), {
      discard: true
    })
  }
  const { bulkDelete: most } = yield* client.info
  if (most < 2) {
    return yield* Effect.forEach(targets, (target) => orGone(client.repeated(deleteObject(client, target))), {
      concurrency: atOnce,
      discard: true
    })
  }
  yield* Effect.forEach(batches(targets, Math.min(most, batchSize)), (batch) => removeBatch(client, batch), {
    discard: true
  })
})
