/**
 * The options of Backblaze B2.
 */
import * as Schema from "effect/Schema"
import { connection } from "./config/connection.ts"
import { objects } from "./config/objects.ts"
import { transfers } from "./config/transfers.ts"

/** Every option, by group. */
export const B2Config = Schema.Struct({ ...connection, ...transfers, ...objects })
