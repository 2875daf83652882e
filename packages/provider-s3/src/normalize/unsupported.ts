/**
 * Options of the contract whose meaning is not built: refused when they ask for something, never ignored.
 */
import type { ProviderPlugin } from "@mooring/core"
import * as Redacted from "effect/Redacted"
import type { S3Config } from "../S3Config.ts"

interface Unsupported {
  readonly detail: string
  /** The values that are refused; all but the default if absent. The others ask for what is done anyway. */
  readonly refuses?: ReadonlyArray<unknown>
}

const ambient =
  "credentials of the server's environment are not supported yet: write access_key_id and secret_access_key"
const encryption = "encryption by the service cannot be chosen yet: set it as the default of the bucket"
const versions = "old versions of objects are not supported yet"
const gzip = "objects are read as they are stored: gzip is neither asked for nor undone"

/** Option to why it is refused. */
const unsupported: { readonly [Name in keyof typeof S3Config.fields]?: Unsupported } = {
  v2_auth: { detail: "signatures of version 2 are not supported: services have taken version 4 since 2014" },
  env_auth: { detail: ambient },
  profile: { detail: ambient },
  shared_credentials_file: { detail: ambient },
  sts_endpoint: { detail: "roles cannot be assumed, so there is no use for a token service" },
  versions: { detail: versions },
  version_at: { detail: versions },
  version_deleted: { detail: versions },
  server_side_encryption: { detail: encryption },
  sse_kms_key_id: { detail: encryption },
  sse_customer_algorithm: { detail: "encryption with keys of yours is not supported yet" },
  sse_customer_key: { detail: "encryption with keys of yours is not supported yet" },
  sse_customer_key_base64: { detail: "encryption with keys of yours is not supported yet" },
  sse_customer_key_md5: { detail: "encryption with keys of yours is not supported yet" },
  acl: { detail: "ACLs are not supported yet: use a policy of the bucket" },
  bucket_acl: { detail: "ACLs are not supported yet: use a policy of the bucket" },
  storage_class: { detail: "storage classes cannot be chosen yet: use a lifecycle rule of the bucket" },
  requester_pays: { detail: "paying for requests to buckets of others is not supported yet" },
  directory_bucket: { detail: "directory buckets are not supported: they need sessions of their own" },
  directory_markers: { detail: "directory markers are not supported yet" },
  use_accelerate_endpoint: { detail: "Transfer Acceleration is not supported yet" },
  use_dual_stack: {
    detail: "not supported: write the dual-stack endpoint, s3.dualstack.REGION.amazonaws.com, as endpoint"
  },
  download_url: { detail: "downloads from another address are not supported yet" },
  use_presigned_request: { detail: "uploads by presigned requests are not supported" },
  use_multipart_uploads: { detail: "large objects are always uploaded in parts", refuses: [false] },
  list_version: { detail: "only version 2 of ListObjects is supported", refuses: [1] },
  no_head: { detail: "what is asked after an upload cannot be left out" },
  no_head_object: { detail: "what is asked before an object is read cannot be left out" },
  no_system_metadata: { detail: "metadata of the system cannot be left out" },
  decompress: { detail: gzip },
  might_gzip: { detail: gzip, refuses: [true] },
  use_accept_encoding_gzip: { detail: gzip, refuses: [true] }
}

/** Whether a value is the default of one of these options: all of them are empty. */
const asksForNothing = (value: unknown): boolean =>
  Redacted.isRedacted(value)
    ? Redacted.value(value) === ""
    : value === undefined || value === null || value === "" || value === 0 || value === false

/** An issue for each option that asks for what is not built. */
export const unsupportedIn = (config: typeof S3Config.Type): ReadonlyArray<ProviderPlugin.Issue> =>
  Object.entries(unsupported).flatMap(([name, { detail, refuses }]) => {
    const value = config[name as keyof typeof config]
    const refused = refuses === undefined ? !asksForNothing(value) : refuses.includes(value)
    return refused ? [{ pointer: `#/${name}`, code: "unsupported" as const, detail }] : []
  })
