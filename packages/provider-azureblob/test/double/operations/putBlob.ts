/**
 * Put Blob, Set Blob Metadata and Snapshot Blob.
 *
 * Source: https://learn.microsoft.com/rest/api/storageservices/put-blob
 */
import { badHeader } from "../AzureFailure.ts"
import { empty } from "../Answer.ts"
import {
  attributeHeaders,
  attributesIn,
  metadataIn,
  requireHeader,
  requireLength,
  verifyMd5,
  writtenHeaders
} from "../attributes.ts"
import { newStateTime, placeOf, putState, requireOnline } from "../blobs.ts"
import { checkReading, checkWriting } from "../conditions.ts"
import { checkLease, checkPending } from "../leases.ts"
import type { Operation } from "../Operation.ts"

const putBlob: Operation = {
  name: "PutBlob",
  method: "PUT",
  level: "blob",
  query: {},
  headers: ["x-ms-blob-type", "x-ms-lease-id", ...attributeHeaders],
  needs: ["w", "c"],
  run: ({ request, target, container, setup, now }) => {
    const into = container()
    requireLength(request)
    const type = requireHeader(request, "x-ms-blob-type")
    if (type !== "BlockBlob") throw badHeader("x-ms-blob-type", type)
    const attributes = attributesIn(request, verifyMd5(request))
    const place = placeOf(into, target.blob)
    checkLease(request, place)
    checkPending(place)
    checkWriting(request, place.current)
    if (place.current !== undefined) requireOnline(place.current)
    place.staged = new Map()
    const blob = putState(place, now, setup.versioning, { ...attributes, body: request.body, blocks: [] })
    return empty(201, { ...writtenHeaders(blob), "content-md5": attributes.system["content-md5"] ?? "" })
  }
}

/** Source: https://learn.microsoft.com/rest/api/storageservices/set-blob-metadata */
const setBlobMetadata: Operation = {
  name: "SetBlobMetadata",
  method: "PUT",
  level: "blob",
  query: { comp: "metadata" },
  headers: ["x-ms-meta-*", "x-ms-lease-id"],
  needs: ["w"],
  run: ({ request, target, container, blob, setup, now }) => {
    const before = blob()
    const place = placeOf(container(), target.blob)
    checkLease(request, place)
    checkReading(request, before)
    const { etag: _, lastModified: __, versionId: ___, ...kept } = before
    const after = putState(place, now, setup.versioning, { ...kept, metadata: metadataIn(request) })
    return empty(200, writtenHeaders(after))
  }
}

/** Source: https://learn.microsoft.com/rest/api/storageservices/snapshot-blob */
const snapshotBlob: Operation = {
  name: "SnapshotBlob",
  method: "PUT",
  level: "blob",
  query: { comp: "snapshot" },
  headers: ["x-ms-meta-*", "x-ms-lease-id"],
  needs: ["w", "c"],
  run: ({ target, container, blob, now }) => {
    const before = blob()
    const snapshot = newStateTime(now)
    const { versionId: _, ...kept } = before
    placeOf(container(), target.blob).snapshots.push({ ...kept, snapshot })
    return empty(201, { ...writtenHeaders(before), "x-ms-snapshot": snapshot })
  }
}

export const writingOperations = [putBlob, setBlobMetadata, snapshotBlob]
