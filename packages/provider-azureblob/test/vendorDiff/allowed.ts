/**
 * Every difference between the vendor's client and ours that may be, each for one operation or work.
 */
import { encodeKey } from "@mooring/azure/percent"
import type { Allowed } from "@mooring/testkit/vendorDiff"
import { account } from "../double/index.ts"
import { name } from "./Work.ts"

const rest = (page: string) => `https://learn.microsoft.com/rest/api/storageservices/${page}`

type Entry = Omit<Allowed, "operation" | "name"> & { readonly name?: string }

/** The same difference in each of these operations. */
const each = (operations: ReadonlyArray<string>, entry: Entry): ReadonlyArray<Allowed> =>
  operations.map((operation) => ({ operation, name: "", ...entry }))

const header = (
  named: string,
  operations: ReadonlyArray<string>,
  entry: Pick<Allowed, "theirs" | "ours" | "reason" | "source">
): ReadonlyArray<Allowed> => each(operations, { aspect: "header", name: named, ...entry })

const operations = [
  "ListContainers",
  "GetContainerProperties",
  "CreateContainer",
  "DeleteContainer",
  "ListBlobs",
  "GetBlockList",
  "PutBlob",
  "PutBlock",
  "PutBlockList",
  "GetBlobProperties",
  "GetBlob",
  "SetBlobMetadata",
  "SetBlobTier",
  "CopyBlob",
  "AbortCopyBlob",
  "DeleteBlob",
  "BlobBatch",
  "GetUserDelegationKey"
]

const aboutTheClient = [
  ...header("user-agent", operations, {
    theirs: "the name of the client",
    ours: "absent",
    reason: "It tells program, platform and versions to whoever serves; the service does not ask for it.",
    source: rest("common-rest-api-error-codes")
  }),
  ...header("x-ms-client-request-id", operations, {
    theirs: "an id of the call",
    ours: "absent",
    reason: "It finds a call in the logs of the account; the service gives an id of its own, which errors keep.",
    source: rest("troubleshooting-api-operations")
  }),
  ...header("accept", operations, {
    theirs: "application/xml",
    ours: "absent",
    reason: "Answers are XML in any case.",
    source: rest("status-and-error-codes2")
  }),
  ...header("x-ms-version", operations, {
    theirs: "2026-10-06",
    ours: "2022-11-02",
    reason: "We speak a version in which all is that we use, and that emulators and older clouds know.",
    source: "packages/azure/src/version.ts"
  })
]

const written = (key: string) => `/${account}/container/${key}`
const theirName = "dir/a%20b%2Bc%252F%26%3D%3F%23%C3%A9~!%27()*"

const aboutNames = [
  ...each(["PutBlob", "PutBlock", "PutBlockList", "CopyBlob", "AbortCopyBlob"], {
    aspect: "path",
    theirs: written(theirName),
    ours: written(encodeKey(name)),
    reason: "Everything but the unreserved characters is escaped, so that nothing on the way reads a name otherwise.",
    source: "RFC 3986, section 2.2"
  }),
  ...each(["BlobBatch"], {
    aspect: "field",
    name: "part.1.line",
    theirs: `DELETE ${written(theirName)} HTTP/1.1`,
    ours: `DELETE ${written(encodeKey(name))} HTTP/1.1`,
    reason: "Everything but the unreserved characters is escaped, so that nothing on the way reads a name otherwise.",
    source: "RFC 3986, section 2.2"
  })
]

const escaped = (theirs: string, ours: string) =>
  each(["ListBlobs"], {
    aspect: "parameter",
    name: "include",
    theirs,
    ours,
    reason: "A comma is escaped, and the service takes what is to be included in any order.",
    source: rest("list-blobs")
  })

