/**
 * Pieces on their way to an upload session. The service says how much of a body it has, so that a piece whose answer was
 * lost is never sent twice, and one of which a part arrived goes on from there.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { StorageClient } from "./api/StorageClient.ts"
import { cancelSession, putPiece, type Piece, type Progress, type Session } from "./StorageApi.ts"

/** What asks and sends nothing. */
const question: Piece = { offset: 0, bytes: new Uint8Array(), total: undefined }

/** How far a session is, as the service says it now. */
export const progressOf = (client: StorageClient, session: Session) =>
  client.repeated(putPiece(client, session, question))

const elsewhere = StorageError.of("integrity_error", "the service has another part of the upload than was sent", {
  retryable: false
})
const stuck = StorageError.of("provider_unavailable", "the service takes nothing of the upload")

/**
 * Sends a piece until all of it is there, or until the whole is stored, if it is the last. `asked` looks first how much
 * is there already.
 */
export const sendPiece = (
  client: StorageClient,
  session: Session,
  { offset, bytes, total }: Piece,
  asked = false
): Effect.Effect<Progress, StorageError> => {
  const end = offset + bytes.byteLength
  let from = offset
  let unsure = asked
  /** Takes what the service says; undefined if there is more to send. */
  const noted = Effect.fnUntraced(function* (progress: Progress) {
    if ("stored" in progress) return progress
    if (progress.persisted < from || progress.persisted > end) return yield* elsewhere
    from = progress.persisted
    unsure = false
    return from === end && total === undefined ? progress : undefined
  })
  const attempt = Effect.gen(function* () {
    if (unsure) {
      const done = yield* noted(yield* putPiece(client, session, question))
      if (done !== undefined) return done
    }
    for (;;) {
      unsure = true
      const before = from
      const rest = { offset: from, bytes: bytes.subarray(from - offset), total }
      const done = yield* noted(yield* putPiece(client, session, rest))
      if (done !== undefined) return done
      if (from === before) return yield* stuck
    }
  })
  return client.repeated(attempt, bytes.byteLength)
}

/** Milliseconds after which a session is left to the service, which forgets it after a week. */
const patience = 15_000

/** Runs what uses a session; on failure and interruption it is cancelled, so that nothing stays. */
export const orCancelled = <A, R>(client: StorageClient, session: Session, use: Effect.Effect<A, StorageError, R>) =>
  Effect.onExit(use, (exit) =>
    Exit.isSuccess(exit)
      ? Effect.void
      : client
          .once(cancelSession(client, session))
          .pipe(Effect.interruptible, Effect.timeoutOption(patience), Effect.ignore)
  )
