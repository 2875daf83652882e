/**
 * What a value is where it is another in each run; all other values are compared as they are.
 */
import type { ValueClass } from "@mooring/testkit/vendorDiff"

/** Every class. */
export const classes: ReadonlyArray<ValueClass> = [
  ["header", "authorization", /^AWS4-HMAC-SHA256 Credential=/, "a signature of version 4"],
  ["header", "x-amz-date", /^\d{8}T\d{6}Z$/, "a time"],
  ["header", "x-amz-content-sha256", /^[\da-f]{64}$/, "a digest"],
  ["header", "content-md5", /^[\w+/]{22}==$/, "a digest"],
  ["header", "x-amz-checksum-crc32", /^[\w+/]{6}==$/, "a digest"],
  ["header", "x-amz-s3session-token", /^[\da-f]{32}\+\/==$/, "the token of a session"],
  [
    "header",
    "host",
    /^bucket--usw2-az1--x-s3\.s3express-usw2-az1\.us-east-1\.amazonaws\.com(:\d+)?$/,
    "the bucket at the endpoint of its zone"
  ],
  ["header", "host", /^s3express-control\.us-east-1\.amazonaws\.com(:\d+)?$/, "the endpoint of the region"],
  ["header", "host", /^127\.0\.0\.1:\d+$/, "host and port"],
  ["header", "user-agent", /^aws-sdk-js\//, "the name of the client"],
  ["header", "x-amz-user-agent", /^aws-sdk-js\//, "the name of the client"],
  ["header", "amz-sdk-invocation-id", /^[\da-f-]{36}$/, "an id of the call"],
  ["header", "amz-sdk-request", /^attempt=\d+; max=\d+$/, "the number of the attempt"],
  ["parameter", "continuation-token", /^[\w.-]+$/, "a token"],
  ["parameter", "version-id-marker", /^[\da-f]{32}$/, "an id of a version"],
  ["parameter", "X-Amz-Credential", /^AKIA\w+%2F\d{8}%2Fus-east-1%2Fs3%2Faws4_request$/, "a key and its scope"],
  ["parameter", "X-Amz-Date", /^\d{8}T\d{6}Z$/, "a time"],
  ["parameter", "X-Amz-Signature", /^[\da-f]{64}$/, "a signature of version 4"],
  ["parameter", "uploadId", /^[\w.~-]+$/, "an id of an upload"]
]