const aboutBodies = [
  ...header("content-md5", ["PutBlob", "PutBlockList"], {
    theirs: "absent",
    ours: "a digest",
    reason: "The service verifies what arrived; the vendor's client leaves that to its caller.",
    source: rest("put-blob")
  }),
  ...header("content-type", ["PutBlob", "PutBlock"], {
    theirs: "application/octet-stream",
    ours: "absent",
    reason: "The type of a blob is in x-ms-blob-content-type; without any it is application/octet-stream.",
    source: rest("put-blob")
  }),
  ...header("content-type", ["PutBlockList"], {
    theirs: "application/xml",
    ours: "absent",
    reason: "The body is a list of blocks in any case.",
    source: rest("put-block-list")
  }),
  ...[
    ["PutBlockList", "201", "184"],
    ["PutBlockList", "67", "61"],
    ["GetUserDelegationKey", "146", "129"]
  ].flatMap(([operation = "", theirs = "", ours = ""]) =>
    header("content-length", [operation], {
      theirs,
      ours,
      reason: "The vendor's documents say standalone in their declaration, or write empty elements in two tags.",
      source: "packages/core/src/xml/writeXml.ts"
    })
  ),
  ...escaped("metadata,uncommittedblobs", "metadata%2Cuncommittedblobs"),
  ...escaped("deleted,metadata,snapshots,versions", "metadata%2Csnapshots%2Cdeleted%2Cversions"),
  ...header("accept-encoding", ["GetBlob"], {
    theirs: "absent",
    ours: "gzip",
    reason: "What is stored as gzip comes as it is stored.",
    source: "packages/provider-azureblob/src/api/blobs.ts"
  }),
  ...header("x-ms-range", ["GetBlob"], {
    theirs: "bytes=1-3",
    ours: "absent",
    reason: "The service takes the header of HTTP as well.",
    source: rest("specifying-the-range-header-for-blob-service-operations")
  }),
  ...header("range", ["GetBlob"], {
    theirs: "absent",
    ours: "bytes=1-3",
    reason: "The service takes the header of HTTP as well.",
    source: rest("specifying-the-range-header-for-blob-service-operations")
  }),
  ...header("x-ms-date", ["GetUserDelegationKey"], {
    theirs: "absent",
    ours: "a time",
    reason: "The time is said with every request, also where a token and no signature authorises it.",
    source: "packages/azure/src/Authority.ts"
  })
]

const aboutBatches = [
  ...[0, 1].flatMap((part) => [
    ...each(["BlobBatch"], {
      aspect: "field",
      name: `part.${part}.accept`,
      theirs: "application/xml",
      ours: "absent",
      reason: "Answers are XML in any case.",
      source: rest("status-and-error-codes2")
    }),
    ...each(["BlobBatch"], {
      aspect: "field",
      name: `part.${part}.content-length`,
      theirs: "absent",
      ours: "0",
      reason: "A part says how long it is, as in the service's own example.",
      source: rest("blob-batch")
    })
  ]),
  ...header("content-length", ["BlobBatch"], {
    theirs: "752",
    ours: "692",
    reason: "The parts have other headers and another boundary.",
    source: "packages/provider-azureblob/src/api/batch.ts"
  })
]

const order = (title: string, theirs: string, ours: string, reason: string, source: string): Allowed => ({
  operation: title,
  aspect: "order",
  name: "",
  theirs,
  ours,
  reason,
  source
})

const source = (file: string) => `packages/provider-azureblob/src/${file}`

/** How often the vendor's client tries where it is hit so. */
const triesOf = {
  "ServerBusy twice": "3",
  InternalError: "2",
  "a reset": "2",
  "a lost answer": "2"
} as const

