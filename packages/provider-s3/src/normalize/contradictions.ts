/**
 * Options that contradict each other, or that are of no use without another.
 */
import type { ProviderPlugin } from "@mooring/core"
import * as Redacted from "effect/Redacted"
import type { S3Config } from "../S3Config.ts"

type Config = typeof S3Config.Type
type Name = keyof Config

const isSet = (config: Config, name: Name): boolean => {
  const value = config[name]
  return Redacted.isRedacted(value)
    ? Redacted.value(value) !== ""
    : value !== undefined && value !== null && value !== "" && value !== false
}

/** The second contradicts the first. */
const exclusive: ReadonlyArray<readonly [Name, Name, string]> = [
  ["versions", "version_at", "shows one moment, and versions shows all of them"],
  ["sse_customer_key", "sse_customer_key_base64", "is the same key as sse_customer_key in another form: write one"],
  [
    "server_side_encryption",
    "sse_customer_key",
    "is for keys of yours, and server_side_encryption for keys of the service"
  ],
  [
    "server_side_encryption",
    "sse_customer_key_base64",
    "is for keys of yours, and server_side_encryption for keys of the service"
  ],
  ...(
    [
      ["versions", "shows old versions, and directory buckets keep none: leave it out"],
      ["version_at", "shows an old state, and directory buckets keep none: leave it out"],
      ["acl", "is an ACL, and directory buckets have none: leave it out, policies say who may read"],
      ["bucket_acl", "is an ACL, and directory buckets have none: leave it out, policies say who may read"],
      ["sse_customer_key", "is a key of yours, which directory buckets do not take: server_side_encryption has others"],
      [
        "sse_customer_key_base64",
        "is a key of yours, which directory buckets do not take: server_side_encryption has others"
      ],
      ["requester_pays", "cannot be asked of directory buckets, whose owner pays: leave it out"],
      ["use_accelerate_endpoint", "is another endpoint, and directory buckets are at that of their zone: leave it out"],
      [
        "use_dual_stack",
        "is another endpoint; write s3express-ZONE.dualstack.REGION.amazonaws.com as endpoint instead"
      ],
      ["v2_auth", "is not taken by directory buckets, which want signatures of version 4: leave it out"],
      ["location_constraint", "is a region, and a directory bucket is in the zone of its name: leave it out"]
    ] as const
  ).map(([option, detail]) => ["directory_bucket", option, detail] as const),
  ...(["env_auth", "profile", "shared_credentials_file"] as const).flatMap((ambient) =>
    (["access_key_id", "secret_access_key", "session_token"] as const).map(
      (key) =>
        [key, ambient, `asks for credentials of the server although ${key} is written: leave one of them out`] as const
    )
  )
]

/** The first is of no use without the second. */
const dependent: ReadonlyArray<readonly [Name, Name]> = [
  ["access_key_id", "secret_access_key"],
  ["secret_access_key", "access_key_id"],
  ["session_token", "access_key_id"],
  ["session_token", "secret_access_key"]
]

/** An issue for each option that contradicts another or is missing beside it; one for each pointer and code. */
export const contradictionsIn = (config: Config): ReadonlyArray<ProviderPlugin.Issue> => {
  const conflicts = exclusive
    .filter(([one, other]) => isSet(config, one) && isSet(config, other))
    .map(([, other, detail]) => ({ pointer: `#/${other}`, code: "conflicting_fields" as const, detail }))
  const missing = dependent
    .filter(([one, other]) => isSet(config, one) && !isSet(config, other))
    .map(([one, other]) => ({
      pointer: `#/${other}`,
      code: "missing_field" as const,
      detail: `is needed beside ${one}`
    }))
  return [...conflicts, ...missing].filter(
    ({ pointer, code }, index, all) => all.findIndex((one) => one.pointer === pointer && one.code === code) === index
  )
}
