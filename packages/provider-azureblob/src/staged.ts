/**
 * Blocks that are staged and that no blob has yet.
 *
 * The service keeps them for a week. Nothing but a new blob discards them, so where there is none, one without bytes is
 * made and removed at once; where there is one, it is left as it is and the blocks are left to the service.
 */
import type { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { deleteBlob, headBlob } from "./api/blobs.ts"
import type { BlobClient } from "./api/BlobClient.ts"
import { listStaged, putBlockList } from "./api/blocks.ts"
import { parseBlockId } from "./blockIds.ts"
import type { Target } from "./keys.ts"

const isNotFound = ({ reason }: StorageError): boolean => reason._tag === "not_found"

/** All staged blocks of a place; none if there is neither blob nor block. */
export const stagedAt = (client: BlobClient, target: Target) =>
  Effect.catchIf(client.repeated(listStaged(client, target)), isNotFound, () => Effect.succeed([]))

/** Discards staged blocks where there is no blob and, if an upload is named, if there are none of other uploads. */
export const discardStaged = Effect.fnUntraced(function* (client: BlobClient, target: Target, uploadId?: string) {
  const staged = yield* stagedAt(client, target)
  const foreign = staged.some(({ id }) => uploadId !== undefined && parseBlockId(id)?.uploadId !== uploadId)
  if (staged.length === 0 || foreign) return
  const there = yield* Effect.result(client.repeated(headBlob(client, target)))
  if (there._tag === "Success") return
  if (!isNotFound(there.failure)) return yield* there.failure
  const made = yield* client.once(putBlockList(client, target, [], { "if-none-match": "*" }))
  const { etag } = made
  yield* client.repeated(deleteBlob(client, target, etag === undefined ? {} : { "if-match": etag }))
})
