/**
 * Every difference between the vendor's client and ours that may be, each for one operation or work.
 */
import type { Allowed } from "@mooring/testkit/vendorDiff"
import { encodeKey } from "../../src/signature.ts"
import { base64Md5 } from "../double/cases/fixture.ts"
import { pendingKey } from "./Work.ts"

const api = (name: string) => `https://docs.aws.amazon.com/AmazonS3/latest/API/API_${name}.html`

/** The same difference in each of these operations. */
const each = (
  operations: ReadonlyArray<string>,
  entry: Omit<Allowed, "operation" | "name"> & { readonly name?: string }
): ReadonlyArray<Allowed> => operations.map((operation) => ({ operation, name: "", ...entry }))

const header = (
  name: string,
  operations: ReadonlyArray<string>,
  entry: Pick<Allowed, "theirs" | "ours" | "reason" | "source">
): ReadonlyArray<Allowed> => each(operations, { aspect: "header", name, ...entry })

const operations = [
  "ListBuckets",
  "HeadBucket",
  "CreateBucket",
  "DeleteBucket",
  "ListObjects",
  "ListObjectsV2",
  "ListObjectVersions",
  "HeadObject",
  "GetObject",
  "PutObject",
  "DeleteObject",
  "DeleteObjects",
  "CopyObject",
  "CreateMultipartUpload",
  "UploadPart",
  "CompleteMultipartUpload",
  "UploadPartCopy",
  "ListMultipartUploads",
  "ListParts",
  "AbortMultipartUpload",
  "CreateSession"
]

const named = {
  theirs: "the name of the client",
  ours: "absent",
  reason: "It tells program, platform and versions to whoever serves; no service asks for it.",
  source: "@aws-sdk/core, client/middleware-user-agent"
}

const aboutTheClient = [
  ...header("user-agent", operations, named),
  ...header("x-amz-user-agent", operations, named),
  ...header("amz-sdk-invocation-id", operations, {
    theirs: "an id of the call",
    ours: "absent",
    reason: "It counts calls for the vendor's statistics; the service ignores it.",
    source: "@smithy/core, retry/util-retry"
  }),
  ...header("amz-sdk-request", operations, {
    theirs: "the number of the attempt",
    ours: "absent",
    reason: "It counts attempts for the vendor's statistics; the service ignores it.",
    source: "@smithy/core, retry/util-retry"
  }),
  ...[
    "ListBuckets",
    "GetObject",
    "PutObject",
    "DeleteObject",
    "CopyObject",
    "UploadPart",
    "UploadPartCopy",
    "ListParts",
    "AbortMultipartUpload"
  ].flatMap((operation) =>
    each([operation], {
      aspect: "parameter",
      name: "x-id",
      theirs: operation,
      ours: "absent",
      reason: "It names the operation that method, path and the other parameters say already.",
      source: "@aws-sdk/client-s3, schemas/schemas_0"
    })
  )
]

const buckets = [
  ...["HeadBucket", "ListObjects", "ListObjectsV2", "ListObjectVersions", "DeleteObjects"].map(
    (operation) => [operation, "bucket"] as const
  ),
  ["CreateBucket", "created"] as const,
  ["DeleteBucket", "empty"] as const,
  ["DeleteBucket", "other--usw2-az1--x-s3"] as const
]

const paths = [
  ...[...buckets, ["ListMultipartUploads", "bucket"] as const, ["ListMultipartUploads", "pending"] as const].flatMap(
    ([operation, bucket]) =>
      each([operation], {
        aspect: "path",
        theirs: `/${bucket}/`,
        ours: `/${bucket}`,
        reason: "Both are the bucket in path style.",
        source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html"
      })
  ),
  ...(
    [
      [["CopyObject", "UploadPartCopy"], "bucket/stored"],
      [["CopyObject"], "bucket/stored?versionId=null"],
      [["CopyObject"], `bucket/${encodeKey(pendingKey)}`]
    ] as const
  ).flatMap(([copying, source]) =>
    header("x-amz-copy-source", copying, {
      theirs: source,
      ours: `/${source}`,
      reason: "The slash before the bucket may be there or not; the vendor's client sends what it is given.",
      source: "https://github.com/awslabs/aws-c-s3/releases/tag/v0.1.35"
    })
  )
]

