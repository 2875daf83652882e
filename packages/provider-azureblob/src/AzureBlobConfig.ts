/**
 * The options of Azure Blob Storage.
 */
import * as Schema from "effect/Schema"
import { connection } from "./config/connection.ts"
import { credentials } from "./config/credentials.ts"
import { objects } from "./config/objects.ts"
import { transfers } from "./config/transfers.ts"

/** Every option, by group. */
export const AzureBlobConfig = Schema.Struct({ ...connection, ...credentials, ...transfers, ...objects })
