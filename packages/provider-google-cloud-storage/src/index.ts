/**
 * Google Cloud Storage.
 */
export { GoogleCloudStorage, GoogleCloudStorage as default } from "./GoogleCloudStorage.ts"
export type { GoogleCloudStorageSettings } from "./GoogleCloudStorageSettings.ts"
