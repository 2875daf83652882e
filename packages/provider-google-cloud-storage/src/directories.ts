/**
 * Empty directories, where the options ask for them: objects of no bytes whose name ends in a slash.
 */
import { StorageError, type ObjectStore, type Path } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { withAcl } from "./acl.ts"
import type { StorageClient } from "./api/StorageClient.ts"
import { newResourceOf } from "./info.ts"
import { prefixOf } from "./keys.ts"
import { isPrefix } from "./stat.ts"
import { deleteObject, insertObject } from "./StorageApi.ts"

/** The marker of a directory in a bucket. */
const markerOf = Effect.fnUntraced(function* (client: StorageClient, path: Path) {
  if (path.length < 2) return yield* StorageError.of("invalid_name", "the root and a bucket are no directories")
  const { bucket, prefix } = yield* prefixOf(yield* client.settings, path)
  return { bucket, name: prefix }
})

/** A marker that is there already stays as it is. */
export const createDirectory = (client: StorageClient): NonNullable<ObjectStore["createDirectory"]> =>
  Effect.fnUntraced(function* (path) {
    const marker = yield* markerOf(client, path)
    const modified = yield* Clock.currentTimeMillis
    const resource = yield* newResourceOf(yield* client.settings, { modified })
    const made = withAcl(client, marker.bucket, "predefinedAcl", (acl) =>
      client.repeated(insertObject(client, marker, resource, new Uint8Array(), { ifGenerationMatch: "0", ...acl }))
    )
    yield* Effect.catchIf(
      Effect.asVoid(made),
      ({ reason }) => reason._tag === "precondition_failed",
      () => Effect.void
    )
  })

/** Removes the marker, if nothing else is below it. */
export const removeDirectory = (client: StorageClient): NonNullable<ObjectStore["removeDirectory"]> =>
  Effect.fnUntraced(function* (path) {
    const marker = yield* markerOf(client, path)
    const filled = yield* isPrefix(client, marker.bucket, marker.name, (name) => name !== marker.name)
    if (filled) return yield* StorageError.of("not_empty", "the directory is not empty")
    yield* client.repeated(deleteObject(client, marker))
  }, orGone)
