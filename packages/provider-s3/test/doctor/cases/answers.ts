/** Services that are there and fail, and answers that no honest service gives. */
import { gzipSync } from "node:zlib"
import { family, type Said } from "@mooring/testkit/doctor"
import { refused, saying } from "../worlds.ts"

const listed = (body: string, headers: Readonly<Record<string, string>> = {}): Said => ({
  status: 200,
  headers: { "content-type": "application/xml", "x-amz-request-id": "1", ...headers },
  body
})
const root = '<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
const damaged = "authenticate failed integrity_error -"
const whole = "damages"

export const answers = family("answers", [
  {
    name: "asked too often, always",
    arrange: saying(refused(503, "SlowDown")),
    finding: "authenticate failed rate_limited -",
    suggestion: "try again later"
  },
  {
    name: "500, always",
    arrange: saying(refused(500, "InternalError")),
    finding: "authenticate failed provider_unavailable -",
    suggestion: "operator of the service"
  },
  {
    name: "a service that does not list so",
    arrange: saying(refused(501, "NotImplemented"), () => ({ at: ["bucket"] })),
    finding: "authenticate failed unsupported -",
    suggestion: "operator of the service"
  },
  {
    name: "a method that is not allowed, without a sign of S3",
    arrange: saying({ status: 405, headers: { "content-type": "text/plain" }, body: "no" }),
    finding: "authenticate failed not_a_storage_endpoint #/endpoint",
    suggestion: "S3 API"
  },
  {
    name: "an error in gzip that nobody asked for",
    arrange: saying({
      status: 403,
      headers: { "content-type": "application/xml", "content-encoding": "gzip", "x-amz-request-id": "1" },
      body: gzipSync(refused(403, "SignatureDoesNotMatch").body ?? "")
    }),
    // Nothing asked for an encoding and nothing undoes one, so the code stays hidden.
    finding: "authenticate failed auth_invalid #/secret_access_key",
    suggestion: "belongs to the access key"
  },
  {
    name: "an error of a megabyte",
    arrange: saying(
      {
        status: 403,
        headers: { "x-amz-request-id": "1" },
        body: `<Error><Code>InvalidAccessKeyId</Code><Message>${"x".repeat(1024 * 1024)}</Message></Error>`
      },
      () => ({ at: ["bucket"] })
    ),
    finding: "authenticate failed auth_invalid #/access_key_id",
    suggestion: "an access key of this service"
  },
  {
    name: "an error with a document type",
    arrange: saying(
      {
        status: 400,
        headers: { "x-amz-request-id": "1" },
        body: '<!DOCTYPE a [<!ENTITY b "c">]><Error><Code>AccessDenied</Code></Error>'
      },
      () => ({ at: ["bucket"] })
    ),
    finding: "list failed permission_denied #/access_key_id",
    suggestion: "a key that may do this"
  },
  {
    name: "an error that is cut",
    arrange: saying(
      {
        status: 403,
        headers: { "x-amz-request-id": "1" },
        body: "<Error><Code>SignatureDoesNotMatch</Code><Mess"
      },
      () => ({ at: ["bucket"] })
    ),
    finding: "authenticate failed auth_invalid #/secret_access_key",
    suggestion: "belongs to the access key"
  },
  {
    name: "an error of another content type",
    arrange: saying(refused(403, "InvalidAccessKeyId", { "content-type": "text/html" })),
    finding: "authenticate failed auth_invalid #/access_key_id",
    suggestion: "an access key of this service"
  },
  {
    name: "a listing of another content type",
    arrange: saying(listed(`${root}</ListAllMyBucketsResult>`, { "content-type": "text/plain" })),
    finding: "passed"
  },
  {
    name: "a listing that is cut",
    arrange: saying(listed(`${root}<Buckets><Bu`)),
    finding: damaged,
    suggestion: whole
  },
  {
    name: "a listing with a document type",
    arrange: saying(listed(`<!DOCTYPE a [<!ENTITY b "c">]>${root}</ListAllMyBucketsResult>`)),
    finding: damaged,
    suggestion: whole
  },
  {
    name: "a listing that goes on and does not say where",
    arrange: saying(listed("<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"), () => ({
      at: ["bucket"]
    })),
    finding: damaged,
    suggestion: whole
  }
])
