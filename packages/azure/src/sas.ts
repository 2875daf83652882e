/**
 * Shared access signatures: links that carry their own right to one object.
 *
 * Sources: https://learn.microsoft.com/rest/api/storageservices/create-service-sas and
 * https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas
 */
import * as DateTime from "effect/DateTime"
import * as Redacted from "effect/Redacted"
import { encodeQuery } from "./percent.ts"
import { hmacSha256, type SharedKey } from "./sharedKey.ts"
import { serviceVersion } from "./version.ts"

/** What a link permits. */
export interface ObjectGrant {
  /** Letters in the order of the protocol, as `r` or `cw`. */
  readonly permissions: string
  /** Milliseconds since 1970; whole seconds are used. */
  readonly starts?: number
  readonly expires: number
  readonly container: string
  /** The name as it is, without percent-encoding. */
  readonly name: string
  /** `https` refuses the link over http. */
  readonly protocol: "https" | "https,http"
}

/** A key that the service gives to a token, to sign links with in its name. */
export interface DelegationKey {
  readonly objectId: string
  readonly tenantId: string
  /** As the service wrote them: `2026-11-23T10:00:00Z`. */
  readonly starts: string
  readonly expires: string
  readonly service: string
  readonly version: string
  /** In base64. */
  readonly value: Redacted.Redacted<string>
}

/** Seconds since 1970 in ISO 8601, as signatures have it. */
export const signedTime = (time: number): string => `${DateTime.formatIso(DateTime.makeUnsafe(time)).slice(0, 19)}Z`

/** Headers that a link may set on the answer; ours set none. */
const noOverrides = ["", "", "", "", ""]

const linkQuery = (parameters: ReadonlyArray<readonly [name: string, value: string]>, signature: string): string =>
  [...parameters, ["sig", signature] as const]
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}=${encodeQuery(value)}`)
    .join("&")

const partsOf = (account: string, grant: ObjectGrant) => ({
  starts: grant.starts === undefined ? "" : signedTime(grant.starts),
  expires: signedTime(grant.expires),
  resource: `/blob/${account}/${grant.container}/${grant.name}`
})

/** The query of a link signed with the key of an account, without `?`. */
export const blobSas = ({ account, key }: SharedKey, grant: ObjectGrant): string => {
  const { starts, expires, resource } = partsOf(account, grant)
  const { permissions, protocol } = grant
  // The empty lines are a stored policy, a range of addresses, a snapshot and a scope of encryption.
  const lines = [permissions, starts, expires, resource, "", "", protocol, serviceVersion, "b", "", "", ...noOverrides]
  return linkQuery(
    [
      ["sv", serviceVersion],
      ["spr", protocol],
      ["st", starts],
      ["se", expires],
      ["sr", "b"],
      ["sp", permissions]
    ],
    hmacSha256(key, lines.join("\n"))
  )
}

/** The query of a link signed with a key that the service gave to a token, without `?`. */
export const delegatedBlobSas = (account: string, key: DelegationKey, grant: ObjectGrant): string => {
  const { starts, expires, resource } = partsOf(account, grant)
  const { permissions, protocol } = grant
  const signer = [key.objectId, key.tenantId, key.starts, key.expires, key.service, key.version]
  // The empty lines are two more object ids and an id for the logs; a range of addresses; a snapshot and a scope.
  const lines = [
    permissions,
    starts,
    expires,
    resource,
    ...signer,
    "",
    "",
    "",
    "",
    protocol,
    serviceVersion,
    "b",
    "",
    ""
  ]
  return linkQuery(
    [
      ["sv", serviceVersion],
      ["spr", protocol],
      ["st", starts],
      ["se", expires],
      ["skoid", key.objectId],
      ["sktid", key.tenantId],
      ["skt", key.starts],
      ["ske", key.expires],
      ["sks", key.service],
      ["skv", key.version],
      ["sr", "b"],
      ["sp", permissions]
    ],
    hmacSha256(key.value, [...lines, ...noOverrides].join("\n"))
  )
}

/** What the query of a signature says of itself, as far as it helps to tell why it is refused. */
export interface SasFacts {
  /** Milliseconds since 1970; undefined where a stored policy says it. */
  readonly starts?: number
  readonly expires?: number
  readonly permissions?: string
  /** Of an account signature: letters of services, `b` is blobs. */
  readonly services?: string
  /** Of an account signature: `s`ervice, `c`ontainer, `o`bject. */
  readonly resourceTypes?: string
  /** Of another: `c` is a container, `b` a blob. */
  readonly resource?: string
  /** Whether a stored access policy of the container has the rest. */
  readonly policy: boolean
}

const timeIn = (text: string | null): number | undefined => {
  const time = text === null ? Number.NaN : Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}

/** The facts in the query of a signature; nothing of the signature itself. */
export const sasFacts = (query: Redacted.Redacted<string>): SasFacts => {
  const parameters = new URLSearchParams(Redacted.value(query))
  const texts = {
    permissions: parameters.get("sp"),
    services: parameters.get("ss"),
    resourceTypes: parameters.get("srt"),
    resource: parameters.get("sr")
  }
  const starts = timeIn(parameters.get("st"))
  const expires = timeIn(parameters.get("se"))
  return {
    ...(Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== null)) as Partial<SasFacts>),
    ...(starts !== undefined && { starts }),
    ...(expires !== undefined && { expires }),
    policy: parameters.has("si")
  }
}

/** Where a link leads, without what it holds: scheme, host and port, or nothing if it is no link. */
export const linkOrigin = (link: Redacted.Redacted<string>): string => URL.parse(Redacted.value(link))?.origin ?? ""
