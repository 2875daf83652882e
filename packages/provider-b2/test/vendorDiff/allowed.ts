/**
 * Every difference between Backblaze's SDK and ours that may be, each for one call or work.
 */
import type { Allowed } from "@mooring/testkit/vendorDiff"

const page = (name: string) => `https://www.backblaze.com/apidocs/${name.replaceAll("_", "-")}`
const sdk = (place: string) => `b2sdk 1.17, ${place}`

type Entry = Omit<Allowed, "operation">

/** The same difference in each of these calls or works. */
const each = (operations: ReadonlyArray<string>, entry: Entry): ReadonlyArray<Allowed> =>
  operations.map((operation) => ({ operation, ...entry }))

const chain = (...calls: ReadonlyArray<string>) => calls.map((call) => `b2_${call}`).join(", ")

/** Calls with a JSON document. */
const documents = [
  "b2_cancel_large_file",
  "b2_copy_file",
  "b2_copy_part",
  "b2_create_bucket",
  "b2_delete_bucket",
  "b2_delete_file_version",
  "b2_finish_large_file",
  "b2_get_download_authorization",
  "b2_get_upload_part_url",
  "b2_get_upload_url",
  "b2_hide_file",
  "b2_list_buckets",
  "b2_list_file_names",
  "b2_list_file_versions",
  "b2_list_parts",
  "b2_list_unfinished_large_files",
  "b2_start_large_file"
]
const versioned = [...documents, "b2_authorize_account", "b2_download_file_by_id"]
const calls = [...versioned, "b2_download_file_by_name", "b2_upload_file", "b2_upload_part"]

const aboutTheClient = (
  [
    ["user-agent", "the name of the client", "It names program and versions to whoever serves; no call asks for it."],
    ["accept", "*/*", "Every type is taken without the header too (RFC 9110, section 12.5.1)."],
    ["accept-encoding", "gzip, deflate", "Nothing is asked to be compressed, and nothing is decompressed."]
  ] as const
).flatMap(([name, theirs, reason]) =>
  each(calls, { aspect: "header", name, theirs, ours: "absent", reason, source: sdk("b2http.py; requests") })
)

const version = {
  reason: "Debian's SDK speaks version 2. The newest behaves as the version before where a call did not change.",
  source: "https://www.backblaze.com/docs/cloud-storage-native-api-versions"
}

const paths = [
  ...versioned.map((operation): Allowed => {
    const [theirs, ours] = [2, 4].map((number) => `/b2api/v${number}/${operation}`) as [string, string]
    return { operation, aspect: "path", name: "", theirs, ours, ...version }
  }),
  ...(
    [
      ["b2_upload_file", "/an id/an id/an id"],
      ["b2_upload_part", "/part/an id/an id/an id"]
    ] as const
  ).map(([operation, rest]): Allowed => {
    const [theirs, ours] = [2, 4].map((number) => `/b2api/v${number}/${operation}${rest}`) as [string, string]
    return { operation, aspect: "path", name: "", theirs, ours, ...version }
  })
]

const authorization = each(["b2_authorize_account"], {
  aspect: "method",
  name: "",
  theirs: "POST",
  ours: "GET",
  reason: "The page has GET, without a body.",
  source: page("b2_authorize_account")
}).concat(
  each(["b2_authorize_account"], {
    aspect: "header",
    name: "content-length",
    theirs: "a length",
    ours: "absent",
    reason: "The page has GET, without a body.",
    source: page("b2_authorize_account")
  })
)

/** Members that are null there and not sent here are the same to the service: the pages call them optional. */
const optional = (operation: string, ...fields: ReadonlyArray<string>): ReadonlyArray<Allowed> =>
  fields.flatMap((name) =>
    each([operation], {
      aspect: "field",
      name,
      theirs: "null",
      ours: "absent",
      reason: "It is optional, and not given.",
      source: page(operation)
    })
  )

const field = (
  operation: string,
  name: string,
  theirs: string,
  ours: string,
  reason: string,
  source = page(operation)
): Allowed => ({ operation, aspect: "field", name, theirs, ours, reason, source })

