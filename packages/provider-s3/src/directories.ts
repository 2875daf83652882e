/**
 * Empty directories, where the options ask for them: objects of no bytes whose key ends in a slash.
 */
import { StorageError, type ObjectStore, type Path } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { digestHeaders } from "./api/digest.ts"
import type { S3Client } from "./api/S3Client.ts"
import { modifiedHeader } from "./headers.ts"
import { prefixOf } from "./keys.ts"
import { deleteObject, listObjects, putObject } from "./S3Api.ts"

const nothing = new Uint8Array()

/** The marker of a directory in a bucket. */
const markerOf = Effect.fnUntraced(function* (client: S3Client, path: Path) {
  if (path.length < 2) return yield* StorageError.of("invalid_name", "the root and a bucket are no directories")
  const { bucket, prefix } = yield* prefixOf(yield* client.settings, path)
  return { bucket, key: prefix }
})

/** Puts the marker, with the time of now. */
export const createDirectory = (client: S3Client): NonNullable<ObjectStore["createDirectory"]> =>
  Effect.fnUntraced(function* (path) {
    const marker = yield* markerOf(client, path)
    const proof = yield* digestHeaders(yield* client.settings, nothing)
    const headers = { ...modifiedHeader(yield* Clock.currentTimeMillis), ...proof }
    yield* client.repeated(putObject(client, marker, nothing, headers))
  })

/** Removes the marker, if nothing else is below it. */
export const removeDirectory = (client: S3Client): NonNullable<ObjectStore["removeDirectory"]> =>
  Effect.fnUntraced(function* (path) {
    const marker = yield* markerOf(client, path)
    const first = yield* client.repeated(listObjects(client, marker.bucket, { prefix: marker.key, maxKeys: 2 }))
    if (first.objects.some(({ key }) => key !== marker.key) || first.prefixes.length > 0) {
      return yield* StorageError.of("not_empty", "the directory is not empty")
    }
    yield* client.repeated(deleteObject(client, marker))
  }, orGone)
