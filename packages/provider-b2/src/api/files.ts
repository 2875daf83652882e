/**
 * The remote calls on files and their listings, each a single attempt.
 */
import type { HttpRequest } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import type { FileTarget } from "../keys.ts"
import { Anything, DownloadAuthorization, FileList, FileVersion } from "../wire.ts"
import { placeAt } from "./address.ts"
import type { Authorization } from "./authorize.ts"
import type { B2Client } from "./B2Client.ts"
import { escapeName } from "./names.ts"

/** One page of the names that begin with a prefix, those with a delimiter behind it as one. */
export interface ListRequest {
  readonly prefix: string
  readonly maxFileCount: number
  readonly delimiter?: string | undefined
  readonly startFileName?: string | undefined
  /** Of versions only. */
  readonly startFileId?: string | undefined
}

/** b2_list_file_names: the files as they are now. */
export const listFileNames = (client: B2Client, bucketId: string, request: ListRequest) =>
  client.call("list_file_names", "listFiles", { bucketId, ...request }, FileList)

/** b2_list_file_versions: every version, by name and the newest first. */
export const listFileVersions = (client: B2Client, bucketId: string, request: ListRequest) =>
  client.call("list_file_versions", "listFiles", { bucketId, ...request }, FileList)

/** The path of a file below a download address. */
export const filePath = ({ bucket, key }: FileTarget): string => `/file/${escapeName(bucket)}/${escapeName(key)}`

/** Where a file, or one version of it, is downloaded from. A version has no address on a network before the service. */
const downloadPlace = (target: FileTarget, { downloadUrl, version }: Authorization, other: string | undefined) =>
  target.fileId === undefined
    ? placeAt(other ?? downloadUrl, filePath(target))
    : placeAt(downloadUrl, `/b2api/v${version}/b2_download_file_by_id?fileId=${encodeURIComponent(target.fileId)}`)

const download = Effect.fnUntraced(function* (
  client: B2Client,
  target: FileTarget,
  request: Pick<HttpRequest, "method" | "headers">
) {
  const { downloadUrl } = yield* client.settings
  return yield* client.send("readFiles", (authorization) => ({
    ...downloadPlace(target, authorization, downloadUrl),
    ...request
  }))
})

/** b2_download_file_by_name or by id: the answer lives in the Scope. */
export const downloadFile = (client: B2Client, target: FileTarget, range?: string) =>
  download(client, target, { method: "GET", ...(range !== undefined && { headers: { range } }) })

/** The headers of a download without its bytes. */
export const headFile = (client: B2Client, target: FileTarget) =>
  Effect.scoped(Effect.map(download(client, target, { method: "HEAD" }), ({ headers }) => headers))

/** b2_get_file_info: all that is stored with a version. */
export const getFileInfo = (client: B2Client, fileId: string) =>
  client.call("get_file_info", "readFiles", { fileId }, FileVersion)

/** b2_hide_file: from now on the name is not there, and its versions are. */
export const hideFile = (client: B2Client, bucketId: string, fileName: string) =>
  client.call("hide_file", "writeFiles", { bucketId, fileName }, Anything)

/** b2_delete_file_version: for good. */
export const deleteFileVersion = (client: B2Client, fileName: string, fileId: string) =>
  client.call("delete_file_version", "deleteFiles", { fileName, fileId }, Anything)

/** What a copy has besides its bytes, where that is not what its source has. */
export interface NewInfo {
  readonly contentType: string
  readonly fileInfo: Readonly<Record<string, string>>
}

/** b2_copy_file, of at most 5 GB. */
export const copyFile = (
  client: B2Client,
  sourceFileId: string,
  to: { readonly bucketId: string; readonly fileName: string },
  changed?: NewInfo
) =>
  client.call(
    "copy_file",
    "writeFiles",
    {
      sourceFileId,
      destinationBucketId: to.bucketId,
      fileName: to.fileName,
      metadataDirective: changed === undefined ? "COPY" : "REPLACE",
      ...changed
    },
    FileVersion
  )

/** b2_get_download_authorization: a token for names that begin so, for so many seconds. */
export const getDownloadAuthorization = (
  client: B2Client,
  bucketId: string,
  fileNamePrefix: string,
  validDurationInSeconds: number
) =>
  client.call(
    "get_download_authorization",
    "shareFiles",
    { bucketId, fileNamePrefix, validDurationInSeconds },
    DownloadAuthorization
  )
