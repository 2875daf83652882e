/**
 * The cheapest authenticated call.
 */
import type { ObjectStore, StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { StorageClient } from "./api/StorageClient.ts"
import { getBucket, listBuckets } from "./StorageApi.ts"

/** A bucket that nobody needs to have: its answer shows whether a token is taken, whoever may see it. */
const anyBucket = "mooring-connection-test"

const isAnswer = ({ reason }: StorageError): boolean =>
  reason._tag === "not_found" || (reason._tag === "permission_denied" && reason.status === 403)

/**
 * Lists a bucket of the project, or looks at one that may not be there: a refusal to do so shows that the token was
 * accepted, whatever it may do.
 */
export const check = (client: StorageClient): ObjectStore["check"] =>
  Effect.gen(function* () {
    const { project, credentials } = yield* client.settings
    const call =
      project === undefined
        ? Effect.asVoid(getBucket(client, anyBucket))
        : Effect.asVoid(listBuckets(client, { maxResults: 1 }))
    yield* Effect.catchIf(
      client.repeated(call),
      (error) => isAnswer(error) || (credentials.kind === "anonymous" && error.reason.status === 401),
      () => Effect.void
    )
  })