const bodies = [
  ...header(
    "x-amz-content-sha256",
    ["CreateBucket", "PutObject", "DeleteObjects", "UploadPart", "CompleteMultipartUpload"],
    {
      theirs: "a digest",
      ours: "UNSIGNED-PAYLOAD",
      reason: "A body is not signed unless use_unsigned_payload says so: Content-MD5 or the ETag proves it.",
      source: "https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html"
    }
  ),
  ...header("content-md5", ["CreateBucket", "DeleteObjects"], {
    theirs: "absent",
    ours: "a digest",
    reason: "Every service knows this digest, and not every one another.",
    source: api("DeleteObjects")
  }),
  ...header("x-amz-checksum-crc32", ["DeleteObjects"], {
    theirs: "a digest",
    ours: "absent",
    reason: "The operation wants one digest, which is Content-MD5 here.",
    source: api("DeleteObjects")
  }),
  ...header("x-amz-sdk-checksum-algorithm", ["DeleteObjects"], {
    theirs: "CRC32",
    ours: "absent",
    reason: "It names the digest that goes with it.",
    source: api("DeleteObjects")
  }),
  ...header("content-length", ["DeleteObjects"], {
    theirs: "217",
    ours: "212",
    reason: "The apostrophe of the key is written as it is, not as a reference: XML wants that in attributes only.",
    source: "https://www.w3.org/TR/xml/#syntax"
  }),
  ...header("content-type", ["CreateBucket"], {
    theirs: "application/xml",
    ours: "absent",
    reason: "The request of the page has no type: the body is XML in any case.",
    source: api("CreateBucket")
  }),
  ...header("content-type", ["UploadPart"], {
    theirs: "application/octet-stream",
    ours: "absent",
    reason: "A part has no type; that of the object is sent when its upload begins.",
    source: api("UploadPart")
  }),
  ...header("expect", ["PutObject", "UploadPart"], {
    theirs: "100-continue",
    ours: "absent",
    reason: "One round trip less for each body; a refusal comes while the body is sent.",
    source: "@aws-sdk/middleware-sdk-s3, s3/middleware-expect-continue"
  }),
  ...header("connection", ["PutObject", "UploadPart"], {
    theirs: "close",
    ours: "keep-alive",
    reason: "It gives a request with Expect a connection of its own; ours are used again.",
    source: "@smithy/node-http-handler, node-http-handler"
  }),
  ...header("x-amz-meta-md5chksum", ["PutObject"], {
    theirs: "absent",
    ours: base64Md5("text"),
    reason: "Under keys of KMS and of customers the ETag is no MD5, so it is kept where rclone looks for it.",
    source: "https://rclone.org/s3/#hashes"
  }),
  ...header("x-amz-meta-md5chksum", ["CreateMultipartUpload"], {
    theirs: "absent",
    ours: "5NfxtO0uQtFYmPSyewGdpA==",
    reason: "A copy in parts keeps the MD5 of its source where rclone looks for it.",
    source: "https://rclone.org/s3/#hashes"
  })
]

const order = (operation: string, theirs: string, ours: string, reason: string, source: string): Allowed => ({
  operation,
  aspect: "order",
  name: "",
  theirs,
  ours,
  reason,
  source
})

const directory = [
  ...header("x-amz-sdk-checksum-algorithm", ["PutObject", "UploadPart"], {
    theirs: "CRC32",
    ours: "absent",
    reason: "It names the digest that goes with it.",
    source: "@aws-sdk/checksums, flexible-checksums"
  }),
  ...header("x-amz-checksum-mode", ["GetObject"], {
    theirs: "ENABLED",
    ours: "absent",
    reason: "Digests are asked for to be compared; ours is the MD5, of which the metadata tells.",
    source: "@aws-sdk/checksums, flexible-checksums"
  }),
  ...header("x-amz-s3session-token", ["HeadBucket"], {
    theirs: "the token of a session",
    ours: "absent",
    reason: "By the page the account signs it and no session.",
    source: api("HeadBucket")
  }),
  order(
    "HeadBucket of a directory bucket",
    "CreateSession, HeadBucket",
    "HeadBucket",
    "By the page the account signs it and no session.",
    api("HeadBucket")
  )
]

