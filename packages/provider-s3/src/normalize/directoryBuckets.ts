/**
 * Directory buckets of AWS (S3 Express One Zone): their endpoints, and what they lack.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-differences.html and
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-Regions-and-Zones.html
 */
import type { ProviderPlugin } from "@mooring/core"
import type { S3Config } from "../S3Config.ts"
import type { DirectoryBuckets } from "../S3Settings.ts"
import { isAmazon, zonalOf, type Endpoint } from "./endpoint.ts"

type Config = typeof S3Config.Type
type Issue = ProviderPlugin.Issue

/** The only storage class that they have. */
const storageClass = "EXPRESS_ONEZONE"

/** Options whose one value they cannot have, and what to write instead. */
const refusedValues: ReadonlyArray<readonly [keyof Config, (config: Config) => boolean, string, string?]> = [
  ["list_version", ({ list_version }) => list_version === 1, "must be 2: directory buckets have no version 1", "2"],
  [
    "storage_class",
    ({ storage_class }) => storage_class !== "" && storage_class !== storageClass,
    `must be ${storageClass}, the only class of directory buckets`,
    storageClass
  ],
  [
    "server_side_encryption",
    ({ server_side_encryption }) => server_side_encryption === "aws:kms:dsse",
    "must be AES256 or aws:kms: directory buckets have no encryption in two layers",
    "aws:kms"
  ],
  [
    "use_multipart_etag",
    ({ use_multipart_etag }) => use_multipart_etag === true,
    "must be false: no ETag of directory buckets is an MD5",
    "false"
  ]
]

/** What contradicts `directory_bucket`, or its absence. */
export const directoryIssues = (
  config: Config,
  endpoint: Endpoint | undefined,
  given: ReadonlySet<string>
): ReadonlyArray<Issue> => {
  const zonal = endpoint !== undefined && zonalOf(endpoint.host) !== undefined
  const conflict = (name: keyof Config, detail: string, suggestion?: string): Issue => ({
    pointer: `#/${name}`,
    code: "conflicting_fields",
    detail,
    ...(suggestion !== undefined && { suggestion })
  })
  if (!config.directory_bucket) {
    return zonal ? [conflict("directory_bucket", "must be true: the endpoint is of directory buckets", "true")] : []
  }
  const amazon = endpoint !== undefined && isAmazon(endpoint.host)
  const elsewhere = config.provider !== "AWS" && endpoint !== undefined && !amazon
  return [
    ...(elsewhere
      ? [conflict("directory_bucket", "is for buckets of AWS, and the endpoint is of another service")]
      : []),
    ...(amazon && !zonal
      ? [
          conflict(
            "endpoint",
            "must be the endpoint of the zone that the directory buckets are in",
            "s3express-ZONE.REGION.amazonaws.com, as in the names of the buckets: NAME--ZONE--x-s3"
          )
        ]
      : []),
    ...(amazon && given.has("force_path_style") && config.force_path_style
      ? [conflict("force_path_style", "must be false: directory buckets are in the host name only", "false")]
      : []),
    ...refusedValues
      .filter(([, refuses]) => refuses(config))
      .map(([name, , detail, suggestion]) => conflict(name, detail, suggestion))
  ]
}

/** The endpoints of directory buckets. One that is not of Amazon, such as a proxy, is taken for both kinds. */
export const directoryBucketsOf = (config: Config, { origin, host }: Endpoint): DirectoryBuckets | undefined => {
  if (!config.directory_bucket) return undefined
  const zonal = zonalOf(host)
  return zonal === undefined
    ? { control: origin, zone: undefined }
    : {
        control: origin.replace(`s3express${zonal.variant}-${zonal.zone}`, `s3express-control${zonal.variant}`),
        zone: zonal.zone
      }
}
