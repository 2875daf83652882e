/**
 * Links that need no right: objects of containers that everybody may read.
 */
import { StorageError, type ObjectStore } from "@mooring/core"
import * as Effect from "effect/Effect"
import { addressOf } from "./api/address.ts"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { targetOf } from "./keys.ts"
import { headAsStranger } from "./SwiftApi.ts"

const notPublic = StorageError.of("permission_denied", "the object is not public", {
  suggestion: "a container whose read ACL has .r:*"
})

/** The address of an object, which is asked for as a stranger would. */
export const publicLink = (client: SwiftClient): NonNullable<ObjectStore["publicLink"]> =>
  Effect.fnUntraced(function* (path) {
    const target = yield* targetOf(yield* client.settings, path)
    yield* Effect.catch(client.repeated(headAsStranger(client, target)), (error) =>
      Effect.fail(error.reason.status === 401 || error.reason.status === 403 ? notPublic : error)
    )
    const { origin, path: place } = addressOf((yield* client.session.get).storageUrl, target)
    return `${origin}${place}`
  })
