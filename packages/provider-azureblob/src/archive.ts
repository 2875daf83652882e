/**
 * Blobs in the archive, which Azure lets nobody overwrite.
 */
import { StorageError, type WriteOptions } from "@mooring/core"
import * as Effect from "effect/Effect"
import { deleteBlob, headBlob } from "./api/blobs.ts"
import type { BlobClient } from "./api/BlobClient.ts"
import { validatorOf } from "./headers.ts"
import type { Target } from "./keys.ts"

type Conditions = Pick<WriteOptions, "ifMatch" | "ifNoneMatch">

/**
 * Where the options permit it, deletes a blob that is in the archive, so that another can be written: the conditions that
 * hold then. The blob must still be the one that was looked at, and the one of the condition.
 */
export const unarchived = Effect.fnUntraced(function* (
  client: BlobClient,
  target: Target,
  { ifMatch, ifNoneMatch }: Conditions
): Effect.fn.Return<Conditions, StorageError> {
  const conditions = { ...(ifMatch !== undefined && { ifMatch }), ...(ifNoneMatch !== undefined && { ifNoneMatch }) }
  const { archiveTierDelete } = yield* client.settings
  if (!archiveTierDelete || ifNoneMatch !== undefined) return conditions
  const found = yield* Effect.catchIf(
    client.repeated(headBlob(client, target)),
    ({ reason }) => reason._tag === "not_found",
    () => Effect.undefined
  )
  const validator = validatorOf(found?.["etag"])
  if (found?.["x-ms-access-tier"] !== "Archive" || validator === undefined) return conditions
  if (ifMatch !== undefined && ifMatch !== validator) {
    return yield* StorageError.of("precondition_failed", "the object is not as the condition says")
  }
  yield* client.once(deleteBlob(client, target, { "if-match": validator }))
  return ifMatch === undefined ? conditions : { ifNoneMatch: "*" }
})
