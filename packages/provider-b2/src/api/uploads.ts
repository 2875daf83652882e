/**
 * Uploads of whole files and of parts, each a single attempt with an upload URL of its own for the time it takes.
 *
 * Source: https://www.backblaze.com/apidocs/b2-upload-file, https://www.backblaze.com/apidocs/b2-upload-part
 */
import { StorageError } from "@mooring/core"
import type { Headers, RequestBody } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { documentOf, FileVersion, UploadUrl, Anything } from "../wire.ts"
import { placeAt, trusted } from "./address.ts"
import type { B2Client } from "./B2Client.ts"
import { escapeName } from "./names.ts"
import type { UploadTarget } from "./UploadUrls.ts"

/** A file whose bytes are sent. `sha1` is hex, or `hex_digits_at_end` where the body ends with it. */
export interface NewFileUpload {
  readonly fileName: string
  readonly contentType: string
  readonly fileInfo: Readonly<Record<string, string>>
  readonly sha1: string
  readonly body: RequestBody
}

/** What asks for a URL, and whether one that was used before will do. */
interface Purpose {
  readonly name: "get_upload_url" | "get_upload_part_url"
  readonly body: Readonly<Record<string, string>>
  readonly id: string
  readonly fresh: boolean
}

const targetFor = Effect.fnUntraced(function* (client: B2Client, { name, body, id, fresh }: Purpose) {
  const from = yield* client.authorization
  const free = fresh ? undefined : client.uploadUrls.take(from, id)
  if (free !== undefined) return free
  const { endpoint } = yield* client.settings
  const { uploadUrl, authorizationToken } = yield* client.call(name, "writeFiles", body, UploadUrl)
  const url = yield* trusted(uploadUrl, endpoint)
  return { url, token: Redacted.make(authorizationToken), from } satisfies UploadTarget
})

/** A token of an upload URL that is refused is not that of the account: another URL may do. */
const anotherUrl = (error: StorageError): StorageError =>
  error.reason.status === 401 ? StorageError.with(error, { retryable: true }) : error

/** Sends to a URL, which is kept only if that went well. */
const uploadTo = Effect.fnUntraced(function* (client: B2Client, purpose: Purpose, headers: Headers, body: RequestBody) {
  const target = yield* targetFor(client, purpose)
  const request = { ...placeAt(target.url), method: "POST" as const, body }
  const authorized = { ...headers, authorization: Redacted.value(target.token) }
  const response = yield* Effect.mapError(client.exchange({ ...request, headers: authorized }), anotherUrl)
  return { response, keep: () => client.uploadUrls.giveBack(purpose.id, target) }
})

/** b2_upload_file: the stored version. `fresh` wants a URL that was never used, for a body that exists once. */
export const uploadFile = Effect.fnUntraced(function* (
  client: B2Client,
  bucketId: string,
  { fileName, contentType, fileInfo, sha1, body }: NewFileUpload,
  fresh = false
) {
  const info = Object.entries(fileInfo).map(([name, value]) => [`x-bz-info-${name}`, escapeName(value)] as const)
  const headers = {
    "x-bz-file-name": escapeName(fileName),
    "content-type": contentType,
    "x-bz-content-sha1": sha1,
    ...Object.fromEntries(info)
  }
  const purpose: Purpose = { name: "get_upload_url", body: { bucketId }, id: bucketId, fresh }
  const { response, keep } = yield* uploadTo(client, purpose, headers, body)
  const stored = yield* documentOf(response, FileVersion)
  keep()
  return stored
}, Effect.scoped)

/** b2_upload_part. The service verifies the SHA-1. */
export const uploadPart = Effect.fnUntraced(function* (
  client: B2Client,
  fileId: string,
  part: { readonly number: number; readonly body: Uint8Array; readonly sha1: string }
) {
  const headers = { "x-bz-part-number": String(part.number), "x-bz-content-sha1": part.sha1 }
  const purpose: Purpose = { name: "get_upload_part_url", body: { fileId }, id: fileId, fresh: false }
  const { response, keep } = yield* uploadTo(client, purpose, headers, part.body)
  yield* documentOf(response, Anything)
  keep()
}, Effect.scoped)
