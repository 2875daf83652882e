/**
 * The plugin: wiring only.
 */
import { ProviderPlugin } from "@mooring/core"
import * as Effect from "effect/Effect"
import { storePolicy } from "@mooring/core/Attempts"
import { makeS3Client } from "./api/S3Client.ts"
import { normalize } from "./normalize.ts"
import { suggestEndpoint } from "./presets/index.ts"
import { S3Config } from "./S3Config.ts"
import { storeOf } from "./S3Store.ts"
import { testConnection } from "./testConnection.ts"

/** The provider `s3`. */
export const S3 = ProviderPlugin.make({
  id: "s3",
  backendType: "s3",
  title: "Amazon S3 and compatibles",
  description: "Amazon S3 and the many object stores that speak its protocol.",
  config: S3Config,
  normalize,
  suggest: suggestEndpoint,
  testConnection,
  open: Effect.fnUntraced(function* (settings) {
    const client = yield* makeS3Client(settings, storePolicy)
    return storeOf(client, yield* settings)
  })
})
