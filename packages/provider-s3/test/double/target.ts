/** Which bucket and key a request addresses, path style or virtual-host style (`bucket.localhost`, or a zone of Amazon). */
import { decodeText } from "./percent.ts"
import { header, type RawRequest } from "./rawRequest.ts"
import { S3Failure } from "./S3Failure.ts"

export type Target =
  | { readonly level: "service"; readonly bucket: ""; readonly key: "" }
  | { readonly level: "bucket"; readonly bucket: string; readonly key: "" }
  | { readonly level: "object"; readonly bucket: string; readonly key: string }

const virtualHost = /^(.+)\.(?:localhost|s3express-[a-z\d-]+\.[a-z\d-]+\.amazonaws\.com)(?::\d+)?$/i

/** The bucket that the host names; undefined in path style. */
export const hostBucketOf = (request: RawRequest): string | undefined =>
  virtualHost.exec(header(request, "host") ?? "")?.[1]

/** A key keeps its exact text; it has at most 1024 bytes of UTF-8. */
export const resolveTarget = (request: RawRequest): Target => {
  if (!request.path.startsWith("/")) throw new S3Failure(400, "InvalidURI", "Couldn't parse the specified URI.")
  const hosted = hostBucketOf(request)
  const path = request.path.slice(1)
  if (hosted === undefined && path === "") return { level: "service", bucket: "", key: "" }
  const slash = path.indexOf("/")
  const bucket = hosted ?? decodeText(slash < 0 ? path : path.slice(0, slash))
  const key = decodeText(hosted === undefined ? (slash < 0 ? "" : path.slice(slash + 1)) : path)
  if (bucket === "") throw new S3Failure(400, "InvalidBucketName", "The specified bucket is not valid.")
  if (Buffer.byteLength(key) > 1024) throw new S3Failure(400, "KeyTooLongError", "Your key is too long")
  return key === "" ? { level: "bucket", bucket, key } : { level: "object", bucket, key }
}
