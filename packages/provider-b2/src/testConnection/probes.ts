/**
 * How the connection test reads an object, and puts and removes one.
 */
import { StorageError } from "@mooring/core"
import type { Reading, Writing } from "@mooring/core/connectionTest/probes"
import * as Effect from "effect/Effect"
import type { B2Client } from "../api/B2Client.ts"
import { requirePrefix } from "../api/capabilities.ts"
import { deleteFileVersion, hideFile, uploadFile } from "../B2Api.ts"
import type { B2Settings } from "../B2Settings.ts"
import { bucketIdOf } from "../bucketIds.ts"
import { automaticType } from "../info.ts"
import { targetOf } from "../keys.ts"
import { sha1Of } from "../largeFile.ts"
import { read } from "../read.ts"

/** What fails at another address than the service's own says so, unless it is a refusal of B2. */
const blameDownloads = (error: StorageError): StorageError =>
  error.reason.providerCode === undefined
    ? StorageError.with(error, {
        pointer: "#/download_url",
        suggestion: "an address at which a network before the service answers with the files of this account, or none"
      })
    : error

export const readingOf = (client: B2Client, { downloadUrl }: B2Settings): Reading => ({
  read: (path, options) => {
    const reading = read(client)(path, options)
    return downloadUrl === undefined ? reading : Effect.mapError(reading, blameDownloads)
  }
})

/**
 * Put for a moment and removed for good. A key that may only write can hide it, which is what removing without
 * `hard_delete` is.
 */
export const writingOf = (client: B2Client, settings: B2Settings): Writing => ({
  ...(settings.versionAt !== undefined && {
    refused: "leave version_at out: nothing can be written in the past"
  }),
  put: Effect.fnUntraced(function* (path, body) {
    const target = yield* targetOf(settings, path)
    yield* requirePrefix(yield* client.authorized, target.key)
    const bucketId = yield* bucketIdOf(client, target.bucket)
    const file = { fileName: target.key, contentType: automaticType, fileInfo: {}, sha1: yield* sha1Of(body), body }
    const { fileId } = yield* client.repeated(uploadFile(client, bucketId, file))
    const removed = client.repeated(deleteFileVersion(client, target.key, fileId ?? ""))
    return settings.hardDelete
      ? removed
      : Effect.catchIf(
          removed,
          ({ reason }) => reason._tag === "permission_denied",
          () => client.repeated(hideFile(client, bucketId, target.key))
        )
  }),
  remover: "a key with the capability deleteFiles"
})
