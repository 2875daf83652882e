/**
 * The plugin: wiring only.
 */
import { ProviderPlugin } from "@mooring/core"
import { storePolicy } from "@mooring/core/Attempts"
import * as Effect from "effect/Effect"
import { makeBlobClient } from "./api/BlobClient.ts"
import { AzureBlobConfig } from "./AzureBlobConfig.ts"
import { storeOf } from "./AzureBlobStore.ts"
import { normalize } from "./normalize.ts"
import { testConnection } from "./testConnection.ts"

export const AzureBlob = ProviderPlugin.make({
  id: "azureblob",
  backendType: "azureblob",
  title: "Microsoft Azure Blob Storage",
  description: "Containers and blobs of an Azure Storage account.",
  config: AzureBlobConfig,
  normalize,
  testConnection,
  open: Effect.fnUntraced(function* (settings) {
    const client = yield* makeBlobClient(settings, storePolicy)
    return storeOf(client, yield* settings)
  })
})
