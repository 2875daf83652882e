/**
 * Creating and removing containers.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { containerOf } from "./keys.ts"
import { deleteContainer, headContainer, putContainer } from "./SwiftApi.ts"

const nameOf = Effect.fnUntraced(function* (client: SwiftClient, path: ReadonlyArray<string>) {
  if (path.length !== 1) return yield* StorageError.of("invalid_name", "a container is one segment")
  return yield* containerOf(yield* client.settings, path)
})

/** The service has no such policy, or takes the name for none. */
const explained = (policy: string) => (error: StorageError) =>
  error.reason.status === 400 && policy !== ""
    ? StorageError.with(error, { pointer: "#/storage_policy", suggestion: "a policy that the service has, or none" })
    : error

/** A container that is there stays as it is, of whatever policy. */
export const createContainer = (client: SwiftClient): NonNullable<ObjectStore["createContainer"]> =>
  Effect.fnUntraced(function* (path) {
    const container = yield* nameOf(client, path)
    const { storagePolicy } = yield* client.settings
    yield* Effect.catch(client.repeated(putContainer(client, container, storagePolicy)), (error) =>
      error.reason.status === 409
        ? Effect.asVoid(Effect.mapError(client.repeated(headContainer(client, container)), () => error))
        : Effect.fail(explained(storagePolicy)(error))
    )
  })

export const removeContainer = (client: SwiftClient): NonNullable<ObjectStore["removeContainer"]> =>
  Effect.fnUntraced(function* (path) {
    yield* client.repeated(deleteContainer(client, yield* nameOf(client, path)))
  }, orGone)
