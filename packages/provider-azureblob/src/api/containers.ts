/**
 * The remote calls on containers and their listings, each a single attempt.
 */
import * as Effect from "effect/Effect"
import { containersOf, documentNamed, listingOf } from "../wire.ts"
import type { BlobClient } from "./BlobClient.ts"

/** List Containers: one page. */
export const listContainers = Effect.fnUntraced(function* (client: BlobClient, maxResults: number, marker?: string) {
  const query = { comp: "list", maxresults: String(maxResults), marker }
  return containersOf(yield* documentNamed(yield* client.send({ method: "GET", query }), "EnumerationResults"))
}, Effect.scoped)

/** Get Container Properties. */
export const headContainer = (client: BlobClient, container: string) =>
  Effect.scoped(Effect.asVoid(client.send({ method: "HEAD", container, query: { restype: "container" } })))

/** Create Container, readable for everybody where the settings say so. */
export const createContainer = Effect.fnUntraced(function* (client: BlobClient, container: string) {
  const { publicAccess } = yield* client.settings
  const headers = publicAccess === "" ? {} : { "x-ms-blob-public-access": publicAccess }
  yield* client.send({ method: "PUT", container, query: { restype: "container" }, headers, body: new Uint8Array() })
}, Effect.scoped)

/** Delete Container, with all that is in it. */
export const deleteContainer = (client: BlobClient, container: string) =>
  Effect.scoped(Effect.asVoid(client.send({ method: "DELETE", container, query: { restype: "container" } })))

/** One page of the names that start with a prefix, those with a delimiter behind it as one. */
export interface ListRequest {
  readonly prefix: string
  readonly maxResults: number
  readonly delimiter?: string | undefined
  readonly marker?: string | undefined
  /** What is listed besides the blobs that are there: such of which there are only blocks, and other states of blobs. */
  readonly include?: ReadonlyArray<"uncommittedblobs" | "versions" | "snapshots" | "deleted">
}

/** List Blobs, with their metadata: the modification time is in it. */
export const listBlobs = Effect.fnUntraced(function* (
  client: BlobClient,
  container: string,
  { prefix, maxResults, delimiter, marker, include = [] }: ListRequest
) {
  const query = {
    restype: "container",
    comp: "list",
    include: ["metadata", ...include].join(),
    maxresults: String(maxResults),
    prefix: prefix === "" ? undefined : prefix,
    delimiter,
    marker
  }
  const response = yield* client.send({ method: "GET", container, query })
  return yield* listingOf(yield* documentNamed(response, "EnumerationResults"))
}, Effect.scoped)
