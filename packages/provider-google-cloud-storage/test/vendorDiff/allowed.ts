/**
 * Every difference between the vendor's client and ours that may be, each for one operation or work.
 */
import type { Allowed } from "@mooring/testkit/vendorDiff"

type Entry = Omit<Allowed, "operation">

const each = (operations: ReadonlyArray<string>, entry: Entry): ReadonlyArray<Allowed> =>
  operations.map((operation) => ({ operation, ...entry }))

const header = (name: string, theirs: string, ours: string, reason: string, source: string): Entry => ({
  aspect: "header",
  name,
  theirs,
  ours,
  reason,
  source
})

const absent = "absent"
const client = "@google-cloud/storage"

/** What a client says of itself, and of what it can read. */
const aboutTheClient = (operations: ReadonlyArray<string>): ReadonlyArray<Allowed> =>
  [
    header("accept", "*/*", absent, "Absent, it means the same (RFC 9110, section 12.5.1).", client),
    header("user-agent", "the name of the client", absent, "No service asks for it.", client),
    header("x-goog-api-client", "the name of the client", absent, "It is for the vendor's statistics.", client),
    header(
      "x-goog-gcs-idempotency-token",
      "a random id",
      absent,
      "No page of Google's documents it, and what is sent again here ends in the same state without it.",
      client
    )
  ].flatMap((entry) => each(operations, entry))

const plain = [
  "buckets.delete",
  "buckets.insert",
  "buckets.list",
  "objects.delete",
  "objects.get",
  "objects.insertMultipart",
  "objects.list",
  "objects.patch",
  "objects.rewrite",
  "uploads.begin",
  "uploads.put"
]

/** Calls that the vendor's client makes once, and the failures after which they are made again here. */
const again = (title: string, failures: ReadonlyArray<string>, reason: string): ReadonlyArray<Allowed> =>
  failures.flatMap((name) => [
    { operation: title, aspect: "outcome", name, theirs: "failure", ours: "success", reason, source: client },
    { operation: title, aspect: "retries", name, theirs: "1", ours: "2", reason, source: client }
  ])

const certain = ["503 once", "429 once"]
const all = [...certain, "a reset", "a lost answer"]
const sameState = "It ends in the same state however often it is made; whoever writes meanwhile is before or behind it."
const nothingDone = "The service says that it did nothing, so that a second try meets what the first would have met."

/** Metadata first. */
const seenFirst = (title: string, operation: string, reason: string, source: string): Allowed => ({
  operation: title,
  aspect: "order",
  name: "",
  theirs: operation,
  ours: `objects.get, ${operation}`,
  reason,
  source
})

const parameter = (operation: string, name: string, theirs: string, ours: string, reason: string): Allowed => ({
  operation,
  aspect: "parameter",
  name,
  theirs,
  ours,
  reason,
  source: "src"
})

const asRclone = "An ACL that was not chosen is private, as with rclone."
const namedInResource = "The resource in the body has the name too, and one name is enough."
const sent = {
  aspect: "header",
  source: "https://cloud.google.com/storage/docs/performing-resumable-uploads"
} as const

