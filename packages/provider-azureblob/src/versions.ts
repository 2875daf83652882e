/**
 * The states of a blob that the account keeps: versions, which it makes by itself where it is set up so, and snapshots,
 * which others made. Both are times, and are listed together.
 *
 * Azure keeps no marker of a deletion. Where there are versions and no blob, or a blob that is only kept to be restored,
 * one is shown on top: it is the deletion.
 */
import { StorageError, type ObjectStore, type Path, type Version } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import type { BlobClient } from "./api/BlobClient.ts"
import { deleteBlob, deleteState, headBlob } from "./api/blobs.ts"
import { infoOf } from "./headers.ts"
import { targetOf, type Target } from "./keys.ts"
import { listStates, orNoState, stateCondition, stateId, stateOf } from "./states.ts"
import type { ListedBlob } from "./wire.ts"

/** The id of a deletion. */
const deletion = "deleted"

/** When a version or snapshot was made, as the service writes it: the order of such texts is that of the times. */
const timeOf = ({ snapshot, versionId }: ListedBlob): string => snapshot ?? versionId ?? ""

const isBlob = ({ snapshot, versionId, current }: ListedBlob): boolean =>
  current || (snapshot === undefined && versionId === undefined)

interface States {
  /** The blob as it is, deleted or not; undefined if there is none. */
  readonly blob: ListedBlob | undefined
  /** The newest that are older than what was asked for, the newest first. */
  readonly older: ReadonlyArray<ListedBlob>
}

/**
 * The blob, and at most so many of its states from before a time. The service lists the oldest first, so all are looked
 * at and few are kept.
 */
const statesOf = Effect.fnUntraced(function* (client: BlobClient, target: Target, count: number, before?: string) {
  const { listChunk } = yield* client.settings
  const request = { prefix: target.name, maxResults: listChunk, include: ["snapshots", "deleted"] as const }
  let found: States = { blob: undefined, older: [] }
  let marker: string | undefined
  do {
    const listing: Effect.Success<ReturnType<typeof listStates>> = yield* client.repeated(
      listStates(client, target.container, { ...request, marker })
    )
    const own = listing.blobs.filter(({ name }) => name === target.name)
    const kept = own.filter(
      (state) => !isBlob(state) && !state.deleted && (before === undefined || timeOf(state) < before)
    )
    const older = [...found.older, ...kept].toSorted((left, right) => (timeOf(left) < timeOf(right) ? 1 : -1))
    // One that was deleted may be kept beside one that is there.
    const blob = own.find((state) => isBlob(state) && !state.deleted) ?? found.blob ?? own.find(isBlob)
    found = { blob, older: older.slice(0, count) }
    // Names that only begin like this one come behind it.
    marker = own.length === listing.blobs.length ? listing.marker : undefined
  } while (marker !== undefined)
  return found
})

/** The state on top: the blob as it is, or its deletion. */
const onTop = (path: Path, { blob, older }: States): ReadonlyArray<Version> => {
  if (blob?.deleted === false) return [{ id: stateId(blob), current: true, deleted: false, info: infoOf(path, blob) }]
  return blob === undefined && older.length === 0
    ? []
    : [{ id: deletion, current: true, deleted: true, info: { kind: "object", path } }]
}

export const versions = (client: BlobClient): NonNullable<ObjectStore["versions"]> =>
  Effect.fnUntraced(function* (path, { cursor } = {}) {
    const settings = yield* client.settings
    const count = settings.listChunk
    const found = yield* statesOf(client, yield* targetOf(settings, path), count, cursor)
    const last = found.older[count - 1]
    return {
      versions: [
        ...(cursor === undefined ? onTop(path, found) : []),
        ...found.older.map((state): Version => ({
          id: stateId(state),
          current: false,
          deleted: false,
          info: infoOf(path, state)
        }))
      ],
      ...(last !== undefined && { cursor: timeOf(last) })
    }
  })

/** The ETag of the blob if it is this version. */
const etagIfCurrent = Effect.fnUntraced(function* (client: BlobClient, target: Target, versionId: string | undefined) {
  if (versionId === undefined) return undefined
  const found = yield* Effect.catchIf(
    client.repeated(headBlob(client, target)),
    ({ reason }) => reason._tag === "not_found",
    () => Effect.undefined
  )
  return found?.["x-ms-version-id"] === versionId ? found["etag"] : undefined
})

export const removeVersion = (client: BlobClient): NonNullable<ObjectStore["removeVersion"]> =>
  Effect.fnUntraced(function* (path, version) {
    const target = yield* targetOf(yield* client.settings, path)
    if (version === deletion) {
      return yield* StorageError.of("unsupported", "Azure keeps nothing of a deletion that could be removed")
    }
    const state = yield* stateOf(target, version)
    if (state.etag !== undefined) {
      return yield* orNoState(state, client.once(deleteBlob(client, target, stateCondition(state))))
    }
    const etag = yield* etagIfCurrent(client, target, state.target.query?.versionid)
    // Azure does not delete a version that is the blob, so it is made one that was.
    if (etag !== undefined) yield* client.once(deleteBlob(client, target, { "if-match": etag }))
    yield* orNoState(state, client.repeated(deleteState(client, state.target)))
  }, orGone)
