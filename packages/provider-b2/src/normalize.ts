/**
 * From options to the settings of a store. Pure; reports every problem at once.
 */
import type { ProviderPlugin } from "@mooring/core"
import { formatSize } from "@mooring/core/options/size"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { B2Config } from "./B2Config.ts"
import type { B2Settings } from "./B2Settings.ts"

type Config = typeof B2Config.Type
type Issue = ProviderPlugin.Issue

/** Where accounts are authorised: https://www.backblaze.com/apidocs/b2-authorize-account */
const usualEndpoint = "https://api.backblazeb2.com"

/** rclone's smallest part, a little more than the 5,000,000 bytes of the service. */
const minChunk = 5 * 1024 * 1024

/** The largest part, and the largest file that goes up or is copied whole: https://www.backblaze.com/docs/cloud-storage-large-files */
const maxPart = 5_000_000_000

const issue = (name: keyof Config, detail: string, suggestion?: string): Issue => ({
  pointer: `#/${name}`,
  code: "invalid_value",
  detail,
  ...(suggestion !== undefined && { suggestion })
})

/** A slip in `https://`, which would be a host of that name, or a segment that goes up. */
const slip = /^https?:\/\/https?:?(\/|$)|\/(\.|%2e){1,2}(\/|$)/i

/** An address as it is connected to; undefined where it has a part that would be dropped or lead elsewhere. */
const addressOf = (text: string): string | undefined => {
  const written = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`
  if (!/^https?:\/\/[\x21-\x7e]+$/i.test(written) || /[\\?#@]/.test(written)) return undefined
  if (slip.test(written) || !URL.canParse(written)) return undefined
  const { origin, pathname } = new URL(written)
  return `${origin}${pathname.replace(/\/+$/, "")}`
}

const addressIssues = (config: Config): ReadonlyArray<Issue> => {
  const broken = (["endpoint", "download_url"] as const).filter(
    (name) => config[name] !== "" && addressOf(config[name]) === undefined
  )
  const issues = broken.map((name) =>
    issue(name, "must be an http or https address without user name, query, fragment and dot segments")
  )
  return /^(https?:\/\/)?(.+\.)?s3\.[a-z0-9-]+\.backblazeb2\.com/i.test(config.endpoint)
    ? [...issues, issue("endpoint", "is of the S3 API; this is the native one", "leave it out, or use the provider s3")]
    : issues
}

/** A key that was pasted with a line break or with its quotes is better refused here than by the service. */
const credentialIssues = ({ account, key }: Config): ReadonlyArray<Issue> => {
  const texts = [
    ["account", account],
    ["key", Redacted.value(key)]
  ] as const
  return texts.flatMap(([name, text]) => {
    if (/[^\x21-\x7e]/.test(text)) return [issue(name, "must be ASCII without spaces and line breaks")]
    if (/^(["'`]).*\1$/.test(text)) return [issue(name, "must be written without the quotes around it")]
    return name === "account" && text.includes(":") ? [issue(name, "must not hold a colon")] : []
  })
}

const limitIssues = (config: Config): ReadonlyArray<Issue> => {
  const bounds = [
    ["chunk_size", minChunk, maxPart],
    ["upload_cutoff", 0, maxPart],
    ["copy_cutoff", minChunk, maxPart]
  ] as const
  return bounds
    .filter(([name, least, most]) => config[name] < least || config[name] > most)
    .map(([name, least, most]) => issue(name, `must be from ${formatSize(least)} to ${formatSize(most)}`))
}

const contradictions = (config: Config): ReadonlyArray<Issue> =>
  config.versions && config.version_at !== null
    ? [
        {
          pointer: "#/version_at",
          code: "conflicting_fields",
          detail: "shows one moment, and versions shows all of them"
        }
      ]
    : []

/** The settings of a config, or every problem with it. */
export const normalize = (config: Config): Result.Result<B2Settings, ReadonlyArray<Issue>> => {
  const issues = [
    ...addressIssues(config),
    ...credentialIssues(config),
    ...limitIssues(config),
    ...contradictions(config)
  ]
  if (issues.length > 0) return Result.fail(issues)
  return Result.succeed({
    endpoint: config.endpoint === "" ? usualEndpoint : (addressOf(config.endpoint) ?? usualEndpoint),
    account: config.account,
    key: config.key,
    chunkSize: config.chunk_size,
    uploadCutoff: Math.max(config.upload_cutoff, config.chunk_size),
    uploadConcurrency: config.upload_concurrency,
    copyCutoff: config.copy_cutoff,
    disableChecksum: config.disable_checksum,
    downloadUrl: config.download_url === "" ? undefined : addressOf(config.download_url),
    linkDuration: config.download_auth_duration,
    testMode: config.test_mode,
    hardDelete: config.hard_delete,
    lifecycle: config.lifecycle,
    oldVersions: config.versions,
    versionAt: config.version_at ?? undefined,
    encoding: config.encoding
  })
}
