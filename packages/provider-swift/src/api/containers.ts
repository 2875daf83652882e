/**
 * The remote calls on the account and its containers, each a single attempt.
 */
import { StorageError } from "@mooring/core"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import { containersIn, listingIn, versionsIn } from "../wire.ts"
import type { SwiftClient } from "./SwiftClient.ts"

/** One page of names behind `marker`. */
export interface PageRequest {
  readonly limit: number
  readonly marker?: string | undefined
}

export interface ObjectsRequest extends PageRequest {
  readonly prefix: string
  readonly delimiter?: string | undefined
}

/** HEAD of the account: its totals. */
export const headAccount = Effect.fnUntraced(function* (client: SwiftClient) {
  return (yield* client.send({ method: "HEAD" })).headers
}, Effect.scoped)

/** One page of containers. */
export const listContainers = Effect.fnUntraced(function* (client: SwiftClient, { limit, marker }: PageRequest) {
  const query = { format: "json", limit: String(limit), marker }
  return yield* containersIn(yield* client.send({ method: "GET", query }))
}, Effect.scoped)

/** One page of the objects that begin with a prefix, those with the delimiter behind it as one. */
export const listObjects = Effect.fnUntraced(function* (
  client: SwiftClient,
  container: string,
  { limit, marker, prefix, delimiter }: ObjectsRequest
) {
  const query = { format: "json", limit: String(limit), marker, prefix: prefix || undefined, delimiter }
  return yield* listingIn(yield* client.send({ method: "GET", container, query }))
}, Effect.scoped)

export interface VersionsRequest {
  readonly limit: number
  readonly prefix: string
  /** The name and version behind which the page begins. */
  readonly after?: { readonly name: string; readonly version: string } | undefined
}

/**
 * One page of the versions of the objects that begin with a prefix, each object's newest first
 * (https://docs.openstack.org/swift/latest/middleware.html#object-versioning).
 */
export const listVersions = Effect.fnUntraced(function* (
  client: SwiftClient,
  container: string,
  { limit, prefix, after }: VersionsRequest
) {
  const query = { versions: "", format: "json", limit: String(limit), prefix }
  const marked = after && { marker: after.name, version_marker: after.version }
  return yield* versionsIn(yield* client.send({ method: "GET", container, query: { ...query, ...marked } }))
}, Effect.scoped)

/** HEAD of a container. */
export const headContainer = Effect.fnUntraced(function* (client: SwiftClient, container: string) {
  return (yield* client.send({ method: "HEAD", container })).headers
}, Effect.scoped)

/** Makes a container, of a storage policy where one is named; succeeds if it is there. */
export const putContainer = (client: SwiftClient, container: string, policy: string) => {
  const headers: Headers = policy === "" ? {} : { "x-storage-policy": policy }
  return Effect.scoped(Effect.asVoid(client.send({ method: "PUT", container, headers, body: new Uint8Array() })))
}

/** Removes a container; `not_empty` if it is not. */
export const deleteContainer = (client: SwiftClient, container: string) =>
  Effect.mapError(Effect.scoped(Effect.asVoid(client.send({ method: "DELETE", container }))), (error) =>
    error.reason.status === 409
      ? StorageError.of("not_empty", "there are objects in the container", { status: 409 })
      : error
  )
