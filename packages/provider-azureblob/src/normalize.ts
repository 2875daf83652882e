/**
 * From options to the settings of a store: derivations and limits. Pure; reports every problem at once.
 */
import { choosingOption, identityOf } from "@mooring/azure/identityOf"
import type { ProviderPlugin } from "@mooring/core"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { AzureBlobConfig } from "./AzureBlobConfig.ts"
import { tiers, type AzureBlobSettings } from "./AzureBlobSettings.ts"
import { emulator, placeOf } from "./normalize/place.ts"

type Config = typeof AzureBlobConfig.Type
type Issue = ProviderPlugin.Issue

/** Bytes of a block at most: https://learn.microsoft.com/rest/api/storageservices/put-block */
const maxBlock = 4000 * 1024 ** 2

const limitIssues = (config: Config): ReadonlyArray<Issue> =>
  config.chunk_size >= 1 && config.chunk_size <= maxBlock
    ? []
    : [{ pointer: "#/chunk_size", code: "invalid_value", detail: "must be from 1 to 4000Mi" }]

/** A key that is no base64, or that has line breaks in it, would sign wrongly without a word. */
const keyIssues = ({ key }: Config): ReadonlyArray<Issue> => {
  const text = Redacted.value(key)
  const valid = /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0
  return text === "" || valid
    ? []
    : [{ pointer: "#/key", code: "invalid_value", detail: "must be the base64 of the key as the portal shows it" }]
}

/** GUIDs and domains: anything else could be a path or a query of the token service. */
const tenantIssues = ({ tenant }: Config): ReadonlyArray<Issue> =>
  /^[A-Za-z0-9.-]*$/.test(tenant)
    ? []
    : [{ pointer: "#/tenant", code: "invalid_value", detail: "must be the ID or a domain of the tenant" }]

/** The key of the emulator stands in for one that is not written, before every identity but that of the environment. */
const emulates = ({ use_emulator, env_auth, key }: Config): boolean =>
  use_emulator && !env_auth && Redacted.value(key) === ""

/** A token over http could be read by everybody on the way. */
const plainIssues = (origin: string, identity: AzureBlobSettings["identity"]): ReadonlyArray<Issue> =>
  identity.kind === "token" && origin.startsWith("http:")
    ? [
        {
          pointer: "#/endpoint",
          code: "invalid_value",
          detail: "must be https where a token of Microsoft Entra is sent"
        }
      ]
    : []

/** The settings of a config, or every problem with it. */
export const normalize = (written: Config): Result.Result<AzureBlobSettings, ReadonlyArray<Issue>> => {
  const config = emulates(written) ? { ...written, key: emulator.key } : written
  const place = placeOf(config, choosingOption(config) === "sas_url")
  const found = Result.getOrUndefined(place)
  // Where the place is wrong, that is said, and not that there is no account.
  const identity = identityOf(config, found ?? { account: "unknown", sas: Redacted.make("") })
  const issues = [
    ...(Result.isFailure(place) ? place.failure : []),
    ...(Result.isFailure(identity) ? identity.failure : []),
    ...keyIssues(config),
    ...tenantIssues(config),
    ...limitIssues(config),
    ...(found !== undefined && Result.isSuccess(identity) ? plainIssues(found.origin, identity.success.identity) : [])
  ]
  if (issues.length > 0 || found === undefined || Result.isFailure(identity)) return Result.fail(issues)
  return Result.succeed({
    origin: found.origin,
    basePath: found.basePath,
    account: found.account,
    identity: identity.success.identity,
    identityOption: emulates(written) ? "use_emulator" : identity.success.option,
    ignoredOptions: identity.success.ignored,
    container: found.container,
    listChunk: config.list_chunk,
    chunkSize: config.chunk_size,
    uploadConcurrency: config.upload_concurrency,
    accessTier: tiers.find((tier) => tier.toLowerCase() === config.access_tier),
    archiveTierDelete: config.archive_tier_delete,
    deleteSnapshots: config.delete_snapshots,
    publicAccess: config.public_access,
    directoryMarkers: config.directory_markers,
    disableChecksum: config.disable_checksum,
    encoding: config.encoding
  })
}
