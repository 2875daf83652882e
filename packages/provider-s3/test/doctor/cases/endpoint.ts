/** The endpoint as it is written. */
import * as Effect from "effect/Effect"
import { family } from "@mooring/testkit/doctor"
import { keys, refused, saying, withDouble } from "../worlds.ts"

const written = (endpoint: string, more: Readonly<Record<string, unknown>> = {}) =>
  Effect.succeed({ config: { ...keys, endpoint, ...more } })

const bucketListing: string =
  '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>b</Name></ListBucketResult>'

const refusedAt = "options invalid_value #/endpoint"

export const endpoint = family("endpoint", [
  {
    name: "none",
    arrange: written(""),
    finding: "options missing_field #/endpoint",
    suggestion: "s3.us-east-1.amazonaws.com"
  },
  {
    name: "none, of AWS in a region",
    arrange: written("", { provider: "AWS", region: "eu-west-1" }),
    finding: "options missing_field #/endpoint",
    suggestion: "s3.eu-west-1.amazonaws.com"
  },
  { name: "s3://bucket", arrange: written("s3://bucket"), finding: refusedAt, suggestion: "http or https" },
  {
    name: "a bucket of Amazon in the host name",
    arrange: written("https://b.s3.eu-west-1.amazonaws.com"),
    finding: refusedAt,
    suggestion: "https://s3.eu-west-1.amazonaws.com"
  },
  {
    name: "a bucket in the host name of another service, and all buckets listed",
    arrange: saying({ status: 200, headers: { "x-amz-request-id": "1" }, body: bucketListing }),
    finding: "authenticate failed not_a_storage_endpoint #/endpoint",
    suggestion: "without the bucket"
  },
  {
    name: "a bucket in the host name of another service, and the bucket listed",
    arrange: saying(refused(404, "NoSuchKey"), (origin) => ({
      config: { endpoint: `http://bucket.store.test:${new URL(origin).port}` },
      hosts: ["bucket.store.test"],
      at: ["bucket"]
    })),
    finding: "authenticate failed not_a_storage_endpoint #/endpoint",
    suggestion: "http://store.test:PORT"
  },
  {
    name: "another bucket in the host name of another service",
    arrange: saying(
      (path) => (path === "/" ? { status: 200, body: bucketListing } : refused(404, "NoSuchKey")),
      (origin) => ({
        config: { endpoint: `http://bucket.store.test:${new URL(origin).port}` },
        hosts: ["bucket.store.test"],
        at: ["other"]
      })
    ),
    finding: "authenticate failed not_a_storage_endpoint #/endpoint",
    suggestion: "without the bucket"
  },
  {
    name: "a bucket in the path",
    arrange: saying(
      (path) => (path.startsWith("/b/b") ? refused(404, "NoSuchKey") : refused(404, "NoSuchBucket")),
      (origin) => ({ config: { endpoint: `${origin}/b` }, at: ["b"] })
    ),
    finding: "authenticate failed not_a_storage_endpoint #/endpoint",
    suggestion: "http://127.0.0.1:PORT"
  },
  {
    name: "a path that the service does not have",
    arrange: withDouble(({ endpoint: origin }) => ({ config: { endpoint: `${origin}/s3/v1` } })),
    finding: "authenticate failed not_a_storage_endpoint #/endpoint",
    suggestion: "without a bucket or other path"
  },
  {
    name: "a path that the service does not have, and a bucket listed",
    arrange: withDouble(({ endpoint: origin }) => ({ config: { endpoint: `${origin}/s3` }, at: ["b"] })),
    finding: "authenticate failed not_a_storage_endpoint #/endpoint",
    suggestion: "http://127.0.0.1:PORT"
  },
  {
    name: "a trailing dot",
    arrange: withDouble(({ port }) => ({
      config: { endpoint: `http://store.test.:${port}`, force_path_style: true },
      hosts: ["store.test."],
      at: ["b"]
    })),
    finding: "passed"
  }
])
