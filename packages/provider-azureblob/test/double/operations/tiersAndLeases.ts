/**
 * Set Blob Tier and Lease Blob.
 *
 * Sources: https://learn.microsoft.com/rest/api/storageservices/set-blob-tier and
 * https://learn.microsoft.com/rest/api/storageservices/lease-blob
 */
import { randomUUID } from "node:crypto"
import { AzureFailure, badHeader, missingHeader } from "../AzureFailure.ts"
import { empty } from "../Answer.ts"
import { requireHeader, tierIn, writtenHeaders } from "../attributes.ts"
import { placeOf } from "../blobs.ts"
import { checkLease } from "../leases.ts"
import type { Operation } from "../Operation.ts"
import { header } from "../rawRequest.ts"

const setBlobTier: Operation = {
  name: "SetBlobTier",
  method: "PUT",
  level: "blob",
  query: { comp: "tier" },
  headers: ["x-ms-access-tier", "x-ms-rehydrate-priority", "x-ms-lease-id"],
  needs: ["w"],
  run: ({ request, target, container, blob }) => {
    if (header(request, "x-ms-access-tier") === undefined) throw missingHeader("x-ms-access-tier")
    const tier = tierIn(request)
    const before = blob()
    const place = placeOf(container(), target.blob)
    checkLease(request, place)
    if (before.rehydratingTo !== undefined)
      throw new AzureFailure(
        409,
        "BlobBeingRehydrated",
        "This operation is not permitted because the blob is being rehydrated."
      )
    const leaves = before.tier === "Archive" && tier !== "Archive"
    place.current = { ...before, ...(leaves ? { rehydratingTo: tier } : { tier }) }
    return empty(leaves ? 202 : 200)
  }
}

const leaseBlob: Operation = {
  name: "LeaseBlob",
  method: "PUT",
  level: "blob",
  query: { comp: "lease" },
  headers: ["x-ms-lease-action", "x-ms-lease-id", "x-ms-lease-duration", "x-ms-proposed-lease-id"],
  needs: ["w"],
  run: ({ request, target, container, blob }) => {
    const leased = blob()
    const place = placeOf(container(), target.blob)
    const action = requireHeader(request, "x-ms-lease-action")
    if (action === "acquire") {
      if (place.lease !== undefined)
        throw new AzureFailure(409, "LeaseAlreadyPresent", "There is already a lease present.")
      place.lease = header(request, "x-ms-proposed-lease-id") ?? randomUUID()
      return empty(201, { ...writtenHeaders(leased), "x-ms-lease-id": place.lease })
    }
    if (action !== "release") throw badHeader("x-ms-lease-action", action)
    if (place.lease !== requireHeader(request, "x-ms-lease-id"))
      throw new AzureFailure(409, "LeaseIdMismatchWithLeaseOperation", "The lease ID specified did not match.")
    place.lease = undefined
    return empty(200, writtenHeaders(leased))
  }
}

export const tierAndLeaseOperations = [setBlobTier, leaseBlob]
