/**
 * Files in parts: the file is finished, or cancelled on failure and on interruption.
 */
import { StorageError } from "@mooring/core"
import { storePolicy } from "@mooring/core/Attempts"
import { digestOf } from "@mooring/core/checksums/Hasher"
import type { BodyReader } from "@mooring/core/BodyReader"
import { sendPieces, type Piece } from "@mooring/core/pieces"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import type { B2Client } from "./api/B2Client.ts"
import type { NewInfo } from "./api/files.ts"
import { cancelLargeFile, finishLargeFile, getFileInfo, startLargeFile, uploadPart } from "./B2Api.ts"
import type { FileVersion } from "./wire.ts"

/** The most parts of a file: https://www.backblaze.com/docs/cloud-storage-large-files */
export const maxParts = 10_000

/** A part that is stored: its number and the hex of its SHA-1. */
export interface StoredPart {
  readonly number: number
  readonly sha1: string
}

/** The hex of the SHA-1 of bytes. */
export const sha1Of = (bytes: Uint8Array): Effect.Effect<string> =>
  Effect.map(digestOf("sha1", bytes), (digest) => Buffer.from(digest).toString("hex"))

/** Finishes a file. A repeated call may find that the first was done: the file is a version then. */
export const finish = Effect.fnUntraced(function* (
  client: B2Client,
  fileId: string,
  stored: ReadonlyArray<StoredPart>
) {
  const parts = stored.toSorted((left, right) => left.number - right.number)
  if (parts.length === 0 || parts.some(({ number }, index) => number !== index + 1)) {
    return yield* StorageError.of("invalid_value", "the numbers of the parts must run from 1 without a gap")
  }
  const sha1s = parts.map(({ sha1 }) => sha1)
  client.uploadUrls.forget(fileId)
  return yield* Effect.catch(client.repeated(finishLargeFile(client, fileId, sha1s)), (error) =>
    error.reason.status === 400 || error.reason.status === 404
      ? Effect.filterOrFail(
          client.repeated(getFileInfo(client, fileId)),
          ({ action }: FileVersion) => action === "upload",
          () => error
        ).pipe(Effect.mapError(() => error))
      : Effect.fail(error)
  )
})

/** Milliseconds that an interruption waits for a file to be begun, so that it can be cancelled. */
const beginGrace = 1000

/** Milliseconds after which the parts of a failed file are left to the service. */
const cancelPatience = 15_000

const discard = (client: B2Client, fileId: string) =>
  client
    .repeated(cancelLargeFile(client, fileId))
    .pipe(
      Effect.interruptible,
      Effect.timeoutOption(cancelPatience),
      Effect.ignore,
      Effect.andThen(Effect.sync(() => client.uploadUrls.forget(fileId)))
    )

/** An interruption while the file is begun: its id may be on its way, and without it nothing could cancel it. */
const abandon = Effect.fnUntraced(function* (client: B2Client, beginning: Fiber.Fiber<string, StorageError>) {
  const exit = yield* Effect.timeoutOption(Effect.interruptible(Fiber.await(beginning)), beginGrace)
  if (exit._tag === "None") return yield* Effect.asVoid(Fiber.interrupt(beginning))
  if (Exit.isSuccess(exit.value)) yield* discard(client, exit.value.value)
})

/** Begins a file, lets `send` store its parts, and finishes it: the version that it is then. */
export const withLargeFile = Effect.fnUntraced(function* <R>(
  client: B2Client,
  to: { readonly bucketId: string; readonly fileName: string },
  info: NewInfo,
  send: (fileId: string) => Effect.Effect<ReadonlyArray<StoredPart>, StorageError, R>
) {
  return yield* Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const begin = client.repeated(startLargeFile(client, to.bucketId, to.fileName, info))
      const beginning = yield* Effect.forkChild(Effect.interruptible(begin))
      const fileId = yield* Effect.onInterrupt(restore(Fiber.join(beginning)), () => abandon(client, beginning))
      const stored = Effect.flatMap(send(fileId), (parts) => finish(client, fileId, parts))
      const exit = yield* Effect.exit(restore(stored))
      if (Exit.isFailure(exit)) yield* discard(client, fileId)
      return yield* exit
    })
  )
})

/** Sends a body in parts, several at once; answers number and SHA-1 of each. */
export const sendParts = (client: B2Client, reader: BodyReader, partSize: number, first?: Piece) =>
  Effect.fnUntraced(function* (fileId: string) {
    const { uploadConcurrency } = yield* client.settings
    const rules = { partSize, concurrency: Math.min(uploadConcurrency, storePolicy.concurrency), maxParts }
    const send = Effect.fnUntraced(function* (number: number, body: Uint8Array) {
      const sha1 = yield* sha1Of(body)
      yield* client.repeated(uploadPart(client, fileId, { number, body, sha1 }), body.byteLength)
      return { number, sha1 } satisfies StoredPart
    })
    return yield* sendPieces(client.budget, reader, rules, first, send)
  })
