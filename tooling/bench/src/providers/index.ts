/**
 * The providers that are measured, by their ids.
 */
import type { Provider } from "../Provider.ts"
import { azureblob } from "./azureblob.ts"
import { b2 } from "./b2.ts"
import { googleCloudStorage } from "./googleCloudStorage.ts"
import { s3 } from "./s3.ts"
import { swift } from "./swift.ts"

export const providers: Readonly<Record<string, Provider>> = {
  azureblob,
  b2,
  "google-cloud-storage": googleCloudStorage,
  s3,
  swift
}
