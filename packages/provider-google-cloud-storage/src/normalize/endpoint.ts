/**
 * Where the JSON API is: from `endpoint`.
 */
import type { ProviderPlugin } from "@mooring/core"
import { endpointUrl } from "@mooring/core/EgressPolicy"
import * as Result from "effect/Result"

type Issue = ProviderPlugin.Issue

/** Origin, and path without a slash at its end. */
export interface Endpoint {
  readonly origin: string
  readonly basePath: string
}

const usual: Endpoint = { origin: "https://storage.googleapis.com", basePath: "/storage/v1" }

const refuse = (detail: string, suggestion?: string) =>
  Result.fail<ReadonlyArray<Issue>>([
    { pointer: "#/endpoint", code: "invalid_value", detail, ...(suggestion !== undefined && { suggestion }) }
  ])

const malformed = "must be a host name or an http or https address, without user name, query and dot segments"

/** A slip in the scheme would make it the host. */
const hasSlip = (text: string): boolean =>
  !/^https?:\/\//i.test(text) && (/:\//.test(text) || text.includes("//") || text.startsWith("/"))

/** The place that a text names, or what is wrong with it. An address without a path is that of a service. */
export const endpointOf = (text: string): Result.Result<Endpoint, ReadonlyArray<Issue>> => {
  if (text === "") return Result.succeed(usual)
  if (hasSlip(text) || text.includes("?") || /\/\.{1,2}(\/|$)/.test(text)) return refuse(malformed)
  const parsed = endpointUrl(/^https?:\/\//i.test(text) ? text : `https://${text}`)
  if (Result.isFailure(parsed)) return refuse(malformed)
  const url = parsed.success
  if (url.hostname.endsWith(".storage.googleapis.com")) {
    return refuse("must be the address of the JSON API, without a bucket", "leave it out, and name the bucket in paths")
  }
  if (/^(console|storage)\.cloud\.google\.com$/.test(url.hostname)) {
    return refuse("must be the address of the JSON API, and not of the web console", "leave it out for Google")
  }
  const path = url.pathname.replace(/\/+$/, "")
  return Result.succeed({ origin: url.origin, basePath: path === "" ? usual.basePath : path })
}
