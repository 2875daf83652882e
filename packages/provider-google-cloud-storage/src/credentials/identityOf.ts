/**
 * From the JSON of an identity to what it says. Pure.
 */
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { externalAccountOf } from "./externalAccountOf.ts"
import { isAddress } from "./isAddress.ts"
import type { Identity, ServiceAccount } from "./Identity.ts"
import { privateKeyProblem } from "./privateKey.ts"

/** What is wrong with a JSON; never holds a part of it. */
export interface Problem {
  readonly detail: string
  readonly suggestion?: string
}

/** The token service of Google: https://developers.google.com/identity/protocols/oauth2 */
export const googleTokenUrl = "https://oauth2.googleapis.com/token"

const text = Schema.optionalKey(Schema.NullOr(Schema.String))

const Document = Schema.Record(Schema.String, Schema.Unknown)

const problem = (detail: string, suggestion?: string) =>
  Result.fail<Problem>({ detail, ...(suggestion !== undefined && { suggestion }) })

const missing = (type: string, name: string) =>
  problem(`is of the type ${type} and has no ${name}`, "the JSON as Google made it, whole")

/** Addresses of token services go into requests as they are. */
const addressProblem = (name: string, url: string | null | undefined): Problem | undefined =>
  !url || isAddress(url)
    ? undefined
    : { detail: `has a ${name} that is no http or https address`, suggestion: `as Google made it: ${googleTokenUrl}` }

const ServiceAccountJson = Schema.Struct({
  client_email: text,
  private_key: text,
  private_key_id: text,
  token_uri: text
})

const serviceAccountOf = (document: unknown): Result.Result<ServiceAccount, Problem> => {
  const decoded = Schema.decodeUnknownResult(ServiceAccountJson)(document)
  if (Result.isFailure(decoded)) return problem("has a member of a service account that is no text")
  const { client_email: email, private_key: key, private_key_id: keyId, token_uri: tokenUrl } = decoded.success
  if (!email) return missing("service_account", "client_email")
  if (!key) return missing("service_account", "private_key")
  const wrong = privateKeyProblem(key) ?? addressProblem("token_uri", tokenUrl)
  if (wrong !== undefined) return Result.fail(wrong)
  return Result.succeed({
    type: "service_account",
    email,
    privateKey: Redacted.make(key),
    keyId: keyId ?? undefined,
    tokenUrl: tokenUrl || googleTokenUrl
  })
}

const AuthorizedUserJson = Schema.Struct({
  client_id: text,
  client_secret: text,
  refresh_token: text,
  token_uri: text
})

const authorizedUserOf = (document: unknown): Result.Result<Identity, Problem> => {
  const decoded = Schema.decodeUnknownResult(AuthorizedUserJson)(document)
  if (Result.isFailure(decoded)) return problem("has a member of an authorized user that is no text")
  const { client_id: id, client_secret: secret, refresh_token: refresh, token_uri: tokenUrl } = decoded.success
  if (!id) return missing("authorized_user", "client_id")
  if (!secret) return missing("authorized_user", "client_secret")
  if (!refresh) return missing("authorized_user", "refresh_token")
  const wrong = addressProblem("token_uri", tokenUrl)
  if (wrong !== undefined) return Result.fail(wrong)
  return Result.succeed({
    type: "authorized_user",
    clientId: id,
    clientSecret: Redacted.make(secret),
    refreshToken: Redacted.make(refresh),
    tokenUrl: tokenUrl || googleTokenUrl
  })
}

const ImpersonatedJson = Schema.Struct({
  service_account_impersonation_url: text,
  delegates: Schema.optionalKey(Schema.NullOr(Schema.Array(Schema.String))),
  source_credentials: Schema.optionalKey(Schema.NullOr(Document))
})

const impersonatedOf = (document: unknown): Result.Result<Identity, Problem> => {
  const type = "impersonated_service_account"
  const decoded = Schema.decodeUnknownResult(ImpersonatedJson)(document)
  if (Result.isFailure(decoded)) return problem("has a member of an impersonated service account that is not valid")
  const { service_account_impersonation_url: url, delegates, source_credentials: source } = decoded.success
  if (!url) return missing(type, "service_account_impersonation_url")
  if (!source) return missing(type, "source_credentials")
  if (!isAddress(url)) return problem("has a service_account_impersonation_url that is no http or https address")
  return Result.flatMap(ofDocument(source), (found): Result.Result<Identity, Problem> =>
    found.type === type
      ? problem("has source_credentials that are impersonated themselves", "delegates, which name a chain of accounts")
      : Result.succeed({ type, impersonationUrl: url, delegates: delegates ?? [], source: found })
  )
}

const kinds: ReadonlyMap<unknown, (document: Schema.Schema.Type<typeof Document>) => Result.Result<Identity, Problem>> =
  new Map([
    ["service_account", serviceAccountOf],
    ["authorized_user", authorizedUserOf],
    ["external_account", externalAccountOf],
    ["impersonated_service_account", impersonatedOf]
  ])

const ofDocument = (document: typeof Document.Type): Result.Result<Identity, Problem> => {
  const make = kinds.get(document["type"])
  if (make !== undefined) return make(document)
  if ("installed" in document || "web" in document) {
    return problem(
      "is of an OAuth client and no identity",
      "its ID and secret as client_id and client_secret, and a token that a person permitted as token"
    )
  }
  return problem(
    document["type"] === undefined ? "has no type" : "has a type that is not known",
    `a JSON of the type ${[...kinds.keys()].join(", ")}`
  )
}

/** The identity of a JSON text, or what is wrong with it, to complete `service_account_credentials …`. */
export const identityOf = (json: string): Result.Result<Identity, Problem> => {
  const decoded = Schema.decodeUnknownResult(Schema.fromJsonString(Document))(json)
  if (Result.isSuccess(decoded)) return ofDocument(decoded.success)
  if (json.trim().startsWith("-----BEGIN")) {
    return problem("is a private key alone", "the whole JSON file that Google made for the service account")
  }
  return /^[~./]?[\w./~\\:-]+$/.test(json.trim()) && /[/\\.]/.test(json)
    ? problem(
        "is no JSON and looks like a path",
        "service_account_file, for a file of the machine on which Mooring runs"
      )
    : problem("is no JSON object", "the content of the JSON file, as it is")
}
