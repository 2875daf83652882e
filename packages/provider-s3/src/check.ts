/**
 * The cheapest authenticated call.
 */
import type { ObjectStore } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { S3Client } from "./api/S3Client.ts"
import { listBuckets } from "./S3Api.ts"

/** Lists the buckets; a refusal of these credentials to do so shows that they were accepted. */
export const check = (client: S3Client): ObjectStore["check"] =>
  Effect.catch(Effect.asVoid(client.repeated(listBuckets(client))), (error) =>
    error.reason._tag === "permission_denied" ? Effect.void : Effect.fail(error)
  )
