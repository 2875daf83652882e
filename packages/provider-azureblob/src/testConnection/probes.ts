/**
 * How the connection test reads an object, and puts and removes one.
 */
import type { Reading, Writing } from "@mooring/core/connectionTest/probes"
import * as Effect from "effect/Effect"
import { deleteBlob, deleteState, putBlob } from "../api/blobs.ts"
import type { BlobClient } from "../api/BlobClient.ts"
import { md5Header } from "../api/md5Header.ts"
import type { AzureBlobSettings } from "../AzureBlobSettings.ts"
import { targetOf } from "../keys.ts"
import { read } from "../read.ts"

export const readingOf = (client: BlobClient): Reading => ({
  read: read(client),
  isArchived: ({ tier }) => tier === "Archive"
})

/** In the usual tier: a blob that is archived at once could not be removed without a fee. */
export const writingOf = (client: BlobClient, settings: AzureBlobSettings): Writing => ({
  put: Effect.fnUntraced(function* (path, bytes) {
    const target = yield* targetOf(settings, path)
    const headers = { ...(yield* md5Header(bytes)), "x-ms-access-tier": "Hot" }
    const { "x-ms-version-id": versionid } = yield* client.repeated(putBlob(client, target, bytes, headers))
    const version = { ...target, query: { versionid } }
    // What is deleted stays as a version, where the account keeps them.
    return Effect.andThen(
      client.repeated(deleteBlob(client, target)),
      versionid === undefined ? Effect.void : client.repeated(deleteState(client, version))
    )
  }),
  remover: "a right to delete too"
})
