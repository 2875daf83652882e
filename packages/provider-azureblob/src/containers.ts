/**
 * Creating and removing containers.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import type { BlobClient } from "./api/BlobClient.ts"
import { createContainer as createRemote, deleteContainer } from "./api/containers.ts"
import { containerOf } from "./keys.ts"
import { listStates } from "./states.ts"

const requireContainer = Effect.fnUntraced(function* (client: BlobClient, path: ReadonlyArray<string>) {
  if (path.length !== 1) return yield* StorageError.of("invalid_name", "a container is one segment")
  return yield* containerOf(yield* client.settings, path)
})

/** A container that exists already is of the same account, and so ours. */
export const createContainer = (client: BlobClient): NonNullable<ObjectStore["createContainer"]> =>
  Effect.fnUntraced(function* (path) {
    const container = yield* requireContainer(client, path)
    yield* Effect.catch(client.repeated(createRemote(client, container)), (error) =>
      error.reason._tag === "already_exists" ? Effect.void : Effect.fail(error)
    )
  })

/** Azure removes a container with all that is in it, so it is looked at first; what comes in between is lost. */
export const removeContainer = (client: BlobClient): NonNullable<ObjectStore["removeContainer"]> =>
  Effect.fnUntraced(function* (path) {
    const container = yield* requireContainer(client, path)
    let marker: string | undefined
    do {
      const page: { readonly found: boolean; readonly marker: string | undefined } = yield* Effect.map(
        client.repeated(
          listStates(client, container, { prefix: "", maxResults: 1, marker, include: ["uncommittedblobs"] })
        ),
        (listing) => ({ found: listing.blobs.length > 0, marker: listing.marker })
      )
      if (page.found) return yield* StorageError.of("not_empty", "the container is not empty")
      marker = page.marker
    } while (marker !== undefined)
    yield* client.repeated(deleteContainer(client, container))
  }, orGone)
