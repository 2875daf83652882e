/**
 * Many deletions in one call.
 *
 * Source: https://learn.microsoft.com/rest/api/storageservices/blob-batch
 */
import { authorisePart } from "@mooring/azure/Authority"
import { StorageError } from "@mooring/core"
import { collectBytes } from "@mooring/core/Transport"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { snapshotHeaders } from "../headers.ts"
import { newUploadId } from "../blockIds.ts"
import { pathOf } from "./address.ts"
import type { BlobClient } from "./BlobClient.ts"

/** The most deletions of one call. */
export const batchSize = 256

/** An answer longer than this is none: a part of it is a few lines. */
const maxBytes = 4 * 1024 * 1024

const crlf = "\r\n"

/** The body of a batch, with the path and headers of each deletion. */
const batchBody = (
  boundary: string,
  parts: ReadonlyArray<{ readonly path: string; readonly headers: Readonly<Record<string, string>> }>
): Uint8Array => {
  const texts = parts.map(({ path, headers }, index) => [
    `--${boundary}`,
    "content-type: application/http",
    "content-transfer-encoding: binary",
    `content-id: ${index}`,
    "",
    `DELETE ${path} HTTP/1.1`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    "",
    ""
  ])
  return Buffer.from([...texts.flat(), `--${boundary}--`, ""].join(crlf), "latin1")
}

/** The status of each part of an answer, by the number of the deletion. */
const statusesIn = (boundary: string, body: string): ReadonlyMap<number, number> =>
  new Map(
    body.split(`--${boundary}`).flatMap((part) => {
      const id = /^content-id: *(\d+)/im.exec(part)
      const status = /^HTTP\/1\.1 (\d{3})/m.exec(part)
      return id === null || status === null ? [] : [[Number(id[1]), Number(status[1])] as const]
    })
  )

/**
 * Blob Batch: deletes blobs of a container, at most `batchSize`. Yields the names of those that may still be there, in no
 * order: the service says why only where it is asked for each.
 */
export const deleteBlobs = Effect.fnUntraced(function* (
  client: BlobClient,
  container: string,
  names: ReadonlyArray<string>
) {
  const settings = yield* client.settings
  const authority = yield* client.session.get
  const time = yield* Clock.currentTimeMillis
  const parts = names.map((name) => {
    const headers = { ...snapshotHeaders(settings), "content-length": "0" }
    const path = pathOf(settings, { container, name })
    return authorisePart(authority, { method: "DELETE", path, headers }, time)
  })
  const boundary = `batch_${yield* newUploadId}`
  const response = yield* client.send({
    method: "POST",
    container,
    query: { restype: "container", comp: "batch" },
    headers: { "content-type": `multipart/mixed; boundary=${boundary}` },
    body: batchBody(boundary, parts)
  })
  const theirs = /boundary="?([^";]+)/.exec(response.headers["content-type"] ?? "")?.[1]
  if (theirs === undefined) return yield* StorageError.of("integrity_error", "the answer to a batch has no parts")
  const body = Buffer.from(yield* collectBytes(response.body, maxBytes)).toString("latin1")
  const statuses = statusesIn(theirs, body)
  return names.filter((_, index) => ![202, 404].includes(statuses.get(index) ?? 0))
}, Effect.scoped)
