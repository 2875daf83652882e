/**
 * From what a user wrote as endpoint to the origin and path that requests are sent to.
 */
import type { ProviderPlugin } from "@mooring/core"
import * as Result from "effect/Result"

/** An endpoint, taken apart. */
export interface Endpoint {
  /** Scheme, host and port. */
  readonly origin: string
  /** Empty, or a path without a slash at its end. */
  readonly basePath: string
  /** Host name without port. */
  readonly host: string
}

const refuse = (detail: string, suggestion?: string) =>
  Result.fail<ProviderPlugin.Issue>({
    pointer: "#/endpoint",
    code: "invalid_value",
    detail,
    ...(suggestion !== undefined && { suggestion })
  })

/** `s3.REGION.amazonaws.com` in its old and new forms; the first group is a bucket before it. */
const amazonPattern = /^(.+\.)?s3(?:[.-](?:dualstack\.)?([a-z0-9-]+))?\.amazonaws\.com(\.cn)?$/

/**
 * What an endpoint of Amazon says; undefined if it is none of S3. The old endpoint of all regions, `s3.amazonaws.com`,
 * says no region.
 */
export const amazonOf = (
  host: string
): { readonly region: string | undefined; readonly bucket: string } | undefined => {
  const match = amazonPattern.exec(host)
  return match === null ? undefined : { region: match[2], bucket: match[1] ?? "" }
}

/** `s3express-ZONE.REGION.amazonaws.com`, also with `-fips` and `dualstack`; the first group is a bucket before it. */
const zonalPattern =
  /^(.+\.)?s3express(-fips)?-([a-z0-9]+(?:-[a-z0-9]+)*-az\d+)\.(?:dualstack\.)?([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/

/** What the endpoint of a zone says, where directory buckets are; undefined if it is none. */
export const zonalOf = (
  host: string
):
  | { readonly zone: string; readonly region: string; readonly variant: string; readonly bucket: string }
  | undefined => {
  const match = zonalPattern.exec(host)
  if (match === null) return undefined
  const [, bucket = "", variant = "", zone = "", region = ""] = match
  return { zone, region, variant, bucket }
}

/** Whether a host is of Amazon, whichever of its services. */
export const isAmazon = (host: string): boolean => /\.amazonaws\.com(\.cn)?$/.test(host)

/**
 * The endpoint, with `https` unless a scheme is written. Parsed once, by WHATWG URL, and what that would repair
 * silently (spaces, backslashes, dot segments) is refused, so that what is checked is what is connected to.
 */
export const endpointOf = (text: string): Result.Result<Endpoint, ProviderPlugin.Issue> => {
  if (!/^[\x21-\x7e]+$/.test(text)) return refuse("must be an address in ASCII without spaces")
  if (text.includes("\\")) return refuse("must not hold a backslash")
  if (text.includes("?") || text.includes("#")) return refuse("must not have a query or fragment")
  const [, scheme = "https", rest = ""] = /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?(.*)$/.exec(text) ?? []
  if (!/^https?$/i.test(scheme)) return refuse("must be an http or https address")
  const [authority = "", ...segments] = rest.split("/")
  if (/^https?:?$/i.test(authority)) return refuse("must have :// between http or https and the host name")
  if (authority.includes("@")) return refuse("must not hold a user name; credentials have options of their own")
  if (segments.some((segment) => /^(\.|%2e){1,2}$/i.test(segment)))
    return refuse("must not have dot segments in its path")
  const address = `${scheme}://${rest}`
  if (Number(/:(\d+)$/.exec(authority)?.[1] ?? 0) > 65_535) return refuse("must have a port of at most 65535")
  if (authority === "" || !URL.canParse(address)) return refuse("must be a host name or an http or https address")
  const url = new URL(address)
  const amazon = amazonOf(url.hostname) ?? zonalOf(url.hostname)
  if (amazon !== undefined && amazon.bucket !== "") {
    return refuse(
      "must not name a bucket: buckets are the first segment of paths",
      url.origin.replace(amazon.bucket, "")
    )
  }
  return Result.succeed({ origin: url.origin, basePath: url.pathname.replace(/\/+$/, ""), host: url.hostname })
}
