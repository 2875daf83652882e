/**
 * From options to the settings of a store: presets, derivations and limits. Pure; reports every problem at once.
 */
import type { ProviderPlugin } from "@mooring/core"
import { formatSize } from "@mooring/core/options/size"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { profileIssues, sourceOf } from "./credentials/sourceOf.ts"
import { amazonIssues, amazonOrigins } from "./normalize/amazonEndpoint.ts"
import { contradictionsIn } from "./normalize/contradictions.ts"
import { directoryBucketsOf, directoryIssues } from "./normalize/directoryBuckets.ts"
import { encryptionIssues, encryptionOf } from "./normalize/encryption.ts"
import { amazonOf, endpointOf, isAmazon, zonalOf, type Endpoint } from "./normalize/endpoint.ts"
import { fittedTo, unknownIn } from "./normalize/presetRules.ts"
import { unsupportedIn } from "./normalize/unsupported.ts"
import { presetOf, regionAt, type Preset } from "./presets/index.ts"
import type { S3Config } from "./S3Config.ts"
import type { S3Settings } from "./S3Settings.ts"

type Config = typeof S3Config.Type
type Issue = ProviderPlugin.Issue

const invalid = (name: keyof Config, detail: string): Issue => ({ pointer: `#/${name}`, code: "invalid_value", detail })

/** Most bytes of one PUT, one part and one copy: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const maxPart = 5 * 1024 ** 3

const rangeOf = (least: number, most: number, format: (value: number) => string): string =>
  most === Number.MAX_SAFE_INTEGER
    ? `must be at least ${format(least)}`
    : `must be from ${format(least)} to ${format(most)}`

/** Sizes and counts that are out of the limits of the service. */
const limitIssues = (config: Config, preset: Preset): ReadonlyArray<Issue> => {
  const bounds = [
    ["chunk_size", preset.minChunkSize, maxPart],
    ["upload_cutoff", 0, maxPart],
    ["copy_cutoff", 1, preset.copyCutoff ?? maxPart]
  ] as const
  const sizes = bounds
    .filter(([name, least, most]) => config[name] < least || config[name] > most)
    .map(([name, least, most]) => invalid(name, rangeOf(least, most, formatSize)))
  const counts = [
    ["max_upload_parts", 1, preset.maxUploadParts],
    ["list_chunk", 1, 1000],
    ["upload_concurrency", 1, Number.MAX_SAFE_INTEGER]
  ] as const
  const outside = counts
    .filter(([name, least, most]) => config[name] < least || config[name] > most)
    .map(([name, least, most]) => invalid(name, rangeOf(least, most, String)))
  return [...sizes, ...outside]
}

