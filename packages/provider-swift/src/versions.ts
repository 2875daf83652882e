/**
 * Versions of objects in containers that keep them with ids (`x-versions-enabled`, Swift 2.24 and later).
 *
 * What older containers keep (`x-versions-location`, `x-history-location`) are ordinary objects of another container,
 * and found there.
 */
import { StorageError, type ObjectStore, type Path, type Version } from "@mooring/core"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import type { VersionTarget } from "./api/objects.ts"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { targetOf, type Target } from "./keys.ts"
import { maxPage } from "./list.ts"
import { deleteObject, listVersions, restoreVersion } from "./SwiftApi.ts"
import type { ListedVersion } from "./wire.ts"

/** The type of what stands for a removal among versions. */
const isRemoval = ({ contentType }: ListedVersion): boolean => /swift_versions_deleted=1/.test(contentType ?? "")

const noVersions = StorageError.of("unsupported", "the service keeps no versions with ids")

/** The object of a path, at a version if one is named; `unsupported` where a service would ignore that. */
export const versionOf = Effect.fnUntraced(function* (client: SwiftClient, path: Path, version: string | undefined) {
  const target: VersionTarget = yield* targetOf(yield* client.settings, path)
  if (version === undefined) return target
  return (yield* client.info).versions ? { ...target, version } : yield* noVersions
})

/** One page of the versions of exactly this object; those that only begin with its name come behind. */
const pageOf = Effect.fnUntraced(function* (client: SwiftClient, { container, key }: Target, after?: string) {
  if (!(yield* client.info).versions) return yield* noVersions
  const marked = after === undefined ? undefined : { name: key, version: after }
  const page = yield* client.repeated(listVersions(client, container, { prefix: key, limit: maxPage, after: marked }))
  const versions = page.filter(({ name }) => name === key)
  const last = versions.at(-1)
  return { versions, next: versions.length === maxPage ? last?.id : undefined }
})

export const versions = (client: SwiftClient): NonNullable<ObjectStore["versions"]> =>
  Effect.fnUntraced(function* (path, { cursor } = {}) {
    const target = yield* targetOf(yield* client.settings, path)
    const page = yield* pageOf(client, target, cursor)
    return {
      versions: page.versions.map((listed): Version => {
        const { id, current, size, etag, contentType, modified } = listed
        const deleted = isRemoval(listed)
        const info = {
          kind: "object" as const,
          path,
          ...(!deleted && { size }),
          ...(modified !== undefined && { modified }),
          ...(etag !== undefined && !deleted && { validator: etag }),
          ...(contentType !== undefined && !deleted && { contentType })
        }
        return { id, current, deleted, info }
      }),
      ...(page.next !== undefined && { cursor: page.next })
    }
  })

/** The version that becomes current when this one goes; the service by itself would show nothing at the path. */
const successor = Effect.fnUntraced(function* (client: SwiftClient, target: Required<VersionTarget>) {
  const { versions } = yield* pageOf(client, target)
  if (versions.find(({ current }) => current)?.id !== target.version) return undefined
  const next = versions.find(({ id }) => id !== target.version)
  return next === undefined || isRemoval(next) ? undefined : next.id
})

/** The one before becomes current first, so that at no time there is nothing. */
export const removeVersion = (client: SwiftClient): NonNullable<ObjectStore["removeVersion"]> =>
  Effect.fnUntraced(function* (path, version) {
    const target = { ...(yield* targetOf(yield* client.settings, path)), version }
    const next = yield* successor(client, target)
    if (next !== undefined) yield* client.repeated(restoreVersion(client, { ...target, version: next }))
    yield* client.repeated(deleteObject(client, target))
  }, orGone)
