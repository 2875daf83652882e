/**
 * Uploads whose parts come one by one: upload sessions, which the service keeps for a week, so that another process can
 * go on. Who has the address of a session can write to it, so a token is as secret as a password.
 *
 * A session knows how many bytes it has and not how they came, so all parts but the last have the same size. The last is
 * the only one that may be smaller; the service keeps no such piece before it is told that it is the last, so it waits in
 * memory until `complete`, and who resumes in another process sends it again.
 */
import { StorageError, type ObjectStore, type Path, type PendingUpload, type Upload } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { withAcl } from "./acl.ts"
import { sessionFromText, textOfSession } from "./api/sessionText.ts"
import type { StorageClient } from "./api/StorageClient.ts"
import { conditionQuery } from "./conditions.ts"
import { newResourceOf, objectInfoOf } from "./info.ts"
import { targetOf } from "./keys.ts"
import { progressOf, sendPiece } from "./resumable.ts"
import { cancelSession, startSession, type Progress, type Session } from "./StorageApi.ts"
import { maxSize } from "./write.ts"

const Token = Schema.Struct({ path: Schema.Array(Schema.String), session: Schema.String, partSize: Schema.Int })

const tokenJson = Schema.fromJsonString(Token)
const foreign = StorageError.of("invalid_value", "this token is not of an upload to Cloud Storage")
const ended = StorageError.of("not_found", "there is no such upload: it was completed, aborted or forgotten")
const noCopies = StorageError.of("unsupported", "parts cannot be copied from other objects")
const lastBefore = StorageError.of("invalid_value", "a part smaller than the others is the last")
const cutPart = StorageError.of("invalid_value", "the last part arrived in part: it is to be written again before")

/** The rules of parts of this size. */
export const partRulesOf = (partSize: number) => ({
  min: partSize,
  max: partSize,
  count: Math.floor(maxSize / partSize),
  ordered: true,
  copies: false
})

interface Place {
  readonly path: Path
  readonly session: Session
  readonly partSize: number
}

const persistedOf = (progress: Progress) =>
  "stored" in progress ? Effect.fail(ended) : Effect.succeed(progress.persisted)

const cancel = (client: StorageClient, session: Session) =>
  Effect.catchIf(
    client.repeated(cancelSession(client, session)),
    // Completed ones cannot be cancelled, and those that are gone need not be.
    ({ reason }) => reason._tag === "not_found" || reason.status === 400,
    () => Effect.void
  )

const uploadOf = (client: StorageClient, { path, session, partSize }: Place): Upload => {
  /** The last part, which waits, and the number of bytes before it. */
  let last: { readonly offset: number; readonly bytes: Uint8Array } | undefined
  const persisted = Effect.flatMap(progressOf(client, session), persistedOf)
  const expected = Effect.map(persisted, (bytes) => Math.floor(bytes / partSize) + 1)

  return {
    path,
    token: textOfSession(session, (text) => Schema.encodeSync(tokenJson)({ path, session: text, partSize })),
    parts: Effect.map(expected, (next) =>
      Array.from({ length: next - 1 }, (_, index) => ({ number: index + 1, size: partSize }))
    ),
    writePart: Effect.fnUntraced(function* (number, bytes) {
      if (bytes.byteLength > partSize) {
        return yield* StorageError.of("invalid_value", `parts have ${partSize} bytes, and the last at most`)
      }
      const next = yield* expected
      if (number !== next) {
        return yield* StorageError.of("invalid_value", `parts come in the order of their numbers: this is not ${next}`)
      }
      if (last !== undefined) return yield* lastBefore
      const offset = (next - 1) * partSize
      if (bytes.byteLength < partSize) {
        last = { offset, bytes: Uint8Array.from(bytes) }
        return
      }
      yield* sendPiece(client, session, { offset, bytes, total: undefined }, true)
    }),
    copyPart: () => Effect.fail(noCopies),
    complete: Effect.gen(function* () {
      const { offset, bytes } = last ?? { offset: yield* persisted, bytes: new Uint8Array() }
      if (offset % partSize !== 0) return yield* cutPart
      const total = offset + bytes.byteLength
      const progress = yield* sendPiece(client, session, { offset, bytes, total }, last !== undefined)
      if (!("stored" in progress)) return yield* ended
      return objectInfoOf(path, progress.stored, yield* client.settings)
    }),
    abort: cancel(client, session)
  }
}

/** Objects: insert, the beginning of a session. Its conditions hold until it is completed. */
export const openUpload = (client: StorageClient): NonNullable<ObjectStore["openUpload"]> =>
  Effect.fnUntraced(function* (path, options = {}) {
    const settings = yield* client.settings
    const target = yield* targetOf(settings, path)
    const resource = yield* newResourceOf(settings, options)
    const conditions = yield* conditionQuery(options)
    const session = yield* withAcl(client, target.bucket, "predefinedAcl", (acl) =>
      client.repeated(startSession(client, target, resource, { ...conditions, ...acl }))
    )
    return uploadOf(client, { path, session, partSize: settings.chunkSize })
  })

/** The place and session of a token. */
const placeOf = Effect.fnUntraced(function* (client: StorageClient, text: string) {
  const { path, session, partSize } = yield* Effect.mapError(Schema.decodeUnknownEffect(tokenJson)(text), () => foreign)
  yield* targetOf(yield* client.settings, path)
  const found = sessionFromText(session)
  return found === undefined || partSize < 1 ? yield* foreign : { path, session: found, partSize }
})

/** Asks the service how far the upload is, so that one that is gone is told at once. */
export const resumeUpload = (client: StorageClient): NonNullable<ObjectStore["resumeUpload"]> =>
  Effect.fnUntraced(function* (text) {
    const place = yield* placeOf(client, text)
    yield* Effect.flatMap(progressOf(client, place.session), persistedOf)
    return uploadOf(client, place)
  })

/** Cancels the upload whose token is the id: the service lists none, so that nothing else names one. */
export const abortUpload = (client: StorageClient): NonNullable<ObjectStore["abortUpload"]> =>
  Effect.fnUntraced(function* ({ id }: PendingUpload) {
    const { session } = yield* placeOf(client, id)
    yield* cancel(client, session)
  })
