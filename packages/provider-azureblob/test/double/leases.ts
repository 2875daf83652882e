/**
 * Leases, which only who has them writes under, and copies under way, which nothing writes over.
 *
 * Source: https://learn.microsoft.com/rest/api/storageservices/lease-blob
 */
import { AzureFailure } from "./AzureFailure.ts"
import type { Place } from "./blobs.ts"
import { header, type RawRequest } from "./rawRequest.ts"

/** Refuses a write without the lease that is on the blob. */
export const checkLease = (request: RawRequest, { lease }: Place): void => {
  const given = header(request, "x-ms-lease-id")
  if (lease === undefined && given !== undefined)
    throw new AzureFailure(412, "LeaseNotPresentWithBlobOperation", "There is currently no lease on the blob.")
  if (lease !== undefined && given === undefined)
    throw new AzureFailure(
      412,
      "LeaseIdMissing",
      "There is currently a lease on the blob and no lease ID was specified."
    )
  if (lease !== given)
    throw new AzureFailure(412, "LeaseIdMismatchWithBlobOperation", "The lease ID specified did not match the lease.")
}

/** Refuses a write while a copy to the place is under way. */
export const checkPending = ({ current }: Place): void => {
  if (current?.copy?.status === "pending")
    throw new AzureFailure(409, "PendingCopyOperation", "There is currently a pending copy operation.")
}
