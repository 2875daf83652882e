/**
 * The options of Google Cloud Storage.
 */
import * as Schema from "effect/Schema"
import { buckets } from "./config/buckets.ts"
import { connection } from "./config/connection.ts"
import { credentials } from "./config/credentials.ts"
import { oauth } from "./config/oauth.ts"
import { objects } from "./config/objects.ts"

/** Every option, by group. */
export const GoogleCloudStorageConfig = Schema.Struct({
  ...credentials,
  ...oauth,
  ...connection,
  ...objects,
  ...buckets
})
