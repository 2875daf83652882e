/**
 * The options of S3 and of services like it.
 *
 * Values that differ from vendor to vendor (regions, ACLs, storage classes, encryption) are suggestions: any other text
 * is valid too, and the service judges it, unless the preset of the vendor lists what there is.
 */
import * as Schema from "effect/Schema"
import { connection } from "./config/connection.ts"
import { credentials } from "./config/credentials.ts"
import { objects } from "./config/objects.ts"
import { reads } from "./config/reading.ts"
import { uploads } from "./config/uploading.ts"

/** Every option, by group. */
export const S3Config = Schema.Struct({ ...connection, ...credentials, ...uploads, ...reads, ...objects })