const aboutSteps: ReadonlyArray<Allowed> = [
  ...each(["GetContainerProperties"], {
    aspect: "method",
    theirs: "GET",
    ours: "HEAD",
    reason: "Both say the same without a body.",
    source: rest("get-container-properties")
  }),
  order(
    "DeleteContainer",
    "DeleteContainer",
    "ListBlobs, DeleteContainer",
    "A container is removed only if it is empty.",
    source("containers.ts")
  ),
  order(
    "ListBlobs of uploads",
    "ListBlobs",
    "ListBlobs, GetBlobProperties",
    "An empty blob and one of which there are only blocks look alike in the listing.",
    source("uploads.ts")
  ),
  ...header("if-match", ["DeleteBlob"], {
    theirs: "absent",
    ours: "an ETag",
    reason: "What was made to discard blocks is removed only while it is that.",
    source: source("staged.ts")
  }),
  order(
    "CopyBlob",
    "GetBlobProperties, CopyBlob",
    "GetBlobProperties, CopyBlob, GetBlobProperties",
    "The copy is told with all that is known of it.",
    source("copy.ts")
  ),
  order(
    "AbortCopyBlob",
    "GetBlobProperties, CopyBlob, AbortCopyBlob",
    "GetBlobProperties, CopyBlob, GetBlobProperties, AbortCopyBlob",
    "A copy under way is looked at until it is given up.",
    source("awaitCopy.ts")
  ),
  ...["", ...Object.keys(triesOf)].map((failure): Allowed => ({
    operation: "GetBlobProperties",
    aspect: "number",
    name: failure,
    theirs: "1",
    ours: "2",
    reason: "A copy is looked at while it is under way, and told with all that is known of it.",
    source: source("copy.ts")
  })),
  ...["ServerBusy twice", "InternalError", "a reset"].map((failure): Allowed => ({
    operation: "GetBlobProperties",
    aspect: "number",
    name: failure,
    theirs: "2",
    ours: "1",
    reason: "Ours gives up where it was tried once and failed, and does not look at what was changed.",
    source: source("copy.ts")
  })),
  order(
    "SetBlobMetadata",
    "GetBlobProperties, SetBlobMetadata, GetBlobProperties",
    "GetBlobProperties, SetBlobMetadata",
    "Ours gives up where it was tried once and failed.",
    source("copy.ts")
  ),
  order(
    "DeleteBlob of a version",
    "DeleteBlob",
    "GetBlobProperties, DeleteBlob",
    "The version that is the blob cannot be deleted, so it is asked for first.",
    source("versions.ts")
  )
]

/** Calls that would not be the same a second time. */
const tried = (title: string, reason: string, file: string, lostFails: boolean): ReadonlyArray<Allowed> =>
  Object.entries(triesOf).flatMap(([failure, tries]): ReadonlyArray<Allowed> => {
    const entry = { operation: title, name: failure, reason, source: source(file) }
    return [
      { ...entry, aspect: "retries", theirs: tries, ours: "1" },
      ...(failure === "a lost answer" && lostFails
        ? []
        : [{ ...entry, aspect: "outcome" as const, theirs: "success", ours: "failure" }])
    ]
  })

const gone = (title: string): Allowed => ({
  operation: title,
  aspect: "outcome",
  name: "a lost answer",
  theirs: "failure",
  ours: "success",
  reason: "What the first try did is what was asked for: gone is gone, and there is there.",
  source: "packages/core/src/orGone.ts"
})

const aboutFailures: ReadonlyArray<Allowed> = [
  ...tried(
    "PutBlob where none is",
    "On a condition it is tried once: had the first request been done, the second would be refused for it.",
    "write.ts",
    true
  ),
  ...tried(
    "SetBlobMetadata",
    "On a condition it is tried once: had the first request been done, the second would be refused for it.",
    "copy.ts",
    true
  ),
  ...tried("CopyBlob", "A second call would copy twice, and meet the pending copy of the first.", "copy.ts", false),
  ...[
    "CreateContainer",
    "CreateContainer that everybody may read",
    "DeleteContainer",
    "DeleteBlob",
    "DeleteBlob with its snapshots",
    "DeleteBlob of a version",
    "AbortCopyBlob"
  ].map(gone)
]

export const allowed: ReadonlyArray<Allowed> = [
  ...aboutTheClient,
  ...aboutNames,
  ...aboutBodies,
  ...aboutBatches,
  ...aboutSteps,
  ...aboutFailures
]
