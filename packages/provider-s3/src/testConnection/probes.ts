/**
 * How the connection test reads an object, and puts and removes one.
 */
import type { Reading, Writing } from "@mooring/core/connectionTest/probes"
import * as Effect from "effect/Effect"
import { digestHeaders } from "../api/digest.ts"
import type { S3Client } from "../api/S3Client.ts"
import { targetOf } from "../keys.ts"
import { read } from "../read.ts"
import { deleteObject, putObject } from "../S3Api.ts"
import type { S3Settings } from "../S3Settings.ts"

/** Storage classes of which no object can be read at once: https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html */
const archives: ReadonlyArray<string> = ["GLACIER", "DEEP_ARCHIVE"]

export const readingOf = (client: S3Client, { gzip }: S3Settings): Reading => ({
  read: read(client),
  isArchived: ({ tier = "" }) => archives.includes(tier),
  // What is decompressed has no ranges.
  ...(gzip.decompress && { options: {} })
})

/** The version of the object is removed with it, where versions are kept. */
export const writingOf = (client: S3Client, settings: S3Settings): Writing => ({
  ...(settings.versionAt !== undefined && {
    refused: "leave version_at out: nothing can be written in the past"
  }),
  put: Effect.fnUntraced(function* (path, bytes) {
    const target = yield* targetOf(settings, path)
    const headers = yield* client.repeated(putObject(client, target, bytes, yield* digestHeaders(settings, bytes)))
    return client.repeated(deleteObject(client, target, headers["x-amz-version-id"]))
  }),
  remover: "a key that may remove objects",
  pointer: "#/access_key_id"
})
