/**
 * What a value is where it is another in each run; all other values are compared as they are.
 */
import { jsonFields, type SentRequest, type ValueClass } from "@mooring/testkit/vendorDiff"

const id = /^(\d{10}|bucket_\d+)$/
const bucket = /^mooring-[0-9a-f]{12}$/

export const classes: ReadonlyArray<ValueClass> = [
  ["header", "authorization", /^Basic [\w+/=]+$/, "account and key"],
  ["header", "authorization", /^auth_token_\d+$/, "the token of the account"],
  ["header", "authorization", /^https:\/\/upload\.example\.com\//, "the token of an upload"],
  ["header", "user-agent", /^backblaze-b2\//, "the name of the client"],
  ["header", "host", /^127\.0\.0\.1:\d+$/, "the service"],
  // Fields are compared, and with them what they are long.
  ["header", "content-length", /^\d+$/, "a length"],
  ["segment", "", bucket, "the bucket"],
  ["segment", "", /^(\d+|bucket_\d+|auth_token_\d+)$/, "an id"],
  ["parameter", "fileId", id, "an id"],
  ["field", "bucketId", id, "an id"],
  ["field", "destinationBucketId", id, "an id"],
  ["field", "fileId", id, "an id"],
  ["field", "sourceFileId", id, "an id"],
  ["field", "largeFileId", id, "an id"],
  ["field", "fileInfo.plan_id", /^[0-9a-f]{40}$/, "a plan"],
  ["field", "bucketName", bucket, "the bucket"],
  ["field", "bucketName", /^created-mooring-[0-9a-f]{12}$/, "a new bucket"],
  ["field", "bucketName", /^empty-mooring-[0-9a-f]{12}$/, "an empty bucket"]
]

/** Members of a JSON document; of an upload, how many bytes it has. */
export const fieldsOf = ({ operation, body }: SentRequest): Readonly<Record<string, string>> =>
  operation.startsWith("b2_upload_") ? { bytes: String(body?.byteLength ?? 0) } : jsonFields(body)

/** What a request asks for: the name of the call. */
export const operationOf = ({ path }: Pick<SentRequest, "path">): string =>
  path.startsWith("/file/") ? "b2_download_file_by_name" : (/^\/b2api\/v\d\/(\w+)/.exec(path)?.[1] ?? path)
