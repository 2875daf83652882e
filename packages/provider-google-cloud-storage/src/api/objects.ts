/**
 * The remote calls on objects, each a single attempt.
 *
 * Source: https://cloud.google.com/storage/docs/json_api/v1/objects
 */
import * as Effect from "effect/Effect"
import type { NewResource } from "../info.ts"
import type { Target } from "../keys.ts"
import { ObjectList, ObjectResource, RewriteStep } from "../wire.ts"
import { objectPlace, type Query } from "./address.ts"
import type { StorageClient } from "./StorageClient.ts"

const json = { "content-type": "application/json" }

const bodyOf = (document: object) => Buffer.from(JSON.stringify(document))

/** An object, or one generation of it. */
export interface GenerationTarget extends Target {
  readonly generation?: string | undefined
}

/** Objects: list. */
export const listObjects = (client: StorageClient, bucket: string, query: Query) =>
  client.call({ method: "GET", place: objectPlace(bucket), query }, ObjectList)

/** Objects: get, without the bytes. */
export const getObject = (client: StorageClient, { bucket, name, generation }: GenerationTarget, query?: Query) =>
  client.call({ method: "GET", place: objectPlace(bucket, name), query: { ...query, generation } }, ObjectResource)

/** Objects: get, the bytes: the answer lives in the Scope. What is stored as gzip comes as it is. */
export const getMedia = (client: StorageClient, { bucket, name, generation }: GenerationTarget, range?: string) =>
  client.send({
    method: "GET",
    place: objectPlace(bucket, name),
    query: { alt: "media", generation },
    headers: { "accept-encoding": "gzip", ...(range !== undefined && { range }) }
  })

/** Objects: delete. One generation is removed for good; without one the current becomes noncurrent, where such are kept. */
export const deleteObject = (client: StorageClient, { bucket, name, generation }: GenerationTarget, query?: Query) =>
  Effect.scoped(
    Effect.asVoid(client.send({ method: "DELETE", place: objectPlace(bucket, name), query: { ...query, generation } }))
  )

/** Objects: patch. Members that are not given stay, and so do names of metadata. */
export const patchObject = (client: StorageClient, { bucket, name }: Target, resource: NewResource, query?: Query) =>
  client.call(
    { method: "PATCH", place: objectPlace(bucket, name), query: query ?? {}, headers: json, body: bodyOf(resource) },
    ObjectResource
  )

/** Objects: rewrite, one step of it. With nothing in the resource the copy has all that its source has. */
export const rewriteObject = (
  client: StorageClient,
  from: GenerationTarget,
  to: Target,
  query: Query,
  resource: NewResource = {}
) =>
  client.call(
    {
      method: "POST",
      place: [...objectPlace(from.bucket, from.name), "rewriteTo", ...objectPlace(to.bucket, to.name)],
      query: { ...query, sourceGeneration: from.generation },
      headers: json,
      body: bodyOf(resource)
    },
    RewriteStep
  )
