/**
 * What a service says it can do: `/info` (https://docs.openstack.org/api-ref/object-store/#discoverability).
 */
import { collectBytes, type HttpRequest, type HttpResponse } from "@mooring/core/Transport"
import type { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"

export interface ClusterInfo {
  /**
   * Static large objects, and how many segments one has at most; undefined where there are none, or none whose manifest
   * can be read: Ceph has such, and says nothing of the smallest segment.
   */
  readonly staticObjects: { readonly maxSegments: number; readonly minSegment: number } | undefined
  /** How many objects one call removes; 0 where there is no such call. */
  readonly bulkDelete: number
  /** Whether containers can keep old versions, each with an id (`x-versions-enabled`). */
  readonly versions: boolean
  /** Temporary links; undefined where there are none. */
  readonly links: { readonly methods: ReadonlyArray<string>; readonly digests: ReadonlyArray<string> } | undefined
}

/** A service that says nothing may have none of it. */
export const unknownCluster: ClusterInfo = {
  staticObjects: undefined,
  bulkDelete: 0,
  versions: false,
  links: undefined
}

/** Services that do not say by which digests they know SHA-1 alone. */
const oldDigests = ["sha1"]

const number = Schema.optionalKey(Schema.Finite)

const texts = Schema.optionalKey(Schema.Array(Schema.String))

const Answer = Schema.fromJsonString(
  Schema.Struct({
    slo: Schema.optionalKey(Schema.Struct({ max_manifest_segments: number, min_segment_size: number })),
    bulk_delete: Schema.optionalKey(Schema.Struct({ max_deletes_per_request: number })),
    object_versioning: Schema.optionalKey(Schema.Unknown),
    tempurl: Schema.optionalKey(Schema.Struct({ methods: texts, allowed_digests: texts }))
  })
)

const maxAnswer = 1024 * 1024

/** The path of `/info` is that of the account up to its version. */
const infoAddress = (storageUrl: string) => {
  const { origin, pathname } = new URL(storageUrl)
  return { origin, path: `${pathname.replace(/\/v1(?:\.0)?(?:\/.*)?$/, "")}/info` }
}

/** One attempt, which needs no token. */
export const readClusterInfo = Effect.fnUntraced(function* (
  storageUrl: string,
  exchange: (request: HttpRequest) => Effect.Effect<HttpResponse, StorageError, Scope.Scope>
) {
  const { body } = yield* exchange({ ...infoAddress(storageUrl), method: "GET" })
  const text = new TextDecoder().decode(yield* collectBytes(body, maxAnswer))
  const answer = Schema.decodeUnknownOption(Answer)(text)
  if (answer._tag === "None") return unknownCluster
  const { slo, bulk_delete: bulk, object_versioning: versioning, tempurl } = answer.value
  return {
    staticObjects:
      slo?.min_segment_size === undefined
        ? undefined
        : { maxSegments: slo.max_manifest_segments ?? 1000, minSegment: slo.min_segment_size },
    bulkDelete: bulk === undefined ? 0 : (bulk.max_deletes_per_request ?? 1000),
    versions: versioning !== undefined,
    links: tempurl && {
      methods: tempurl.methods ?? ["GET", "HEAD", "PUT"],
      digests: tempurl.allowed_digests ?? oldDigests
    }
  } satisfies ClusterInfo
})