const fields = [
  ...each(documents, {
    aspect: "header",
    name: "content-type",
    theirs: "absent",
    ours: "application/json",
    reason: "The body is JSON, and says so; the pages ask for it where a call may be GET too.",
    source: page("b2_list_parts")
  }),
  ...optional("b2_list_buckets", "bucketId", "bucketName"),
  ...optional("b2_list_file_versions", "startFileId"),
  ...optional("b2_list_unfinished_large_files", "namePrefix", "startFileId"),
  field("b2_list_buckets", "bucketTypes.0", "all", "absent", "Without it the buckets of the usual types are listed."),
  field("b2_list_parts", "startPartNumber", "null", "1", "The first part is where a list begins without it."),
  field("b2_list_parts", "maxPartCount", "100", "1000", "As many as a page may have."),
  ...["b2_list_file_names", "b2_list_file_versions"].flatMap((operation) => [
    field(operation, "startFileName", "", "absent", "A list begins with the first name without it."),
    field(operation, "delimiter", "absent", "/", "The service groups names; the SDK gets all and groups them itself.")
  ]),
  field(
    "b2_start_large_file",
    "fileInfo.plan_id",
    "a plan",
    "absent",
    "By it the SDK finds its own upload again; ours are found by their ids.",
    sdk("transfer/emerge/executor.py")
  ),
  ...each(["b2_upload_file"], {
    aspect: "header",
    name: "x-bz-file-name",
    theirs: "dir/a%20b%2Bc%252F%26%3D%3F%23%C3%A9~%21%27%28%29%2A",
    ours: "dir/a%20b%2Bc%252F%26%3D%3F%23%C3%A9~!'()*",
    reason: "These marks need no escape.",
    source: "https://www.backblaze.com/docs/cloud-storage-native-api-string-encoding"
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

const begun = ["authorize_account", "list_buckets"]
const found = [...begun, "list_file_names"]
const looked = ["authorize_account", "download_file_by_name"]
const again = ["authorize_account"]
const parts = ["start_large_file", "get_upload_part_url", "upload_part"]
const byName = "A path is asked for by its name, without the id of its bucket, and one that exists is looked at first."
const another = "An upload that failed goes to another URL, and a token of an URL is not that of the account."
const resumes = "The SDK looks for an upload of its own to go on with."
const checklist = "https://www.backblaze.com/docs/cloud-storage-integration-checklist"

/** What is done for a name, and what is when the token ends at that call. */
const renewing = (call: string, theirs: ReadonlyArray<string>, ours: ReadonlyArray<string>) => [
  order(`b2_${call}`, chain(...theirs, call), chain(...ours, call), byName, "src/stat.ts, src/read.ts"),
  order(
    `b2_${call}`,
    chain(...theirs, call, ...again, call),
    chain(...ours, call, ...again, call),
    byName,
    "src/stat.ts, src/read.ts"
  )
]

const copyParts = ["list_buckets", "get_file_info", "start_large_file"]
const resumed = [...found, "list_buckets", "list_unfinished_large_files", "start_large_file"]

const orders = [
  ...renewing("download_file_by_id", found, looked),
  ...renewing("delete_file_version", found, looked),
  ...renewing("copy_file", found, [...looked, "list_buckets"]),
  ...["b2_download_file_by_name", "b2_download_file_by_name of a range"].flatMap((work) => [
    order(work, chain(...begun, "download_file_by_name"), chain(...looked), byName, "src/read.ts"),
    order(
      work,
      chain(...begun, "download_file_by_name", ...again, "download_file_by_name"),
      chain(...looked, ...again, "download_file_by_name"),
      byName,
      "src/read.ts"
    )
  ]),
  order(
    "b2_download_file_by_name without the bytes",
    chain(...begun, "download_file_by_name"),
    chain(...looked),
    byName,
    "src/stat.ts"
  ),
  order(
    "b2_download_file_by_name without the bytes",
    chain(...begun, "download_file_by_name"),
    chain(...looked, ...again, "download_file_by_name"),
    "An answer to HEAD has no code: a token that ended is renewed, as for every other call.",
    "src/api/B2Client.ts"
  ),
  ...[[], [...again, "copy_part"]].map((more) =>
    order(
      "b2_copy_part",
      chain(...resumed, "copy_part", ...more, "finish_large_file"),
      chain(...looked, ...copyParts, "copy_part", ...more, "finish_large_file"),
      `${byName} ${resumes}`,
      "src/copy.ts"
    )
  ),
  ...["b2_upload_file", "b2_upload_file twice"].flatMap((work) =>
    [[], [...again, "get_upload_url", "upload_file"]].map((more) =>
      order(
        work,
        chain(...begun, "get_upload_url", "upload_file", ...more),
        chain(...begun, "get_upload_url", "upload_file", "get_upload_url", "upload_file"),
        another,
        checklist
      )
    )
  ),
  ...[[], [...again, "finish_large_file"]].map((more) =>
    order(
      "b2_finish_large_file",
      chain(...begun, "list_unfinished_large_files", ...parts, "finish_large_file", ...more),
      chain(...begun, ...parts, "finish_large_file", ...more),
      resumes,
      sdk("transfer/emerge/executor.py")
    )
  ),
  order(
    "b2_upload_part",
    chain(...begun, "list_unfinished_large_files", ...parts, "finish_large_file"),
    chain(...begun, ...parts, "finish_large_file"),
    resumes,
    sdk("transfer/emerge/executor.py")
  ),
  ...[[], [...again, "get_upload_part_url", "upload_part"]].map((more) =>
    order(
      "b2_upload_part",
      chain(...begun, "list_unfinished_large_files", ...parts, ...more, "finish_large_file"),
      chain(...begun, ...parts, "get_upload_part_url", "upload_part", "finish_large_file"),
      `${another} ${resumes}`,
      checklist
    )
  ),
  order(
    "b2_create_bucket",
    chain("authorize_account", "create_bucket"),
    chain("authorize_account", "create_bucket", "list_buckets"),
    "Where the answer is lost, a bucket of that name is looked for: it may be the one that was made.",
    "src/containers.ts"
  ),
  order(
    "b2_delete_bucket",
    chain(...begun, "delete_bucket"),
    chain(...begun, "delete_bucket", "list_buckets"),
    "Where the answer is lost, the id of the bucket is asked for again, and there is none.",
    "src/bucketIds.ts"
  )
]

const ended = "The answer to the first request was lost. That the second finds it done is what was asked for."
const failures = ["service_unavailable", "expired_auth_token", "a reset", "a lost answer"]

const number = (
  operation: string,
  name: string,
  theirs: string,
  ours: string,
  reason: string,
  source: string
): Allowed => ({ operation, aspect: "number", name, theirs, ours, reason, source })

const numbers = [
  ...each(["b2_cancel_large_file", "b2_create_bucket", "b2_delete_bucket", "b2_delete_file_version", "b2_hide_file"], {
    aspect: "outcome",
    name: "a lost answer",
    theirs: "failure",
    ours: "success",
    reason: ended,
    source: "src/containers.ts, src/remove.ts, src/uploads.ts"
  }),
  ...each(["b2_download_file_by_name without the bytes"], {
    aspect: "outcome",
    name: "expired_auth_token",
    theirs: "failure",
    ours: "success",
    reason: "An answer to HEAD has no code: a token that ended is renewed, as for every other call.",
    source: "src/api/B2Client.ts"
  }),
  ...each(["b2_download_file_by_name without the bytes"], {
    aspect: "retries",
    name: "expired_auth_token",
    theirs: "1",
    ours: "2",
    reason: "An answer to HEAD has no code: a token that ended is renewed, as for every other call.",
    source: "src/api/B2Client.ts"
  }),
  ...["b2_download_file_by_name", "b2_download_file_by_name of a range", "b2_download_file_by_id"].flatMap((work) =>
    failures.flatMap((name) =>
      each([work], {
        aspect: "retries",
        name,
        theirs: "3",
        ours: "2",
        reason: "With Debian's Python the SDK reads nothing of the first answer, and asks for the rest of it by range.",
        source: sdk("transfer/inbound/downloader/simple.py")
      })
    )
  ),
  ...["b2_download_file_by_name", "b2_download_file_by_id"].map((operation) =>
    number(
      operation,
      "",
      "2",
      "1",
      "With Debian's Python the SDK reads nothing of the first answer, and asks for the rest of it by range.",
      sdk("transfer/inbound/downloader/simple.py")
    )
  ),
  ...["b2_get_upload_url", "b2_get_upload_part_url"].flatMap((operation) =>
    failures
      .filter((name) => name !== "expired_auth_token")
      .map((name) => number(operation, name, "1", "2", another, checklist))
  ),
  number("b2_authorize_account", "expired_auth_token", "2", "1", another, checklist),
  number(
    "b2_authorize_account",
    "expired_auth_token",
    "1",
    "2",
    "An answer to HEAD has no code: a token that ended is renewed, as for every other call.",
    "src/api/B2Client.ts"
  ),
  ...["", ...failures].map((name) =>
    number("b2_list_buckets", name, "2", "1", "The SDK asks again for the bucket for each thing in it.", sdk("api.py"))
  ),
  number("b2_list_buckets", "a lost answer", "1", "2", "The id of the bucket is asked for again.", "src/bucketIds.ts")
]

/** All of them. */
export const allowed: ReadonlyArray<Allowed> = [
  ...aboutTheClient,
  ...paths,
  ...authorization,
  ...fields,
  ...orders,
  ...numbers
]
