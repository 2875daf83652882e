/**
 * The remote calls on blocks, each a single attempt.
 *
 * Source: https://learn.microsoft.com/rest/api/storageservices/understanding-block-blobs--append-blobs--and-page-blobs
 */
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import { tierHeaders } from "../headers.ts"
import type { Target } from "../keys.ts"
import { blockListBody, documentNamed, stagedBlocksOf } from "../wire.ts"
import type { BlobClient } from "./BlobClient.ts"
import { md5Header } from "./md5Header.ts"

/** Put Block: stages bytes under an id. The service verifies the MD5. */
export const putBlock = Effect.fnUntraced(function* (client: BlobClient, target: Target, id: string, body: Uint8Array) {
  const headers = yield* md5Header(body)
  yield* client.send({ method: "PUT", ...target, query: { comp: "block", blockid: id }, body, headers })
}, Effect.scoped)

/** Put Block List: makes a blob of these blocks; the headers of the answer. */
export const putBlockList = Effect.fnUntraced(function* (
  client: BlobClient,
  target: Target,
  ids: ReadonlyArray<string>,
  headers: Headers
) {
  const body = yield* blockListBody(ids)
  const all = { ...tierHeaders(yield* client.settings), ...(yield* md5Header(body)), ...headers }
  return (yield* client.send({ method: "PUT", ...target, query: { comp: "blocklist" }, body, headers: all })).headers
}, Effect.scoped)

/** Get Block List of what is staged, and whether there is a blob: its ETag is in the answer only then. */
export const listStaged = Effect.fnUntraced(function* (client: BlobClient, target: Target) {
  const query = { comp: "blocklist", blocklisttype: "uncommitted" }
  const response = yield* client.send({ method: "GET", ...target, query })
  return stagedBlocksOf(yield* documentNamed(response, "BlockList"))
}, Effect.scoped)
