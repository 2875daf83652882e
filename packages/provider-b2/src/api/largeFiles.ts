/**
 * The remote calls of files that go up in parts, each a single attempt.
 *
 * Source: https://www.backblaze.com/docs/cloud-storage-large-files
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Anything, FileList, FileVersion, NewFile, PartList } from "../wire.ts"
import type { B2Client } from "./B2Client.ts"
import type { NewInfo } from "./files.ts"

/** b2_start_large_file: the id of the file. */
export const startLargeFile = (client: B2Client, bucketId: string, fileName: string, info: NewInfo) =>
  Effect.map(
    client.call("start_large_file", "writeFiles", { bucketId, fileName, ...info }, NewFile),
    ({ fileId }) => fileId
  )

/** b2_copy_part of bytes `start` to `end` inclusive: the SHA-1 of the part. */
export const copyPart = (
  client: B2Client,
  sourceFileId: string,
  largeFileId: string,
  part: { readonly number: number; readonly start: number; readonly end: number }
) =>
  Effect.map(
    client.call(
      "copy_part",
      "writeFiles",
      { sourceFileId, largeFileId, partNumber: part.number, range: `bytes=${part.start}-${part.end}` },
      Schema.Struct({ contentSha1: Schema.String })
    ),
    ({ contentSha1 }) => contentSha1
  )

/** b2_finish_large_file: the parts by their SHA-1, the first first. */
export const finishLargeFile = (client: B2Client, fileId: string, partSha1Array: ReadonlyArray<string>) =>
  client.call("finish_large_file", "writeFiles", { fileId, partSha1Array }, FileVersion)

/** b2_cancel_large_file. */
export const cancelLargeFile = (client: B2Client, fileId: string) =>
  client.call("cancel_large_file", "writeFiles", { fileId }, Anything)

/** b2_list_parts: one page, from this number on. */
export const listParts = (client: B2Client, fileId: string, startPartNumber: number) =>
  client.call("list_parts", "writeFiles", { fileId, startPartNumber, maxPartCount: 1000 }, PartList)

/** b2_list_unfinished_large_files: one page of those of a bucket. */
export const listUnfinished = (client: B2Client, bucketId: string, namePrefix: string, startFileId?: string) =>
  client.call(
    "list_unfinished_large_files",
    "listFiles",
    {
      bucketId,
      maxFileCount: 100,
      ...(namePrefix !== "" && { namePrefix }),
      ...(startFileId !== undefined && { startFileId })
    },
    FileList
  )
