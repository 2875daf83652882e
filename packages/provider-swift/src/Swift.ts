/**
 * The plugin: wiring only.
 */
import { ProviderPlugin } from "@mooring/core"
import { storePolicy } from "@mooring/core/Attempts"
import * as Effect from "effect/Effect"
import { makeSwiftClient } from "./api/SwiftClient.ts"
import { normalize } from "./normalize.ts"
import { SwiftConfig } from "./SwiftConfig.ts"
import { storeOf } from "./SwiftStore.ts"
import { testConnection } from "./testConnection.ts"

export const Swift = ProviderPlugin.make({
  id: "swift",
  backendType: "swift",
  title: "OpenStack Swift",
  description: "OpenStack Swift, including Rackspace Cloud Files, Blomp Cloud Storage, Memset Memstore, and OVH.",
  config: SwiftConfig,
  normalize,
  testConnection,
  open: Effect.fnUntraced(function* (settings) {
    const client = yield* makeSwiftClient(settings, storePolicy)
    return storeOf(client, yield* settings)
  })
})
