/**
 * Where requests go: from `account`, `endpoint`, `sas_url` and `use_emulator`.
 */
import type { ProviderPlugin } from "@mooring/core"
import { endpointUrl } from "@mooring/core/EgressPolicy"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { AzureBlobConfig } from "../AzureBlobConfig.ts"

type Config = typeof AzureBlobConfig.Type
type Issue = ProviderPlugin.Issue

export interface Place {
  readonly origin: string
  readonly basePath: string
  readonly account: string
  /** The container that a signature is for. */
  readonly container: string | undefined
  /** The query of a signature; empty without one. */
  readonly sas: Redacted.Redacted<string>
}

/** What the emulator answers to: https://learn.microsoft.com/azure/storage/common/storage-use-azurite */
export const emulator = {
  account: "devstoreaccount1",
  key: Redacted.make("Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="),
  endpoint: "http://127.0.0.1:10000/devstoreaccount1"
}

const issue = (name: keyof Config, code: Issue["code"], detail: string, suggestion?: string): Issue => ({
  pointer: `#/${name}`,
  code,
  detail,
  ...(suggestion !== undefined && { suggestion })
})

const fail = (...issues: ReadonlyArray<Issue>) => Result.fail<ReadonlyArray<Issue>>(issues)

/** Whether the account is in the path and not in the name of the host, as at an emulator. */
const isPathStyle = (hostname: string): boolean =>
  hostname.startsWith("[") || /^\d+(?:\.\d+){3}$/.test(hostname) || !hostname.includes(".")

const accountOfHost = (hostname: string): string => /^([a-z0-9]{3,24})(?:-secondary)?\.blob\./.exec(hostname)?.[1] ?? ""

const segmentsOf = (url: URL): ReadonlyArray<string> => url.pathname.split("/").filter((segment) => segment !== "")

const unknownSas =
  "must be an address with a shared access signature, as https://ACCOUNT.blob.core.windows.net/?sv=…&sig=…"

const fromSasUrl = (config: Config, link: string): Result.Result<Place, ReadonlyArray<Issue>> => {
  const url = Result.getOrUndefined(endpointUrl(link))
  const query = link.includes("?") ? link.slice(link.indexOf("?") + 1) : ""
  const parameters = new URLSearchParams(query)
  if (url === undefined || !parameters.has("sig")) return fail(issue("sas_url", "invalid_value", unknownSas))
  if (config.endpoint !== "") {
    return fail(issue("endpoint", "conflicting_fields", "is in sas_url already: leave it out"))
  }
  const path = segmentsOf(url)
  const [account = "", ...rest] = isPathStyle(url.hostname) ? path : [accountOfHost(url.hostname), ...path]
  const [container, ...below] = rest
  if (below.length > 0) {
    return fail(
      issue("sas_url", "invalid_value", "must be of an account or a container, and not of a blob or directory")
    )
  }
  if (parameters.get("sr") === "b" || (parameters.get("sr") !== null && container === undefined)) {
    return fail(
      issue("sas_url", "invalid_value", "has a signature of a container or blob, and must name the container")
    )
  }
  if (config.account !== "" && account !== "" && config.account !== account) {
    return fail(issue("account", "conflicting_fields", "is not the account of sas_url"))
  }
  return Result.succeed({
    origin: url.origin,
    basePath: isPathStyle(url.hostname) && account !== "" ? `/${account}` : "",
    account: account === "" ? config.account : account,
    container: container === undefined ? undefined : decodeURIComponent(container),
    sas: Redacted.make(query)
  })
}

/** What a URL would repair without a word, so that another place would be reached than the one that was written. */
const slipIn = (text: string): string | undefined => {
  if (/^https?(?::\/?|\/\/)(?!\/)/i.test(text)) return "must have :// between http or https and the host name"
  return /\/\.{1,2}(?:\/|$)/.test(text) ? "must not have dot segments in its path" : undefined
}

const fromEndpoint = (config: Config, text: string, sas: Place["sas"]): Result.Result<Place, ReadonlyArray<Issue>> => {
  const slip = slipIn(text)
  if (slip !== undefined) return fail(issue("endpoint", "invalid_value", slip))
  const parsed = endpointUrl(/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`)
  if (Result.isFailure(parsed)) {
    return fail(
      issue("endpoint", "invalid_value", "must be a host name or an http or https address, without a user name")
    )
  }
  const url = parsed.success
  if (url.search !== "")
    return fail(issue("endpoint", "invalid_value", "must have no query; a signature goes to sas_url"))
  const [first = ""] = segmentsOf(url)
  const named = isPathStyle(url.hostname) ? first : accountOfHost(url.hostname)
  if (!isPathStyle(url.hostname) && accountOfHost(url.hostname) !== "" && first !== "") {
    const detail = "must not name a container: containers are the first segment of paths"
    return fail(issue("endpoint", "invalid_value", detail, url.origin))
  }
  return Result.succeed({
    origin: url.origin,
    basePath: url.pathname.replace(/\/+$/, ""),
    account: config.account === "" ? named : config.account,
    container: undefined,
    sas
  })
}

/**
 * The place, or what is wrong with the options that say it. It is that of `sas_url` only where its signature is used.
 * Secrets of a link are not repeated.
 */
export const placeOf = (config: Config, bySas: boolean): Result.Result<Place, ReadonlyArray<Issue>> => {
  const nothing = Redacted.make("")
  if (config.account !== "" && !/^[a-z0-9][a-z0-9-]{0,62}$/.test(config.account)) {
    return fail(
      issue("account", "invalid_value", "must be the name of the account alone: 3 to 24 lower-case letters and digits")
    )
  }
  if (bySas) return fromSasUrl(config, Redacted.value(config.sas_url))
  if (config.endpoint !== "") return fromEndpoint(config, config.endpoint, nothing)
  if (config.use_emulator) {
    const account = config.account === "" ? emulator.account : config.account
    return fromEndpoint({ ...config, account }, emulator.endpoint.replace(emulator.account, account), nothing)
  }
  if (config.account === "")
    return fail(issue("account", "missing_field", "is needed, unless sas_url or endpoint is set"))
  return fromEndpoint(config, `https://${config.account}.blob.core.windows.net`, nothing)
}
