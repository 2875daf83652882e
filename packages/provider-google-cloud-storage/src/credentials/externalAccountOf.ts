/**
 * From the JSON of an external account to what it says. Pure.
 *
 * Source: https://google.aip.dev/auth/4117
 */
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { isAddress } from "./isAddress.ts"
import type { ExternalAccount, SubjectFormat, SubjectSource } from "./Identity.ts"
import type { Problem } from "./identityOf.ts"

const text = Schema.optionalKey(Schema.NullOr(Schema.String))
const maybe = <S extends Schema.Constraint>(schema: S) => Schema.optionalKey(Schema.NullOr(schema))

const CredentialSource = Schema.Struct({
  file: text,
  url: text,
  headers: maybe(Schema.Record(Schema.String, Schema.String)),
  format: maybe(Schema.Struct({ type: text, subject_token_field_name: text })),
  environment_id: text,
  region_url: text,
  imdsv2_session_token_url: text,
  executable: maybe(Schema.Unknown),
  certificate: maybe(Schema.Unknown)
})

const ExternalAccountJson = Schema.Struct({
  audience: text,
  subject_token_type: text,
  token_url: text,
  credential_source: maybe(CredentialSource),
  service_account_impersonation_url: text,
  service_account_impersonation: maybe(Schema.Struct({ token_lifetime_seconds: maybe(Schema.Int) })),
  client_id: text,
  client_secret: text,
  workforce_pool_user_project: text
})

/** The token service that exchanges tokens: https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token */
const exchangeUrl = "https://sts.googleapis.com/v1/token"

const problem = (detail: string, suggestion?: string) =>
  Result.fail<Problem>({ detail, ...(suggestion !== undefined && { suggestion }) })

const missing = (name: string) => problem(`is of the type external_account and has no ${name}`)

type Source = typeof CredentialSource.Type

const formatOf = ({ format }: Source): Result.Result<SubjectFormat, Problem> => {
  if (format?.type !== "json") return Result.succeed({ field: undefined })
  const field = format.subject_token_field_name
  return field ? Result.succeed({ field }) : missing("credential_source.format.subject_token_field_name")
}

const sourceOf = (source: Source): Result.Result<SubjectSource, Problem> => {
  const other = (["executable", "certificate"] as const).find((name) => source[name] != null)
  if (other !== undefined) {
    return problem(`has credential_source.${other}, which is not supported`, "a credential_source of file or url")
  }
  if (source.environment_id) {
    return source.environment_id === "aws1"
      ? Result.succeed({
          kind: "aws",
          regionUrl: source.region_url || undefined,
          credentialsUrl: source.url || undefined,
          sessionTokenUrl: source.imdsv2_session_token_url || undefined
        })
      : problem("has credential_source.environment_id of an environment that is not known", "aws1")
  }
  return Result.flatMap(formatOf(source), (format): Result.Result<SubjectSource, Problem> => {
    if (source.file) return Result.succeed({ kind: "file", path: source.file, format })
    if (source.url && !isAddress(source.url)) return problem("has a credential_source.url that is no http address")
    if (source.url) return Result.succeed({ kind: "url", url: source.url, headers: source.headers ?? {}, format })
    return missing("credential_source.file or credential_source.url")
  })
}

/** Seconds for which a token of an impersonated account is asked, where the JSON does not say. */
const usualLifetime = 3600

/** The account of a document, or what is wrong with it. */
export const externalAccountOf = (document: unknown): Result.Result<ExternalAccount, Problem> => {
  const decoded = Schema.decodeUnknownResult(ExternalAccountJson)(document)
  if (Result.isFailure(decoded)) return problem("has a member of an external account that is not valid")
  const json = decoded.success
  if (!json.audience) return missing("audience")
  if (!json.subject_token_type) return missing("subject_token_type")
  if (!json.credential_source) return missing("credential_source")
  const { audience, subject_token_type: subjectTokenType } = json
  const wrong = (["token_url", "service_account_impersonation_url"] as const).find((name) => {
    const url = json[name]
    return url && !isAddress(url)
  })
  if (wrong !== undefined) return problem(`has a ${wrong} that is no http or https address`)
  return Result.map(sourceOf(json.credential_source), (source) => ({
    type: "external_account",
    audience,
    subjectTokenType,
    tokenUrl: json.token_url || exchangeUrl,
    source,
    impersonationUrl: json.service_account_impersonation_url || undefined,
    lifetime: json.service_account_impersonation?.token_lifetime_seconds ?? usualLifetime,
    client: json.client_id ? { id: json.client_id, secret: Redacted.make(json.client_secret ?? "") } : undefined,
    workforceProject: json.workforce_pool_user_project || undefined
  }))
}
