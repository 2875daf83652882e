/**
 * Where a request goes: the bucket in the path or in the host name, the key, and the query.
 */
import { encodeKey, encodeQuery } from "../signature.ts"
import type { S3Settings } from "../S3Settings.ts"

/** What a request is about. */
export interface Place {
  readonly method?: string
  readonly bucket?: string | undefined
  readonly key?: string | undefined
  readonly query?: Readonly<Record<string, string | undefined>> | undefined
}

const queryOf = (query: Place["query"] = {}): string => {
  const parts = Object.entries(query)
    .filter((part): part is [string, string] => part[1] !== undefined)
    .map(([name, value]) => [encodeQuery(name), encodeQuery(value)] as const)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
  return parts.length === 0 ? "" : `?${parts.map(([name, value]) => `${name}=${value}`).join("&")}`
}

/** A bucket that is a label of a host name. With dots in it a certificate of the service would not fit. */
const isLabel = (bucket: string, origin: string): boolean =>
  (origin.startsWith("https:")
    ? /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/
    : /^[a-z0-9](?:[a-z0-9-]|\.(?!\.)){1,61}[a-z0-9]$/
  ).test(bucket)

/** Whether a request is for all buckets, or makes or removes one. */
export const isOfBuckets = ({ bucket, key, method }: Place): boolean =>
  bucket === undefined || (key === undefined && (method === "PUT" || method === "DELETE"))

/**
 * Transfer Acceleration takes all requests but those of buckets, and a zone those of objects. The endpoint of the region
 * has the bucket in the path.
 */
const endpointOf = ({ origin, accelerated, directoryBuckets, pathStyle }: S3Settings, place: Place) => {
  const ofBuckets = isOfBuckets(place)
  if (directoryBuckets !== undefined && ofBuckets) return { origin: directoryBuckets.control, inPath: true }
  return { origin: ofBuckets ? origin : (accelerated ?? origin), inPath: pathStyle }
}

/** The address of a bucket or key: origin, path with query, the host that is signed, and the bucket if it is in that. */
export const addressOf = (settings: S3Settings, place: Place) => {
  const { basePath } = settings
  const { bucket, key, query } = place
  const { origin, inPath: pathStyle } = endpointOf(settings, place)
  const inHost = bucket !== undefined && !pathStyle && isLabel(bucket, origin)
  const separator = origin.indexOf("//") + 2
  const host = `${inHost ? `${bucket}.` : ""}${origin.slice(separator)}`
  const inPath = bucket === undefined || inHost ? "" : `/${encodeKey(bucket)}`
  const path = `${basePath}${inPath}${key === undefined ? "" : `/${encodeKey(key)}`}`
  return {
    origin: `${origin.slice(0, separator)}${host}`,
    host,
    hostBucket: inHost ? bucket : undefined,
    path: `${path === "" ? "/" : path}${queryOf(query)}`
  }
}
