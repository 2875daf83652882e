/** Keys that may do less than everything. */
import { family } from "@mooring/testkit/doctor"
import * as Effect from "effect/Effect"
import { openBucket } from "../../service.ts"
import { capabilities, ofBucket, withKeyOf, without } from "../worlds.ts"

const everywhere = () => ({})
const ofPrefix = ({ bucketId }: { readonly bucketId: string }) => ({ bucketIds: [bucketId], namePrefix: "dir/" })
/** A prefix need not end where a directory does. */
const ofNames = ({ bucketId }: { readonly bucketId: string }) => ({ bucketIds: [bucketId], namePrefix: "obj" })
const notListed = "list failed permission_denied #/key"
const notWritten = "write failed permission_denied #/key"
const lacking = (name: string) => `a key with the capability ${name}`

/** A bucket that the key of a case is not for. */
const otherBucket = Effect.runPromise(Effect.scoped(Effect.orDie(openBucket())))
const { bucket: other, bucketId: otherId } = await otherBucket

export const permissions = family("permissions", [
  {
    name: "a key of the bucket that may do everything",
    arrange: withKeyOf(ofBucket, capabilities, () => ({ write: true })),
    finding: "passed"
  },
  {
    name: "a key of the bucket, and all buckets listed",
    arrange: withKeyOf(ofBucket, capabilities, () => ({ at: [] })),
    finding: "passed"
  },
  {
    name: "a key of the bucket that may not list buckets",
    arrange: withKeyOf(ofBucket, without("listBuckets"), () => ({ write: true })),
    finding: "passed"
  },
  {
    name: "a key of all buckets that may not list them, and a bucket",
    arrange: withKeyOf(everywhere, without("listBuckets")),
    finding: notListed,
    suggestion: lacking("listBuckets")
  },
  {
    name: "a key of all buckets that may not list them, and no bucket",
    arrange: withKeyOf(everywhere, without("listBuckets"), () => ({ at: [] })),
    finding: "list unverified permission_denied #/key",
    suggestion: lacking("listBuckets")
  },
  {
    name: "a key that lists names of buckets, for the S3 API",
    arrange: withKeyOf(everywhere, [...without("listBuckets"), "listAllBucketNames"], () => ({ at: [] })),
    finding: "list unverified permission_denied #/key",
    suggestion: lacking("listBuckets")
  },
  {
    name: "without listFiles",
    arrange: withKeyOf(ofBucket, without("listFiles")),
    finding: notListed,
    suggestion: lacking("listFiles")
  },
  {
    name: "without readFiles",
    arrange: withKeyOf(ofBucket, without("readFiles")),
    finding: "read failed permission_denied #/key",
    suggestion: lacking("readFiles")
  },
  {
    name: "without writeFiles",
    arrange: withKeyOf(ofBucket, without("writeFiles"), () => ({ write: true })),
    finding: notWritten,
    suggestion: lacking("writeFiles")
  },
  {
    name: "without writeFiles, and nothing is to be written",
    arrange: withKeyOf(ofBucket, without("writeFiles")),
    finding: "passed"
  },
  {
    name: "without deleteFiles: what is written is hidden",
    arrange: withKeyOf(ofBucket, without("deleteFiles"), () => ({ write: true, leaves: 2 })),
    finding: "passed"
  },
  {
    name: "without deleteFiles, where removing is for good",
    arrange: withKeyOf(ofBucket, without("deleteFiles"), () => ({
      config: { hard_delete: true },
      write: true,
      leaves: 1
    })),
    finding: notWritten,
    suggestion: "mooring-test-ID is left over"
  },
  {
    name: "without shareFiles",
    arrange: withKeyOf(ofBucket, without("shareFiles"), () => ({ write: true })),
    finding: "passed"
  },
  {
    name: "a key that may do nothing with files",
    arrange: withKeyOf(everywhere, ["listBuckets", "listKeys"], () => ({ at: [] })),
    finding: "passed"
  },
  {
    name: "a key of another bucket",
    arrange: withKeyOf(() => ({ bucketIds: [otherId] }), capabilities),
    finding: notListed,
    suggestion: "one of the buckets of the key"
  },
  {
    name: "a key of two buckets, at one of them",
    arrange: withKeyOf(
      ({ bucketId }) => ({ bucketIds: [otherId, bucketId] }),
      capabilities,
      () => ({ write: true })
    ),
    finding: "passed"
  },
  {
    name: "a key of two buckets, and neither of them",
    arrange: withKeyOf(
      ({ bucketId }) => ({ bucketIds: [otherId, bucketId] }),
      capabilities,
      () => ({
        at: ["another-bucket"]
      })
    ),
    finding: notListed,
    suggestion: "one of the buckets of the key"
  },
  {
    name: "a key of a bucket that is gone",
    arrange: withKeyOf(() => ({ bucketIds: ["bucket_that_is_gone"] }), capabilities),
    finding: notListed,
    suggestion: "one of the buckets of the key"
  },
  {
    name: "a key of a prefix, at it",
    arrange: withKeyOf(ofPrefix, without("listBuckets"), ({ bucket }) => ({ at: [bucket, "dir"], write: true })),
    finding: "passed"
  },
  {
    name: "a key of a prefix, above it",
    arrange: withKeyOf(ofNames, capabilities),
    finding: "passed"
  },
  {
    name: "a key of a prefix, above it, to write",
    arrange: withKeyOf(ofNames, capabilities, () => ({ write: true })),
    finding: notWritten,
    suggestion: "a path below the prefix of the key"
  },
  {
    name: "a key of a prefix, beside it",
    arrange: withKeyOf(ofPrefix, capabilities, ({ bucket }) => ({ at: [bucket, "other"] })),
    finding: notListed,
    suggestion: "a path below the prefix of the key"
  },
  {
    name: "a key of a prefix of all buckets",
    arrange: withKeyOf(
      () => ({ namePrefix: "dir/" }),
      capabilities,
      ({ bucket }) => ({
        at: [bucket, "dir"],
        write: true
      })
    ),
    finding: "passed"
  },
  {
    name: "a key of a prefix, in another bucket",
    arrange: withKeyOf(ofPrefix, capabilities, () => ({ at: [other, "dir"] })),
    finding: notListed,
    suggestion: "one of the buckets of the key"
  }
])