const query = [
  ...each(["PutObject"], {
    aspect: "parameter",
    name: "X-Amz-Content-Sha256",
    theirs: "UNSIGNED-PAYLOAD",
    ours: "absent",
    reason: "The page on signatures in the query has no such parameter: the body of such a request is not signed.",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html"
  }),
  ...each(["PutObject"], {
    aspect: "parameter",
    name: "X-Amz-SignedHeaders",
    theirs:
      "amz-sdk-invocation-id%3Bamz-sdk-request%3Bcontent-length%3Bcontent-md5%3Bcontent-type%3Bhost%3B" +
      "x-amz-meta-colour%3Bx-amz-meta-mtime%3Bx-amz-user-agent",
    ours: "content-md5%3Bcontent-type%3Bhost%3Bx-amz-meta-colour%3Bx-amz-meta-mtime",
    reason: "Headers about the client are not sent, and the length is the transport's to say.",
    source: "src/signature.ts"
  })
]

const uploaded = "CreateMultipartUpload, UploadPart, CompleteMultipartUpload"
const copied = "CreateMultipartUpload, UploadPartCopy, CompleteMultipartUpload"

const orders = [
  order(
    "HeadObject of a version",
    "HeadObject",
    "ListObjectVersions, HeadObject",
    "The id of a version that is named by its time is looked for.",
    "src/versions.ts"
  ),
  order(
    "CopyObject of a version",
    "CopyObject",
    "ListObjectVersions, HeadObject, CopyObject, HeadObject",
    "The id of a version that is named by its time is looked for; and a copy looks at its source and at what was stored.",
    "src/versions.ts, src/copy.ts"
  ),
  ...["CopyObject", "CopyObject of a state"].map((work) =>
    order(
      work,
      "CopyObject",
      "HeadObject, CopyObject, HeadObject",
      "A copy first looks at its source, for its size and state, and then tells what was stored.",
      "src/copy.ts"
    )
  ),
  order(
    "UploadPartCopy",
    copied,
    `HeadObject, ${copied}, HeadObject`,
    "A copy first looks at its source, for its size and state, and then tells what was stored.",
    "src/copy.ts"
  ),
  order(
    "CompleteMultipartUpload of an upload in parts",
    uploaded,
    `${uploaded}, HeadObject`,
    "Where the answer to a completion is lost, the object is looked at: it may be there.",
    "src/multipart.ts"
  )
]

const ended = "The answer to the first request was lost. That the second finds it done is what was asked for."

const outcomes = [
  ...[
    "CreateBucket with a location",
    "DeleteBucket",
    "CompleteMultipartUpload of an upload in parts",
    "AbortMultipartUpload",
    "AbortMultipartUpload of an open upload",
    "DeleteBucket of a directory bucket"
  ].flatMap((work) =>
    each([work], {
      aspect: "outcome",
      name: "a lost answer",
      theirs: "failure",
      ours: "success",
      reason: ended,
      source: "src/containers.ts, src/multipart.ts, src/uploads.ts"
    })
  ),
  ...(
    [
      ["SlowDown twice", "3"],
      ["InternalError", "2"],
      ["a reset", "2"]
    ] as const
  ).flatMap(([failure, tries]) =>
    (
      [
        ["retries", tries, "1"],
        ["outcome", "success", "failure"]
      ] as const
    ).flatMap(([aspect, theirs, ours]) =>
      each(["PutObject where there is none"], {
        aspect,
        name: failure,
        theirs,
        ours,
        reason: "On a condition it is tried once: had the first request been done, the second would be refused for it.",
        source: "src/write.ts"
      })
    )
  ),
  ...each(["PutObject where there is none"], {
    aspect: "retries",
    name: "a lost answer",
    theirs: "2",
    ours: "1",
    reason: "On a condition it is tried once: the second request finds what the first has stored, and is refused.",
    source: "src/write.ts"
  })
]

export const allowed: ReadonlyArray<Allowed> = [
  ...aboutTheClient,
  ...paths,
  ...bodies,
  ...query,
  ...directory,
  ...orders,
  ...outcomes
]
