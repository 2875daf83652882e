/**
 * Delete Blob and Undelete Blob.
 *
 * Sources: https://learn.microsoft.com/rest/api/storageservices/delete-blob and
 * https://learn.microsoft.com/rest/api/storageservices/undelete-blob
 */
import { AzureFailure, badHeader, badQuery } from "../AzureFailure.ts"
import { empty } from "../Answer.ts"
import { blobNotFound, type Blob, type Place } from "../blobs.ts"
import { checkReading } from "../conditions.ts"
import { checkLease } from "../leases.ts"
import type { Call, Operation } from "../Operation.ts"
import { header, parameter } from "../rawRequest.ts"

/** Takes states out; they are kept for a while where the account is set up so. */
const discard = ({ setup, now }: Call, place: Place, from: Array<Blob>, gone: ReadonlyArray<Blob>): void => {
  for (const blob of gone) from.splice(from.indexOf(blob), 1)
  if (setup.softDelete) place.deleted.push(...gone.map((blob) => ({ ...blob, deleted: now })))
}

const deleteState = (call: Call, place: Place): void => {
  const blob = call.blob()
  if (blob === place.current)
    throw new AzureFailure(403, "OperationNotAllowedOnRootBlob", "This operation is not allowed on root blob.")
  if (header(call.request, "x-ms-delete-snapshots") !== undefined)
    throw badQuery("snapshot", parameter(call.request, "snapshot") ?? "")
  discard(call, place, blob.snapshot === undefined ? place.versions : place.snapshots, [blob])
}

const deleteCurrent = (call: Call, place: Place): void => {
  const { request, setup } = call
  const blob = call.blob()
  checkLease(request, place)
  checkReading(request, blob)
  const snapshots = header(request, "x-ms-delete-snapshots")
  if (snapshots !== undefined && snapshots !== "include" && snapshots !== "only")
    throw badHeader("x-ms-delete-snapshots", snapshots)
  if (snapshots === undefined && place.snapshots.length > 0)
    throw new AzureFailure(409, "SnapshotsPresent", "This operation is not permitted because the blob has snapshots.")
  discard(call, place, place.snapshots, [...place.snapshots])
  if (snapshots === "only") return
  place.current = undefined
  place.lease = undefined
  if (blob.versionId !== undefined) place.versions.push(blob)
  else if (setup.softDelete) place.deleted.push({ ...blob, deleted: call.now })
}

const deleteBlob: Operation = {
  name: "DeleteBlob",
  method: "DELETE",
  level: "blob",
  query: {},
  permits: ["snapshot", "versionid"],
  headers: ["x-ms-delete-snapshots", "x-ms-lease-id"],
  needs: ["d"],
  run: (call) => {
    const { request, container, target, right } = call
    const place = container().places.get(target.blob)
    if (place === undefined) throw blobNotFound()
    const version = parameter(request, "versionid")
    if (version !== undefined && right.kind === "sas" && !right.permissions.includes("x"))
      throw new AzureFailure(403, "AuthorizationPermissionMismatch", "This request is not authorized.")
    if (version !== undefined || parameter(request, "snapshot") !== undefined) deleteState(call, place)
    else deleteCurrent(call, place)
    return empty(202)
  }
}

const undeleteBlob: Operation = {
  name: "UndeleteBlob",
  method: "PUT",
  level: "blob",
  query: { comp: "undelete" },
  needs: ["w"],
  run: ({ container, target }) => {
    const place = container().places.get(target.blob)
    if (place === undefined) throw blobNotFound()
    for (const { deleted: _, ...blob } of place.deleted.splice(0)) {
      if (blob.snapshot !== undefined) place.snapshots.push(blob)
      else if (blob.versionId !== undefined) place.versions.push(blob)
      else place.current ??= blob
    }
    return empty(200)
  }
}

export const deletingOperations = [deleteBlob, undeleteBlob]
