/**
 * The cheapest authenticated call.
 */
import type { ObjectStore } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { S3Client } from "./api/S3Client.ts"
import { listBuckets, listDirectoryBuckets } from "./S3Api.ts"

/** Lists the buckets; a refusal of these credentials to do so shows that they were accepted. */
export const check = (client: S3Client): ObjectStore["check"] =>
  Effect.catch(
    Effect.flatMap(client.settings, ({ directoryBuckets }) =>
      directoryBuckets === undefined
        ? Effect.asVoid(client.repeated(listBuckets(client)))
        : Effect.asVoid(client.repeated(listDirectoryBuckets(client, { token: undefined, limit: 1 })))
    ),
    (error) => (error.reason._tag === "permission_denied" ? Effect.void : Effect.fail(error))
  )
