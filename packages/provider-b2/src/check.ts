/**
 * The cheapest authenticated call.
 */
import type { ObjectStore } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { B2Client } from "./api/B2Client.ts"

/** Authorises: the service says by that whether it takes the key, whatever the key may do. */
export const check = (client: B2Client): ObjectStore["check"] => Effect.asVoid(client.repeated(client.reauthorize))
