/** What a key may do. */
import { defaultAccessKey, type S3Double } from "../../double/index.ts"
import { newBucket, storeObject } from "../../double/objects.ts"
import { family, type Said } from "@mooring/testkit/doctor"
import { refused, saying, withDouble } from "../worlds.ts"

const key = (more: Partial<typeof defaultAccessKey> & object) => ({ accessKeys: [{ ...defaultAccessKey, ...more }] })

/** Puts objects into the double, of these storage classes, in the order of their names. */
const store = ({ buckets }: S3Double, ...classes: ReadonlyArray<string>) => {
  const bucket = buckets.get("b") ?? newBucket("b", "us-east-1", 0)
  for (const [index, storageClass] of classes.entries()) {
    const system: Readonly<Record<string, string>> =
      storageClass === "STANDARD" ? {} : { "x-amz-storage-class": storageClass }
    const attributes = { contentType: "text/plain", system, metadata: {} }
    storeObject(bucket, `object-${index}`, Buffer.from("text"), attributes, 0)
  }
}

/** A double with an object in its bucket that refuses the next such calls so. */
const refusing = (matching: Parameters<S3Double["injectNext"]>[0], said: Said, write = false) =>
  withDouble((double) => {
    store(double, "STANDARD")
    for (let count = 0; count < 2; count += 1) {
      double.injectNext(matching, { status: said.status, headers: said.headers ?? {}, body: said.body ?? "" })
    }
    return { at: ["b"], write }
  })

export const permissions = family("permissions", [
  {
    name: "a key of one bucket, and all listed",
    arrange: withDouble(() => ({}), key({ bucket: "b" })),
    finding: "list unverified permission_denied #/access_key_id",
    suggestion: "a key that may do this"
  },
  {
    name: "a key of one bucket, at the bucket",
    arrange: withDouble(() => ({ at: ["b"], write: true }), key({ bucket: "b" })),
    finding: "passed"
  },
  {
    name: "a key of another bucket",
    arrange: withDouble(() => ({ at: ["b"] }), key({ bucket: "other" })),
    finding: "list failed permission_denied #/access_key_id",
    suggestion: "another bucket"
  },
  {
    name: "a key that may only write",
    arrange: withDouble(() => ({ at: ["b"], write: true }), key({ policy: "write-only" })),
    finding: "list failed permission_denied #/access_key_id",
    suggestion: "a key that may do this"
  },
  {
    name: "a key that may only read, and nothing is written",
    arrange: withDouble(() => ({ at: ["b"] }), key({ policy: "read-only" })),
    finding: "passed"
  },
  {
    name: "a key that may only read, and something is written",
    arrange: withDouble(() => ({ at: ["b"], write: true }), key({ policy: "read-only" })),
    finding: "write failed permission_denied #/access_key_id",
    suggestion: "a key that may do this"
  },
  {
    name: "listing denied",
    arrange: refusing({ method: "GET", target: /^\/b\?/ }, refused(403, "AccessDenied")),
    finding: "list failed permission_denied #/access_key_id",
    suggestion: "a key that may do this"
  },
  {
    name: "reading denied",
    arrange: refusing({ operation: "GetObject" }, refused(403, "AccessDenied")),
    finding: "read failed permission_denied #/access_key_id",
    suggestion: "a key that may do this"
  },
  {
    name: "the key of encryption is disabled",
    arrange: refusing({ operation: "GetObject" }, refused(400, "KMS.DisabledException")),
    finding: "read failed permission_denied -",
    suggestion: "KMS"
  },
  {
    name: "the service pays for nobody: requester pays",
    // S3 refuses as it refuses any other, and says nowhere that paying would help.
    arrange: saying(refused(403, "AccessDenied"), () => ({ at: ["bucket"] })),
    finding: "list failed permission_denied #/requester_pays",
    suggestion: "true"
  },
  {
    name: "the first object is archived, the second is not",
    arrange: withDouble((double) => {
      store(double, "GLACIER", "STANDARD")
      return { at: ["b"] }
    }),
    finding: "passed"
  },
  {
    name: "all objects are archived",
    arrange: withDouble((double) => {
      store(double, "DEEP_ARCHIVE", "GLACIER")
      return { at: ["b"] }
    }),
    finding: "read unverified archived_tier -",
    suggestion: "restore"
  },
  {
    name: "the quota is used up",
    arrange: refusing({ operation: "PutObject" }, refused(403, "QuotaExceeded"), true),
    finding: "write failed quota_exceeded -",
    suggestion: "free space"
  },
  {
    name: "the store is full",
    arrange: refusing({ operation: "PutObject" }, refused(507, "XMinioStorageFull"), true),
    finding: "write failed no_space -",
    suggestion: "free space"
  },
  {
    name: "a key that may write and not remove",
    arrange: withDouble((double) => {
      const said = refused(403, "AccessDenied")
      double.injectNext({ operation: "DeleteObject" }, { status: 403, headers: {}, body: said.body ?? "" })
      return { at: ["b"], write: true, leaves: 1 }
    }),
    finding: "write failed permission_denied #/access_key_id",
    suggestion: "mooring-test-ID is left over"
  },
  {
    name: "bodies that are not signed are refused",
    arrange: refusing({ operation: "PutObject" }, refused(400, "XAmzContentSHA256Mismatch"), true),
    finding: "write failed integrity_error #/use_unsigned_payload",
    suggestion: "false"
  },
  {
    name: "a proxy takes the length of bodies away",
    arrange: refusing({ operation: "PutObject" }, refused(411, "MissingContentLength"), true),
    finding: "write failed unsupported -",
    suggestion: "operator of the service"
  }
])
