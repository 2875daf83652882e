/**
 * Microsoft Azure Blob Storage.
 */
export { AzureBlob, AzureBlob as default } from "./AzureBlob.ts"
export type { AzureBlobSettings } from "./AzureBlobSettings.ts"
