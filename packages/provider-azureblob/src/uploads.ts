/**
 * Uploads in blocks that were begun and never ended: places of which there are only blocks. A place that has a blob and
 * new blocks too is listed as the blob it is, so such an upload is not shown.
 */
import { StorageError, type ObjectStore, type PendingUpload } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import { headBlob } from "./api/blobs.ts"
import type { BlobClient } from "./api/BlobClient.ts"
import { listBlobs } from "./api/containers.ts"
import { containerOf, segmentsOf, targetOf, type Target } from "./keys.ts"
import { discardStaged } from "./staged.ts"

/** The id of all uploads: a place has one list of blocks, whoever staged them. */
const everyUpload = "blocks"

const isAbsent = (client: BlobClient, target: Target): Effect.Effect<boolean, StorageError> =>
  Effect.catch(Effect.as(client.repeated(headBlob(client, target)), false), (error) =>
    error.reason._tag === "not_found" ? Effect.succeed(true) : Effect.fail(error)
  )

export const listUploads = (client: BlobClient): NonNullable<ObjectStore["listUploads"]> =>
  Effect.fnUntraced(function* (path, { cursor } = {}) {
    const settings = yield* client.settings
    const container = yield* containerOf(settings, path)
    const request = { prefix: "", maxResults: settings.listChunk, marker: cursor }
    const { blobs, marker } = yield* client.repeated(
      listBlobs(client, container, { ...request, include: ["uncommittedblobs"] })
    )
    // What is only staged looks like a blob without bytes but has no properties of its own.
    const empty = blobs.filter(({ size = 0, md5 }) => size === 0 && md5 === undefined)
    const staged = yield* Effect.filter(empty, ({ name }) => isAbsent(client, { container, name }), { concurrency: 8 })
    const uploads = staged.flatMap(({ name }): ReadonlyArray<PendingUpload> => {
      const segments = segmentsOf(settings, name)
      return segments === undefined ? [] : [{ path: [container, ...segments], id: everyUpload }]
    })
    return { uploads, ...(marker !== undefined && { cursor: marker }) }
  })

export const abortUpload = (client: BlobClient): NonNullable<ObjectStore["abortUpload"]> =>
  Effect.fnUntraced(function* ({ path, id }) {
    if (id !== everyUpload) return yield* StorageError.of("not_found", "there is no such upload")
    yield* discardStaged(client, yield* targetOf(yield* client.settings, path))
  }, orGone)
