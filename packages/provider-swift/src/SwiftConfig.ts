/**
 * The options of OpenStack Swift.
 */
import * as Schema from "effect/Schema"
import { connection } from "./config/connection.ts"
import { credentials } from "./config/credentials.ts"
import { objects } from "./config/objects.ts"
import { uploads } from "./config/uploading.ts"

/** Every option, by group. */
export const SwiftConfig = Schema.Struct({ ...connection, ...credentials, ...uploads, ...objects })
