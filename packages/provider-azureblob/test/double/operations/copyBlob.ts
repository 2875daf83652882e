/**
 * Copy Blob and Abort Copy Blob, within the account.
 *
 * Sources: https://learn.microsoft.com/rest/api/storageservices/copy-blob and
 * https://learn.microsoft.com/rest/api/storageservices/abort-copy-blob
 */
import { randomUUID } from "node:crypto"
import { AzureFailure, badHeader } from "../AzureFailure.ts"
import { empty } from "../Answer.ts"
import { attributeHeaders, metadataIn, requireHeader, tierIn, writtenHeaders } from "../attributes.ts"
import { existingBlob, existingContainer, placeOf, putState, requireOnline } from "../blobs.ts"
import { checkSource, checkWriting } from "../conditions.ts"
import { checkLease, checkPending } from "../leases.ts"
import type { Call, Operation } from "../Operation.ts"
import { header, parameter, rawRequestOf } from "../rawRequest.ts"
import { requireRight } from "../Right.ts"
import { resolveTarget } from "../target.ts"

/** The source, which the caller must have a right to: a signature goes in its address. */
const sourceOf = ({ request, containers, right, rightOf }: Call) => {
  const text = requireHeader(request, "x-ms-copy-source")
  const url = URL.parse(text)
  if (url === null) throw badHeader("x-ms-copy-source", text)
  const source = rawRequestOf("GET", text.slice(url.origin.length), [], Buffer.alloc(0))
  const target = resolveTarget(source.path)
  const own = right.kind === "sas" ? rightOf(source) : right
  const container = existingContainer(containers, target.container)
  requireRight(own, target, { needs: ["r"] }, container.publicAccess !== "")
  const state = { versionId: parameter(source, "versionid"), snapshot: parameter(source, "snapshot") }
  const blob = existingBlob(container, target.blob, state)
  checkSource(request, blob)
  requireOnline(blob)
  return { blob, text: text.split("?")[0]! }
}

const copyBlob: Operation = {
  name: "CopyBlob",
  method: "PUT",
  level: "blob",
  query: {},
  requiresHeader: "x-ms-copy-source",
  headers: ["x-ms-source-if-match", "x-ms-lease-id", ...attributeHeaders],
  needs: ["w", "c"],
  run: (call) => {
    const { request, target, container, setup, now } = call
    const into = container()
    const source = sourceOf(call)
    const place = placeOf(into, target.blob)
    checkLease(request, place)
    checkPending(place)
    checkWriting(request, place.current)
    const metadata = metadataIn(request)
    const { contentType, system } = source.blob
    const attributes = {
      contentType,
      system,
      metadata: Object.keys(metadata).length === 0 ? source.blob.metadata : metadata,
      tier: header(request, "x-ms-access-tier") === undefined ? "Hot" : tierIn(request)
    }
    const done = setup.copyLooks === 0
    const { body } = source.blob
    const status = done ? ("success" as const) : ("pending" as const)
    const copy = { id: randomUUID(), source: source.text, looks: setup.copyLooks, result: { body, attributes }, status }
    const blob = putState(place, now, setup.versioning, {
      ...attributes,
      body: done ? body : Buffer.alloc(0),
      blocks: done ? source.blob.blocks : [],
      copy
    })
    return empty(202, { ...writtenHeaders(blob), "x-ms-copy-id": copy.id, "x-ms-copy-status": status })
  }
}

const abortCopyBlob: Operation = {
  name: "AbortCopyBlob",
  method: "PUT",
  level: "blob",
  query: { comp: "copy" },
  permits: ["copyid"],
  requiresHeader: "x-ms-copy-action",
  headers: ["x-ms-lease-id"],
  needs: ["w"],
  run: ({ request, blob }) => {
    const { copy } = blob()
    if (header(request, "x-ms-copy-action") !== "abort")
      throw badHeader("x-ms-copy-action", header(request, "x-ms-copy-action") ?? "")
    if (copy?.status !== "pending")
      throw new AzureFailure(409, "NoPendingCopyOperation", "There is currently no pending copy operation.")
    if (copy.id !== parameter(request, "copyid"))
      throw new AzureFailure(409, "CopyIdMismatch", "The specified copy ID did not match the copy ID of the copy.")
    copy.status = "aborted"
    return empty(204)
  }
}

export const copyOperations = [copyBlob, abortCopyBlob]
