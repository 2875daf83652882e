/**
 * The remote calls on one blob, each a single attempt.
 */
import type { Headers, RequestBody } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import { snapshotHeaders, tierHeaders } from "../headers.ts"
import type { StateTarget, Target } from "../keys.ts"
import type { BlobClient } from "./BlobClient.ts"

const nothing = new Uint8Array()

/** Get Blob Properties: the headers of a blob. */
export const headBlob = (client: BlobClient, target: StateTarget, headers: Headers = {}) =>
  Effect.scoped(Effect.map(client.send({ method: "HEAD", ...target, headers }), (answer) => answer.headers))

/** Get Blob: the answer lives in the Scope. What is stored as gzip comes as it is. */
export const getBlob = (client: BlobClient, target: StateTarget, headers: Headers) =>
  client.send({ method: "GET", ...target, headers: { "accept-encoding": "gzip", ...headers } })

/** Put Blob: the headers of the answer. */
export const putBlob = Effect.fnUntraced(function* (
  client: BlobClient,
  target: Target,
  body: RequestBody,
  headers: Headers
) {
  const kind = { "x-ms-blob-type": "BlockBlob", ...tierHeaders(yield* client.settings) }
  return (yield* client.send({ method: "PUT", ...target, body, headers: { ...kind, ...headers } })).headers
}, Effect.scoped)

/** Delete Blob; with its snapshots, or only these, where the settings say so. */
export const deleteBlob = Effect.fnUntraced(function* (client: BlobClient, target: Target, headers: Headers = {}) {
  const snapshots = snapshotHeaders(yield* client.settings)
  yield* client.send({ method: "DELETE", ...target, headers: { ...snapshots, ...headers } })
}, Effect.scoped)

/** Delete Blob of one version or snapshot. */
export const deleteState = (client: BlobClient, target: StateTarget) =>
  Effect.scoped(Effect.asVoid(client.send({ method: "DELETE", ...target })))

/** Copy Blob: the headers of the answer, which say whether the copy is done. */
export const copyBlob = (client: BlobClient, to: Target, headers: Headers) =>
  Effect.scoped(Effect.map(client.send({ method: "PUT", ...to, headers, body: nothing }), (answer) => answer.headers))

/** Abort Copy Blob. */
export const abortCopy = (client: BlobClient, to: Target, copyId: string) =>
  Effect.scoped(
    Effect.asVoid(
      client.send({
        method: "PUT",
        ...to,
        query: { comp: "copy", copyid: copyId },
        headers: { "x-ms-copy-action": "abort" },
        body: nothing
      })
    )
  )

/** Set Blob Metadata: all of it. */
export const setMetadata = (client: BlobClient, target: Target, headers: Headers) =>
  Effect.scoped(
    Effect.asVoid(client.send({ method: "PUT", ...target, query: { comp: "metadata" }, headers, body: nothing }))
  )

/** Set Blob Tier. */
export const setBlobTier = (client: BlobClient, target: Target, tier: string) =>
  Effect.scoped(
    Effect.asVoid(
      client.send({
        method: "PUT",
        ...target,
        query: { comp: "tier" },
        headers: { "x-ms-access-tier": tier },
        body: nothing
      })
    )
  )
