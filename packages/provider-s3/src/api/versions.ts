/**
 * The remote calls on versions, each a single attempt.
 */
import * as Effect from "effect/Effect"
import { documentNamed, versionsOf, type VersionMarker } from "../wire.ts"
import type { S3Client } from "./S3Client.ts"

/** ListObjectVersions: one page of the versions of the keys that start with a prefix. */
export const listObjectVersions = Effect.fnUntraced(function* (
  client: S3Client,
  bucket: string,
  options: {
    readonly prefix: string
    readonly maxKeys: number
    readonly delimiter?: string | undefined
    readonly after?: VersionMarker | undefined
  }
) {
  const { listUrlEncode } = yield* client.settings
  const query = {
    versions: "",
    prefix: options.prefix,
    delimiter: options.delimiter,
    "max-keys": String(options.maxKeys),
    "encoding-type": listUrlEncode ? "url" : undefined,
    "key-marker": options.after?.key,
    // An empty marker is refused; behind a common prefix there is none.
    "version-id-marker": options.after?.id === "" ? undefined : options.after?.id
  }
  return yield* versionsOf(
    yield* documentNamed(yield* client.send({ method: "GET", bucket, query }), "ListVersionsResult")
  )
}, Effect.scoped)
