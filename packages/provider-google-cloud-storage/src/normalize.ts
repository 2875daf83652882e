/**
 * From options to the settings of a store. Pure; reports every problem at once.
 */
import type { ProviderPlugin } from "@mooring/core"
import * as Result from "effect/Result"
import type { GoogleCloudStorageConfig } from "./GoogleCloudStorageConfig.ts"
import type { GoogleCloudStorageSettings } from "./GoogleCloudStorageSettings.ts"
import { sourceOf } from "./normalize/credentials.ts"
import { endpointOf } from "./normalize/endpoint.ts"

type Config = typeof GoogleCloudStorageConfig.Type
type Issue = ProviderPlugin.Issue

/** Bytes of a piece of an upload: what Google's own clients and rclone take. */
const chunkSize = 16 * 1024 * 1024

const set = (text: string): string | undefined => (text === "" ? undefined : text)

const projectIssues = (config: Config): ReadonlyArray<Issue> =>
  (["project_number", "user_project"] as const)
    .filter((name) => !/^[a-z0-9.:-]*$/i.test(config[name]))
    .map((name) => ({
      pointer: `#/${name}`,
      code: "invalid_value",
      detail: "must be the number or ID of a project",
      suggestion: "the project number of the console, as 123456789012"
    }))

const locationIssues = ({ location }: Config): ReadonlyArray<Issue> =>
  /^[a-z0-9-]*$/i.test(location)
    ? []
    : [{ pointer: "#/location", code: "invalid_value", detail: "must be a location such as us or europe-west1" }]

/** An ACL that was chosen would be left out without a word. */
const aclIssues = (config: Config): ReadonlyArray<Issue> =>
  (["object_acl", "bucket_acl"] as const)
    .filter((name) => config.bucket_policy_only && config[name] !== "")
    .map((name) => ({
      pointer: `#/${name}`,
      code: "conflicting_fields",
      detail: "cannot be set where bucket_policy_only leaves access to policies",
      suggestion: "leave one of them out"
    }))

/** The settings of a config, or every problem with it. */
export const normalize = (config: Config): Result.Result<GoogleCloudStorageSettings, ReadonlyArray<Issue>> => {
  const endpoint = endpointOf(config.endpoint)
  const source = sourceOf(config)
  const issues = [
    ...(Result.isFailure(endpoint) ? endpoint.failure : []),
    ...(Result.isFailure(source) ? source.failure : []),
    ...projectIssues(config),
    ...locationIssues(config),
    ...aclIssues(config)
  ]
  if (issues.length > 0 || Result.isFailure(endpoint) || Result.isFailure(source)) return Result.fail(issues)
  return Result.succeed({
    ...endpoint.success,
    ...source.success,
    project: set(config.project_number),
    userProject: set(config.user_project),
    policyOnly: config.bucket_policy_only,
    objectAcl: set(config.object_acl),
    bucketAcl: config.bucket_acl === "" ? "private" : config.bucket_acl,
    storageClass: set(config.storage_class),
    location: set(config.location),
    decompress: config.decompress,
    directoryMarkers: config.directory_markers,
    chunkSize,
    encoding: config.encoding
  })
}
