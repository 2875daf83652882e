/**
 * Conditions in headers.
 *
 * Source: https://learn.microsoft.com/rest/api/storageservices/specifying-conditional-headers-for-blob-service-operations
 */
import { AzureFailure, notMet } from "./AzureFailure.ts"
import type { Blob } from "./blobs.ts"
import { header, type RawRequest } from "./rawRequest.ts"

const matches = (condition: string, blob: Blob): boolean =>
  condition === "*" || condition.split(",").some((one) => one.trim() === blob.etag)

/** Of reads: a state that the caller has already is 304. */
export const checkReading = (request: RawRequest, blob: Blob): void => {
  const [match, none] = [header(request, "if-match"), header(request, "if-none-match")]
  if (match !== undefined && !matches(match, blob)) throw notMet()
  if (none !== undefined && matches(none, blob)) throw notMet(304)
}

/** Of writes, where there may be nothing yet. */
export const checkWriting = (request: RawRequest, blob: Blob | undefined): void => {
  const [match, none] = [header(request, "if-match"), header(request, "if-none-match")]
  if (match !== undefined && (blob === undefined || !matches(match, blob))) throw notMet()
  if (none === undefined || blob === undefined) return
  if (none === "*") throw new AzureFailure(409, "BlobAlreadyExists", "The specified blob already exists.")
  if (matches(none, blob)) throw notMet()
}

/** Of the source of a copy. */
export const checkSource = (request: RawRequest, source: Blob): void => {
  const match = header(request, "x-ms-source-if-match")
  if (match !== undefined && !matches(match, source)) throw notMet(412, "SourceConditionNotMet")
}
