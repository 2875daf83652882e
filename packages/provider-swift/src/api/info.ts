/**
 * What a service says it can do: `/info` (https://docs.openstack.org/api-ref/object-store/#discoverability).
 */
import { collectBytes, type HttpRequest, type HttpResponse } from "@mooring/core/Transport"
import type { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"

export interface ClusterInfo {
  /** Static large objects, and how many segments one has at most; undefined where there are none. */
  readonly staticObjects: { readonly maxSegments: number; readonly minSegment: number } | undefined
  /** How many objects one call removes; 0 where there is no such call. */
  readonly bulkDelete: number
}

/** A service that says nothing may have neither. */
export const unknownCluster: ClusterInfo = { staticObjects: undefined, bulkDelete: 0 }

const number = Schema.optionalKey(Schema.Finite)

const Answer = Schema.fromJsonString(
  Schema.Struct({
    slo: Schema.optionalKey(Schema.Struct({ max_manifest_segments: number, min_segment_size: number })),
    bulk_delete: Schema.optionalKey(Schema.Struct({ max_deletes_per_request: number }))
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
  const { slo, bulk_delete: bulk } = answer.value
  return {
    staticObjects:
      slo === undefined
        ? undefined
        : { maxSegments: slo.max_manifest_segments ?? 1000, minSegment: slo.min_segment_size ?? 1024 * 1024 },
    bulkDelete: bulk === undefined ? 0 : (bulk.max_deletes_per_request ?? 1000)
  } satisfies ClusterInfo
})
