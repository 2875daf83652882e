/**
 * The cheapest authenticated call.
 */
import type { ObjectStore } from "@mooring/core"
import * as Effect from "effect/Effect"
import { listBlobs, listContainers } from "./api/containers.ts"
import type { BlobClient } from "./api/BlobClient.ts"

/**
 * Lists one container, or one blob of the only container; a refusal to do so shows that the identity was accepted, but
 * not of the key of an account, which may do everything.
 */
export const check = (client: BlobClient): ObjectStore["check"] =>
  Effect.gen(function* () {
    const { container, identity } = yield* client.settings
    const call =
      container === undefined
        ? Effect.asVoid(listContainers(client, 1))
        : Effect.asVoid(listBlobs(client, container, { prefix: "", maxResults: 1 }))
    yield* Effect.catch(client.repeated(call), (error) =>
      error.reason._tag === "permission_denied" && identity.kind !== "sharedKey" ? Effect.void : Effect.fail(error)
    )
  })
