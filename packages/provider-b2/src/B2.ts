/**
 * The plugin: wiring only.
 */
import { ProviderPlugin } from "@mooring/core"
import { storePolicy } from "@mooring/core/Attempts"
import * as Effect from "effect/Effect"
import { makeB2Client } from "./api/B2Client.ts"
import { B2Config } from "./B2Config.ts"
import { storeOf } from "./B2Store.ts"
import { normalize } from "./normalize.ts"
import { testConnection } from "./testConnection.ts"

/** Backblaze B2. */
export const B2 = ProviderPlugin.make({
  id: "b2",
  backendType: "b2",
  title: "Backblaze B2",
  description: "Backblaze B2 by its native API.",
  config: B2Config,
  normalize,
  testConnection,
  open: Effect.fnUntraced(function* (settings) {
    return storeOf(yield* makeB2Client(settings, storePolicy), yield* settings)
  })
})
