/**
 * States of a blob and their ids: the query by which the service is asked for a version or a snapshot. A blob of an
 * account without versions is the state of its ETag.
 *
 * Source: https://learn.microsoft.com/azure/storage/blobs/versioning-overview
 */
import { StorageError } from "@mooring/core"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import type { BlobClient } from "./api/BlobClient.ts"
import { listBlobs, type ListRequest } from "./api/containers.ts"
import { conditionHeaders, validatorOf } from "./headers.ts"
import type { StateTarget, Target } from "./keys.ts"
import type { ListedBlob } from "./wire.ts"

/** How a state is asked for: where, and on which condition. */
export interface StateRequest {
  readonly target: StateTarget
  /** The ETag that the blob must still have; versions and snapshots do not change. */
  readonly etag?: string
}

const nothing = StorageError.of("not_found", "there is no such version")

/** The id of a listed state. */
export const stateId = ({ snapshot, versionId, etag }: ListedBlob): string => {
  if (snapshot !== undefined) return `snapshot=${snapshot}`
  return versionId === undefined ? `etag=${validatorOf(etag) ?? ""}` : `versionid=${versionId}`
}

/** The state of an id. Fails with `not_found` for ids that are of no state that has bytes. */
export const stateOf = (target: Target, id: string): Effect.Effect<StateRequest, StorageError> => {
  const [, kind = "", value = ""] = /^(versionid|snapshot|etag)=(.+)$/.exec(id) ?? []
  if (value === "") return Effect.fail(nothing)
  return Effect.succeed(kind === "etag" ? { target, etag: value } : { target: { ...target, query: { [kind]: value } } })
}

/** The header of the condition under which a request is of that state, where it has one. */
export const stateCondition = ({ etag }: StateRequest): Headers =>
  conditionHeaders(etag === undefined ? {} : { ifMatch: etag })

/** A state is gone where its ETag is another by now, or where the service does not take its id for one. */
export const orNoState = <A, R>(
  { etag }: StateRequest,
  effect: Effect.Effect<A, StorageError, R>
): Effect.Effect<A, StorageError, R> =>
  Effect.mapError(effect, (error) => {
    const { _tag: code, status } = error.reason
    return (etag === undefined ? status === 400 : code === "precondition_failed") ? nothing : error
  })

/**
 * One attempt to list blobs with these states of them. Accounts with hierarchical namespaces have no versions, and may
 * refuse to list them: the others are listed then.
 */
export const listStates = (
  client: BlobClient,
  container: string,
  { include = [], ...request }: ListRequest
): ReturnType<typeof listBlobs> =>
  Effect.catchIf(
    listBlobs(client, container, { ...request, include: [...include, "versions"] }),
    ({ reason }) => reason._tag === "unsupported",
    () => listBlobs(client, container, { ...request, include })
  )
