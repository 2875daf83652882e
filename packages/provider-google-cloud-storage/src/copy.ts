/**
 * Copies at the service, and what is changed of an object without its bytes passing through here.
 */
import { StorageError, Path, type ObjectStore } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import { withAcl } from "./acl.ts"
import type { Query } from "./api/address.ts"
import type { StorageClient } from "./api/StorageClient.ts"
import { tried } from "./conditional.ts"
import { conditionQuery } from "./conditions.ts"
import { tiers } from "./GoogleCloudStorageSettings.ts"
import {
  checksumsOf,
  keptResource,
  modifiedMetadata,
  objectInfoOf,
  requireWritable,
  storedSize,
  type NewResource
} from "./info.ts"
import { targetOf, type Target } from "./keys.ts"
import { headOf } from "./stat.ts"
import { deleteObject, patchObject, rewriteObject } from "./StorageApi.ts"
import type { ObjectResource } from "./wire.ts"

type Source = Effect.Success<ReturnType<typeof headOf>>

const different = StorageError.of("integrity_error", "the copy is not what was copied", { retryable: false })

/** The copy has the size and checksum of its source. */
const requireSame = (source: ObjectResource, copied: ObjectResource) => {
  const [before, after] = [checksumsOf(source), checksumsOf(copied)]
  const same = before.crc32c === undefined || after.crc32c === undefined || before.crc32c === after.crc32c
  return same && storedSize(source) === storedSize(copied) ? Effect.void : Effect.fail(different)
}

/** Copies the generation that was seen, step by step: the service copies large objects in several. */
const rewrite = Effect.fnUntraced(function* (
  client: StorageClient,
  source: Source,
  to: Target,
  conditions: Query,
  resource?: NewResource
) {
  return yield* withAcl(client, to.bucket, "destinationPredefinedAcl", (acl) =>
    Effect.gen(function* () {
      let rewriteToken: string | undefined
      for (;;) {
        const query = { ...conditions, ...acl, rewriteToken }
        const step = yield* tried(client, conditions)(rewriteObject(client, source.target, to, query, resource))
        if (step.done && step.resource != null) {
          yield* requireSame(source.resource, step.resource)
          return step.resource
        }
        if (step.rewriteToken == null) {
          return yield* StorageError.of("integrity_error", "the service does not say how a copy goes on")
        }
        rewriteToken = step.rewriteToken
      }
    })
  )
})

/** A copy takes all that its source has, unless new objects have a storage class of their own. */
const copiedResource = (resource: ObjectResource, storageClass: string | undefined): NewResource | undefined =>
  storageClass === undefined ? undefined : { ...keptResource(resource), storageClass }

/** Objects: rewrite. */
export const copy = (client: StorageClient): NonNullable<ObjectStore["copy"]> =>
  Effect.fnUntraced(function* (from, to, { ifMatch, ifNoneMatch } = {}) {
    const settings = yield* client.settings
    const target = yield* targetOf(settings, to)
    const source = yield* headOf(client, from, ifMatch)
    if (Path.equals(from, to)) {
      return ifNoneMatch === undefined
        ? source.info
        : yield* StorageError.of("precondition_failed", "there is an object already")
    }
    const conditions = yield* conditionQuery(ifNoneMatch === undefined ? {} : { ifNoneMatch })
    const resource = copiedResource(source.resource, settings.storageClass)
    return objectInfoOf(to, yield* rewrite(client, source, target, conditions, resource), settings)
  })

/**
 * Copies, and removes the source if it is still what was copied: what another wrote there in between stays, and the move
 * fails with `precondition_failed`.
 */
export const move = (client: StorageClient): NonNullable<ObjectStore["move"]> =>
  Effect.fnUntraced(function* (from, to) {
    const settings = yield* client.settings
    const target = yield* targetOf(settings, to)
    const source = yield* headOf(client, from)
    if (Path.equals(from, to)) return source.info
    const moved = yield* rewrite(client, source, target, {}, copiedResource(source.resource, settings.storageClass))
    const { generation, ...place } = source.target
    yield* orGone(client.repeated(deleteObject(client, place, { ifGenerationMatch: generation })))
    return objectInfoOf(to, moved, settings)
  })

/** A copy of an object onto itself replaces no other state than the one that was seen. */
const inPlace = (client: StorageClient, source: Source, resource: NewResource) =>
  rewrite(client, source, source.target, { ifGenerationMatch: source.target.generation }, resource)

/**
 * The modification time is metadata and is patched: that costs neither a copy, which classes of storage that are dear to
 * read charge for, nor a new generation. Who may write objects but not change them gets a copy onto itself, as rclone
 * does it.
 */
export const setModified = (client: StorageClient): NonNullable<ObjectStore["setModified"]> =>
  Effect.fnUntraced(function* (path, modified) {
    yield* requireWritable(modified)
    const settings = yield* client.settings
    const target = yield* targetOf(settings, path)
    const metadata = modifiedMetadata(modified)
    const patched = client.repeated(patchObject(client, target, { metadata }))
    const resource = yield* Effect.catchIf(
      patched,
      ({ reason }) => reason._tag === "permission_denied",
      () =>
        Effect.flatMap(headOf(client, path), (source) => {
          const kept = keptResource(source.resource)
          return inPlace(client, source, { ...kept, metadata: { ...kept.metadata, ...metadata } })
        })
    )
    return objectInfoOf(path, resource, settings)
  })

/** A tier is a storage class, and another one costs a copy of the object onto itself. */
export const setTier = (client: StorageClient): NonNullable<ObjectStore["setTier"]> =>
  Effect.fnUntraced(function* (path, tier) {
    if (!tiers.some((known) => known === tier)) {
      return yield* StorageError.of("invalid_value", `the storage classes are ${tiers.join(", ")}`)
    }
    const source = yield* headOf(client, path)
    const resource = { ...keptResource(source.resource), storageClass: tier }
    return objectInfoOf(path, yield* inPlace(client, source, resource), yield* client.settings)
  })
