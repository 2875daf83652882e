/**
 * The plugin: wiring only.
 */
import { ProviderPlugin } from "@mooring/core"
import { storePolicy } from "@mooring/core/Attempts"
import * as Effect from "effect/Effect"
import { makeStorageClient } from "./api/StorageClient.ts"
import { GoogleCloudStorageConfig } from "./GoogleCloudStorageConfig.ts"
import { storeOf } from "./GoogleCloudStorageStore.ts"
import { normalize } from "./normalize.ts"
import { testConnection } from "./testConnection.ts"

/** Google Cloud Storage. */
export const GoogleCloudStorage = ProviderPlugin.make({
  id: "google-cloud-storage",
  backendType: "google cloud storage",
  title: "Google Cloud Storage",
  description: "Google Cloud Storage by its JSON API. This is not Google Drive.",
  config: GoogleCloudStorageConfig,
  normalize,
  testConnection,
  open: Effect.fnUntraced(function* (settings) {
    return storeOf(yield* makeStorageClient(settings, storePolicy), yield* settings)
  })
})