/** What no credential is, with what is wrong with it; of all of them unless names are given. */
const slips: ReadonlyArray<{
  readonly pattern: RegExp
  readonly detail: string
  readonly names?: ReadonlyArray<string>
}> = [
  { pattern: /[^\x21-\x7e]/, detail: "must be ASCII without spaces and line breaks" },
  { pattern: /^(["'`]).*\1$/, detail: "must be written without the quotes around it" },
  {
    pattern: /^A(?:KIA|SIA)[A-Z0-9]{16}$/,
    detail: "is an access key and no secret: the two may be swapped",
    names: ["secret_access_key"]
  }
]

/** A key that was pasted with a line break signs wrongly or splits a header; better said here than by a refusal there. */
const credentialIssues = (config: Config): ReadonlyArray<Issue> => {
  const texts = [
    ["access_key_id", config.access_key_id],
    ["secret_access_key", Redacted.value(config.secret_access_key)],
    ["session_token", Redacted.value(config.session_token)]
  ] as const
  return texts.flatMap(([name, text]) => {
    const slip = slips.find(({ names, pattern }) => (names ?? [name]).includes(name) && pattern.test(text))
    return slip === undefined ? [] : [invalid(name, slip.detail)]
  })
}

/** Another address to read from, which is signed by nobody, so that it holds no secret either. */
const downloadIssues = ({ download_url: text }: Config): ReadonlyArray<Issue> => {
  if (text === "") return []
  const url = URL.canParse(text) ? new URL(text) : undefined
  const plain = url !== undefined && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === ""
  return plain && url.username === "" && url.password === ""
    ? []
    : [invalid("download_url", "must be an http or https address without a user name, query and fragment")]
}

/** What rclone calls the region of servers that take signatures of version 2 and know no regions. */
const regionOfV2 = "other-v2-signature"

const regionIssues = ({ region }: Config, regionOfEndpoint: string | undefined): ReadonlyArray<Issue> => {
  if (region === "" || region === regionOfV2) return []
  // The region is a part of the credential scope, between slashes in a header.
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(region)) return [invalid("region", "must be letters, digits, dots and dashes")]
  return regionOfEndpoint === undefined || regionOfEndpoint === region
    ? []
    : [
        {
          pointer: "#/region",
          code: "conflicting_fields",
          detail: "is not the region of the endpoint",
          suggestion: regionOfEndpoint
        }
      ]
}

/**
 * The settings of a config, or every problem with it. An empty endpoint is a failure without an issue, since the
 * framework reports what is required.
 */
export const normalize = (
  written: Config,
  given: ReadonlySet<string>
): Result.Result<S3Settings, ReadonlyArray<Issue>> => {
  const parsed: Result.Result<Endpoint | undefined, Issue> =
    written.endpoint === "" ? Result.succeed(undefined) : endpointOf(written.endpoint)
  const endpoint = Result.getOrUndefined(parsed)
  const host = endpoint?.host ?? ""
  const regionOfEndpoint = (amazonOf(host) ?? zonalOf(host))?.region
  const preset = presetOf(written.provider, isAmazon(host))
  const config = fittedTo(preset, written, given)
  const region =
    (config.region !== regionOfV2 && config.region) ||
    (regionOfEndpoint ?? regionAt(preset, host) ?? preset.defaultRegion)
  const issues = [
    ...(Result.isFailure(parsed) ? [parsed.failure] : []),
    ...regionIssues(config, regionOfEndpoint),
    ...credentialIssues(config),
    ...profileIssues(config),
    ...limitIssues(config, preset),
    ...unknownIn(preset, config),
    ...contradictionsIn(config),
    ...encryptionIssues(config),
    ...amazonIssues(config, endpoint, given),
    ...directoryIssues(config, endpoint, given),
    ...downloadIssues(config),
    ...unsupportedIn(config)
  ]
  if (issues.length > 0 || endpoint === undefined) return Result.fail(issues)
  const location = preset.locationFromRegion && region !== preset.defaultRegion ? region : ""
  return Result.succeed({
    ...amazonOrigins(config, endpoint, region),
    basePath: endpoint.basePath,
    region,
    directoryBuckets: directoryBucketsOf(config, endpoint),
    // Its default, true, is what few presets want, so the default gives way to the preset. What a user wrote does not,
    // neither true nor false: a wildcard in DNS that a preset does not know of is known to whoever set it up.
    pathStyle: given.has("force_path_style")
      ? config.force_path_style
      : preset.pathStyle && !config.use_accelerate_endpoint && !config.directory_bucket,
    credentials: sourceOf(config),
    signatureVersion: config.v2_auth || config.region === regionOfV2 ? 2 : 4,
    listChunk: config.list_chunk,
    listVersion: config.list_version === 0 ? preset.listVersion : config.list_version,
    listUrlEncode: config.list_url_encode ?? preset.listUrlEncode,
    chunkSize: config.chunk_size,
    uploadCutoff: config.upload_cutoff,
    uploadConcurrency: config.upload_concurrency,
    maxUploadParts: config.max_upload_parts,
    copyCutoff: config.copy_cutoff,
    leavePartsOnError: config.leave_parts_on_error,
    disableChecksum: config.disable_checksum,
    multipartEtag: (config.use_multipart_etag ?? preset.multipartEtag) && !config.directory_bucket,
    unsignedPayload: config.use_unsigned_payload ?? preset.unsignedPayload,
    writeConditions: preset.writeConditions,
    multipartConditions: preset.multipartConditions,
    alreadyExistsIsError: config.use_already_exists ?? preset.alreadyExistsIsError,
    locationConstraint: config.location_constraint || location,
    acl: config.acl,
    bucketAcl: config.bucket_acl || config.acl,
    storageClass: config.storage_class,
    tiers: config.directory_bucket ? [] : (preset.storageClasses ?? []),
    ...encryptionOf(config),
    requesterPays: config.requester_pays,
    systemMetadata: !config.no_system_metadata,
    directoryMarkers: config.directory_markers,
    multipartUploads: config.use_multipart_uploads ?? true,
    presignedUploads: config.use_presigned_request,
    oldVersions: !config.versions ? "hidden" : config.version_deleted ? "listed with markers" : "listed",
    versionAt: config.version_at ?? undefined,
    gzip: {
      accept: config.use_accept_encoding_gzip ?? preset.acceptEncodingGzip,
      signAccept: preset.signAcceptEncoding,
      decompress: config.decompress,
      mayCompress: config.might_gzip ?? preset.mightGzip
    },
    downloadUrl: config.download_url === "" ? undefined : config.download_url.replace(/\/+$/, ""),
    encoding: config.encoding
  })
}
