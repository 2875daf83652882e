/**
 * Uploads: a body in one request, and sessions for bodies in pieces. Each call is a single attempt.
 *
 * Source: https://cloud.google.com/storage/docs/json_api/v1/objects/insert,
 * https://cloud.google.com/storage/docs/performing-resumable-uploads
 */
import { StorageError } from "@mooring/core"
import type { HttpResponse } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { randomUUID } from "node:crypto"
import type { NewResource } from "../info.ts"
import type { Target } from "../keys.ts"
import { documentOf, notAStore, ObjectResource } from "../wire.ts"
import { objectPlace, type Query } from "./address.ts"
import type { StorageClient } from "./StorageClient.ts"

/** What is said of bytes whose type nobody knows. */
const anyType = "application/octet-stream"

/** Objects: insert, resource and bytes in one request. The bytes are not copied to be put between the others. */
export const insertObject = Effect.fnUntraced(function* (
  client: StorageClient,
  { bucket, name }: Target,
  resource: NewResource,
  bytes: Uint8Array,
  query: Query
) {
  const boundary = yield* Effect.sync(() => randomUUID())
  const { contentType = anyType } = resource
  const head = Buffer.from(
    `--${boundary}\r\ncontent-type: application/json; charset=UTF-8\r\n\r\n${JSON.stringify({ name, ...resource })}\r\n` +
      `--${boundary}\r\ncontent-type: ${contentType}\r\n\r\n`
  )
  const tail = Buffer.from(`\r\n--${boundary}--`)
  const blocks: ReadonlyArray<Uint8Array> = bytes.byteLength === 0 ? [head, tail] : [head, bytes, tail]
  return yield* client.call(
    {
      method: "POST",
      door: "upload",
      place: objectPlace(bucket),
      query: { uploadType: "multipart", ...query },
      headers: { "content-type": `multipart/related; boundary=${boundary}` },
      body: {
        open: () => Stream.fromIterable(blocks).pipe(Stream.rechunk(1)),
        size: head.byteLength + bytes.byteLength + tail.byteLength
      }
    },
    ObjectResource
  )
})

/**
 * The address of an upload session below the service. Who has it can write to the upload without any other right, and
 * it is valid for a week.
 */
export type Session = Redacted.Redacted<string>

/** Objects: insert, the beginning of a session. `size` is that of the whole body, where it is known. */
export const startSession = Effect.fnUntraced(function* (
  client: StorageClient,
  { bucket, name }: Target,
  resource: NewResource,
  query: Query,
  size?: number
) {
  const { contentType = anyType } = resource
  const response = yield* client.send({
    method: "POST",
    door: "upload",
    place: objectPlace(bucket),
    query: { uploadType: "resumable", ...query },
    headers: {
      "content-type": "application/json",
      "x-upload-content-type": contentType,
      ...(size !== undefined && { "x-upload-content-length": String(size) })
    },
    body: Buffer.from(JSON.stringify({ name, ...resource }))
  })
  const { location = "" } = response.headers
  // Only the path is taken: whatever host an answer names, tokens and bytes go where the options say.
  const url = URL.parse(location, "http://host.invalid")
  if (location === "" || url === null) return yield* notAStore("an upload was begun, and nothing said where it goes on")
  return Redacted.make(`${url.pathname}${url.search}`)
}, Effect.scoped)

/** How far a session is: all is stored, or so many bytes are. */
export type Progress = { readonly stored: ObjectResource } | { readonly persisted: number }

const resumeIncomplete = 308

const progressOf = Effect.fnUntraced(function* (response: HttpResponse) {
  if (response.status !== resumeIncomplete) {
    return { stored: yield* documentOf(response, ObjectResource) } satisfies Progress
  }
  const { range } = response.headers
  if (range === undefined) return { persisted: 0 } satisfies Progress
  const match = /^bytes=0-(\d{1,16})$/.exec(range)
  if (match === null)
    return yield* StorageError.of("integrity_error", "the service does not say what of an upload is there")
  return { persisted: Number(match[1]) + 1 } satisfies Progress
})

/** Bytes of a session from `offset` on; `total` is the size of the whole, which ends it. */
export interface Piece {
  readonly offset: number
  readonly bytes: Uint8Array
  readonly total: number | undefined
}

const rangeOf = ({ offset, bytes, total }: Piece): string => {
  const end = total ?? "*"
  return bytes.byteLength === 0 ? `bytes */${end}` : `bytes ${offset}-${offset + bytes.byteLength - 1}/${end}`
}

/** Sends a piece; one without bytes and without an end asks how far the session is. */
export const putPiece = Effect.fnUntraced(function* (client: StorageClient, session: Session, piece: Piece) {
  const { bytes } = piece
  const request = {
    method: "PUT",
    path: Redacted.value(session),
    headers: { "content-range": rangeOf(piece) },
    body: bytes
  } as const
  return yield* progressOf(yield* client.sendTo(request, [resumeIncomplete]))
}, Effect.scoped)

const cancelled = 499

/** Cancels a session and frees its bytes. The answer to a success is 499. */
export const cancelSession = (client: StorageClient, session: Session) =>
  Effect.scoped(
    Effect.asVoid(
      client.sendTo({ method: "DELETE", path: Redacted.value(session), body: new Uint8Array() }, [cancelled])
    )
  )