export const allowed: { readonly failing: ReadonlyArray<Allowed>; readonly streamed: ReadonlyArray<Allowed> } = {
  failing: [
    ...aboutTheClient(plain.filter((name) => !/insertMultipart|^uploads/.test(name))),
    ...each(
      plain.filter((name) => !/insertMultipart|^uploads/.test(name)),
      header("accept-encoding", "gzip, deflate, br", absent, "Answers are small beside the objects.", client)
    ),
    ...again("objects.delete", all, sameState),
    ...again("objects.patch", all, sameState),
    ...again("objects.rewrite", all, sameState),
    ...again("objects.rewrite of another storage class", certain, nothingDone),
    {
      operation: "buckets.delete",
      aspect: "outcome",
      name: "a lost answer",
      theirs: "failure",
      ours: "success",
      reason: "A bucket that is gone is removed.",
      source: "src/containers.ts"
    },
    {
      operation: "buckets.insert",
      aspect: "outcome",
      name: "a lost answer",
      theirs: "failure",
      ours: "success",
      reason: "A bucket that is there already and is of the project was created.",
      source: "src/containers.ts"
    },
    {
      operation: "buckets.insert",
      aspect: "order",
      name: "",
      theirs: "buckets.insert",
      ours: "buckets.insert, buckets.list",
      reason: "After a lost answer it is asked whose the bucket is that is there.",
      source: "src/containers.ts"
    },
    parameter("buckets.insert", "predefinedAcl", absent, "private", asRclone),
    parameter("objects.rewrite", "destinationPredefinedAcl", absent, "private", asRclone),
    parameter("objects.rewrite", "sourceGeneration", absent, "the generation", "What was seen is what is copied."),
    parameter(
      "objects.rewrite",
      "ifGenerationMatch",
      absent,
      "the generation",
      "A copy onto itself replaces no other state than the one that was seen."
    ),
    seenFirst("objects.rewrite", "objects.rewrite", "The copy is compared with its source.", "src/copy.ts"),
    seenFirst(
      "objects.rewrite of another storage class",
      "objects.rewrite",
      "Where a copy is given a storage class, all else that it should keep is given too.",
      "src/info.ts"
    ),
    ...(
      [
        ["objects.get", "/storage/v1/b/bucket/o/"],
        ["objects.rewrite", "/storage/v1/b/bucket/o/stored/rewriteTo/b/bucket/o/"]
      ] as const
    ).map(([operation, place]): Allowed => ({
      operation,
      aspect: "path",
      name: "",
      theirs: `${place}dir%2Fa%20b%2Bc%252F%26%3D%3F%23%C3%A9~!'()*`,
      ours: `${place}dir%2Fa%20b%2Bc%252F%26%3D%3F%23%C3%A9~%21%27%28%29%2A`,
      reason: "Both are the same name; reserved characters are escaped (RFC 3986, section 2.2).",
      source: "src/api/address.ts"
    }))
  ],
  streamed: [
    ...aboutTheClient(["objects.download", "objects.insertMultipart", "uploads.begin", "uploads.put"]),
    ...each(
      ["objects.insertMultipart", "uploads.begin", "uploads.put"],
      header("accept-encoding", "gzip, deflate, br", absent, "Answers are small beside the objects.", client)
    ),
    ...each(
      ["objects.download"],
      header("cache-control", "no-store", absent, "The generation in the address names one state for ever.", client)
    ),
    parameter(
      "objects.download",
      "generation",
      absent,
      "the generation",
      "The bytes are those of the state whose metadata was read."
    ),
    ...["objects.download", "objects.download of a range"].map((title) =>
      seenFirst(title, "objects.download", "A download does not say the metadata of an object.", "src/read.ts")
    ),
    ...each(
      ["objects.insertMultipart"],
      header("transfer-encoding", "chunked", absent, "The size of a body in memory is known.", "src/api/uploads.ts")
    ),
    ...each(
      ["objects.insertMultipart"],
      header("content-length", absent, "a length", "The size of a body in memory is known.", "src/api/uploads.ts")
    ),
    parameter(
      "objects.insertMultipart",
      "name",
      "new%2Fa%20b%2Bc%252F%26%3D%3F%23%C3%A9~!%27()*",
      absent,
      namedInResource
    ),
    parameter("uploads.begin", "name", "new%2Fa+b%2Bc%252F%26%3D%3F%23%C3%A9%7E%21%27%28%29*", absent, namedInResource),
    {
      operation: "uploads.begin",
      name: "x-upload-content-length",
      theirs: absent,
      ours: "524293",
      reason: "The size is known beforehand, so that the service can refuse it before any byte.",
      ...sent
    },
    {
      operation: "uploads.put",
      name: "authorization",
      theirs: absent,
      ours: "a token",
      reason: "The vendor's client asks without one where the address of the session was given to it.",
      ...sent
    },
    {
      operation: "uploads.put",
      name: "content-range",
      theirs: "bytes */*",
      ours: "bytes 0-524287/*",
      reason: "The vendor's client asks first how far the session is, which was begun just now.",
      ...sent
    },
    {
      operation: "uploads.put",
      name: "content-range",
      theirs: "bytes 0-524287/*",
      ours: "bytes 524288-524292/524293",
      reason: "The vendor's client is one request behind, since it asked first.",
      ...sent
    },
    {
      operation: "uploads.put",
      aspect: "number",
      name: "",
      theirs: "3",
      ours: "2",
      reason: "The vendor's client asks first how far the session is, which was begun just now.",
      source: "https://cloud.google.com/storage/docs/performing-resumable-uploads"
    }
  ]
}
