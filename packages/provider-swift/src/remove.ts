/**
 * Removing objects, and the segments of those that are large.
 */
import type { ObjectStore } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { isLarge } from "./headers.ts"
import { targetOf, type Target } from "./keys.ts"
import { removeTargets } from "./removeTargets.ts"
import { discard, ownedSegments } from "./segments.ts"
import { deleteObject, headObject } from "./SwiftApi.ts"

/** How many objects are looked at at once. */
const looks = 16

/** The segments that go with an object that is there now; none where large objects are not looked for. */
export const segmentsAt = Effect.fnUntraced(function* (client: SwiftClient, target: Target) {
  const { largeObjects } = yield* client.settings
  if (!largeObjects) return []
  const headers = yield* Effect.catchIf(
    client.repeated(headObject(client, target)),
    // Who may write and not look has no way to tell.
    ({ reason }) => reason._tag === "not_found" || reason._tag === "permission_denied",
    () => Effect.undefined
  )
  return headers !== undefined && isLarge(headers) ? yield* ownedSegments(client, target, headers) : []
})

/** The manifest goes first: what is interrupted leaves segments behind and never half an object. */
export const remove = (client: SwiftClient): ObjectStore["remove"] =>
  Effect.fnUntraced(function* (path) {
    const target = yield* targetOf(yield* client.settings, path)
    const segments = yield* segmentsAt(client, target)
    yield* client.repeated(deleteObject(client, target))
    yield* discard(client, segments)
  }, orGone)

export const removeMany = (client: SwiftClient): NonNullable<ObjectStore["removeMany"]> =>
  Effect.fnUntraced(function* (paths) {
    const settings = yield* client.settings
    const targets = yield* Effect.forEach(paths, (path) => targetOf(settings, path))
    const segments = yield* Effect.forEach(targets, (target) => segmentsAt(client, target), { concurrency: looks })
    yield* removeTargets(client, targets)
    yield* discard(client, segments.flat())
  })
