/**
 * The cheapest authenticated call.
 */
import type { ObjectStore } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { headAccount } from "./SwiftApi.ts"

/** Asks for the account; that these credentials may not see it shows that they were accepted. */
export const check = (client: SwiftClient): ObjectStore["check"] =>
  Effect.catch(Effect.asVoid(client.repeated(headAccount(client))), (error) =>
    error.reason._tag === "permission_denied" ? Effect.void : Effect.fail(error)
  )
