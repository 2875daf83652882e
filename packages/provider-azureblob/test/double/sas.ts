/**
 * Shared access signatures in the query: of an account, of a container or blob, and by a key of a token.
 *
 * Sources: https://learn.microsoft.com/rest/api/storageservices/create-account-sas,
 * https://learn.microsoft.com/rest/api/storageservices/create-service-sas and
 * https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas
 */
import { AzureFailure, unauthenticated } from "./AzureFailure.ts"
import { parameter, type RawRequest } from "./rawRequest.ts"
import type { Right } from "./Right.ts"
import { hmac } from "./sharedKey.ts"
import type { Target } from "./target.ts"

/** The parameters of signatures, which every operation takes. */
export const sasParameters =
  "sv ss srt sr se st sp sip spr sig ses skoid sktid skt ske sks skv rscc rscd rsce rscl rsct saoid suoid scid".split(
    " "
  )

/** The key that a token was given to sign with, by what identifies it; undefined if there is none. */
export type DelegationKeys = ReadonlyMap<string, string>

/** What identifies a key of a token. */
export const delegationId = (values: ReadonlyArray<string>): string => values.join(" ")

export interface SasVerifier {
  readonly account: string
  readonly key: string
  readonly delegationKeys: DelegationKeys
  readonly now: number
}

const accountLines = (of: (name: string) => string, account: string): ReadonlyArray<string> => [
  account,
  ...["sp", "ss", "srt", "st", "se", "sip", "spr", "sv", "ses"].map(of),
  ""
]

const overrides = ["rscc", "rscd", "rsce", "rscl", "rsct"]

const resourceOf = (account: string, { container, blob }: Target, kind: string): string =>
  `/blob/${account}/${container}${kind === "c" ? "" : `/${blob}`}`

const serviceLines = (of: (name: string) => string, account: string, target: Target): ReadonlyArray<string> => [
  ...["sp", "st", "se"].map(of),
  resourceOf(account, target, of("sr")),
  "",
  ...["sip", "spr", "sv", "sr"].map(of),
  "",
  of("ses"),
  ...overrides.map(of)
]

const delegatedLines = (of: (name: string) => string, account: string, target: Target): ReadonlyArray<string> => [
  ...["sp", "st", "se"].map(of),
  resourceOf(account, target, of("sr")),
  ...["skoid", "sktid", "skt", "ske", "sks", "skv", "saoid", "suoid", "scid"].map(of),
  ...["sip", "spr", "sv", "sr"].map(of),
  "",
  of("ses"),
  ...overrides.map(of)
]

const forbidden = (code: string): AzureFailure =>
  new AzureFailure(403, code, "This request is not authorized to perform this operation.")

/** The right of a signature; undefined where there is none. Throws AzureFailure for every flaw. */
export const sasRight = (request: RawRequest, target: Target, verifier: SasVerifier): Right | undefined => {
  const signature = parameter(request, "sig")
  if (signature === undefined) return undefined
  const { account, key, delegationKeys, now } = verifier
  const of = (name: string): string => parameter(request, name) ?? ""
  const delegated = of("skoid") !== ""
  const keyFor = delegated
    ? delegationKeys.get(delegationId(["skoid", "sktid", "skt", "ske", "sks", "skv"].map(of)))
    : key
  const lines =
    of("ss") !== ""
      ? accountLines(of, account)
      : delegated
        ? delegatedLines(of, account, target)
        : serviceLines(of, account, target)
  const text = lines.join("\n")
  if (of("sv") < "2020-12-06" || of("sv") >= "2025-07-05")
    throw unauthenticated("sv is mandatory, and the double knows those from 2020-12-06 to 2025-05-05.")
  if (keyFor === undefined || hmac(keyFor, text) !== signature)
    throw unauthenticated(`Signature did not match. String to sign used was ${text}`)
  const [starts, expires] = [Date.parse(of("st")), Date.parse(of("se"))]
  if (Number.isNaN(expires)) throw unauthenticated("se is mandatory. Cannot be empty")
  if (expires <= now || starts > now)
    throw unauthenticated(`Signature not valid in the specified time frame: Start [${of("st")}] - Expiry [${of("se")}]`)
  // The double is reached over http only.
  if (of("spr") === "https") throw forbidden("AuthorizationProtocolMismatch")
  if (of("ss") !== "") {
    if (!of("ss").includes("b")) throw forbidden("AuthorizationServiceMismatch")
    return { kind: "sas", permissions: of("sp"), resourceTypes: of("srt") }
  }
  const blob = of("sr") === "b" ? target.blob : undefined
  return { kind: "sas", permissions: of("sp"), container: target.container, blob }
}
