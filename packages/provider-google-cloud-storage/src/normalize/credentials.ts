/**
 * Who asks: from options to the source of credentials. The first way of the documented order that is asked for is used,
 * and the connection test says which were not.
 */
import type { ProviderPlugin } from "@mooring/core"
import type { Authentication } from "@mooring/core/connectionTest/Authentication"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { CredentialSource, OAuthClient } from "../credentials/CredentialSource.ts"
import { googleTokenUrl, identityOf } from "../credentials/identityOf.ts"
import { isAddress } from "../credentials/isAddress.ts"
import { storedTokenOf } from "../credentials/storedToken.ts"
import type { GoogleCloudStorageConfig } from "../GoogleCloudStorageConfig.ts"

type Config = typeof GoogleCloudStorageConfig.Type
type Issue = ProviderPlugin.Issue
type Found = Result.Result<CredentialSource, ReadonlyArray<Issue>>

const refuse = (issue: Omit<Issue, "pointer">, name: keyof Config): Found =>
  Result.fail([{ pointer: `#/${name}`, ...issue }])

const isSet = (secret: Redacted.Redacted<string>): boolean => Redacted.value(secret) !== ""

const clientOf = (config: Config): OAuthClient => ({
  clientId: config.client_id,
  clientSecret: config.client_secret,
  tokenUrl: config.token_url === "" ? googleTokenUrl : config.token_url
})

/** A way to authenticate: the option that asks for it, and the source that it makes. */
interface Way {
  readonly name: keyof Config
  readonly asked: (config: Config) => boolean
  readonly make: (config: Config) => Found
}

const fromJson = ({ service_account_credentials: json }: Config): Found =>
  Result.match(identityOf(Redacted.value(json)), {
    onFailure: (problem) => refuse({ code: "invalid_value", ...problem }, "service_account_credentials"),
    onSuccess: (identity): Found => Result.succeed({ kind: "json", identity })
  })

const fromToken = (config: Config): Found =>
  Result.match(storedTokenOf(Redacted.value(config.token)), {
    onFailure: (problem) => refuse({ code: "invalid_value", ...problem }, "token"),
    onSuccess: (stored): Found => Result.succeed({ kind: "token", ...stored, client: clientOf(config) })
  })

/** A token of an application by itself needs all that says which application, at a service that gives such. */
const fromClient = (config: Config): Found => {
  const missing = (["client_id", "client_secret", "token_url"] as const).filter((name) =>
    name === "client_secret" ? !isSet(config[name]) : config[name] === ""
  )
  return missing.length === 0
    ? Result.succeed({ kind: "client", client: clientOf(config) })
    : Result.fail(
        missing.map((name) => ({
          pointer: `#/${name}`,
          code: "missing_field" as const,
          detail: "is needed beside client_credentials"
        }))
      )
}

/** In the documented order. */
const ways: ReadonlyArray<Way> = [
  { name: "anonymous", asked: ({ anonymous }) => anonymous, make: () => Result.succeed({ kind: "anonymous" }) },
  {
    name: "service_account_credentials",
    asked: ({ service_account_credentials: json }) => isSet(json),
    make: fromJson
  },
  {
    name: "service_account_file",
    asked: ({ service_account_file: path }) => path !== "",
    make: ({ service_account_file: path }) => Result.succeed({ kind: "file", path })
  },
  { name: "env_auth", asked: ({ env_auth }) => env_auth, make: () => Result.succeed({ kind: "environment" }) },
  {
    name: "access_token",
    asked: ({ access_token: token }) => isSet(token),
    make: ({ access_token: token }) => Result.succeed({ kind: "static", access: { token } })
  },
  { name: "token", asked: ({ token }) => isSet(token), make: fromToken },
  { name: "client_credentials", asked: ({ client_credentials: asked }) => asked, make: fromClient }
]

/** Options that mean something only beside token or client_credentials. */
const ofClient = ["client_id", "client_secret"] as const

const nothing = (config: Config): Found => {
  const lonely = ofClient.find((name) => (name === "client_id" ? config[name] !== "" : isSet(config[name])))
  if (lonely !== undefined) {
    return refuse(
      {
        code: "missing_field",
        detail: `is needed beside ${lonely}: a browser is never opened`,
        suggestion: "the token that a person permitted for this client, as rclone authorize prints it"
      },
      "token"
    )
  }
  return refuse(
    {
      code: "missing_field",
      detail: "is needed, or another option that says who asks",
      suggestion: "the JSON of a service account, or anonymous for what everybody may read"
    },
    "service_account_credentials"
  )
}

/** A header cannot hold anything else, and what is pasted often ends in a line break. */
const tokenIssues = ({ access_token: token }: Config): ReadonlyArray<Issue> =>
  /^[\x21-\x7e]*$/.test(Redacted.value(token))
    ? []
    : [{ pointer: "#/access_token", code: "invalid_value", detail: "must be ASCII without spaces and line breaks" }]

const addressIssues = ({ token_url: text }: Config): ReadonlyArray<Issue> =>
  text === "" || isAddress(text)
    ? []
    : [{ pointer: "#/token_url", code: "invalid_value", detail: "must be an http or https address" }]

/** The source, and which options it is from; or every problem with them. */
export const sourceOf = (
  config: Config
): Result.Result<
  { readonly credentials: CredentialSource; readonly authentication: Authentication },
  ReadonlyArray<Issue>
> => {
  const asked = ways.filter((way) => way.asked(config))
  const [first, ...others] = asked
  const credentials = first === undefined ? nothing(config) : first.make(config)
  const issues = [
    ...(Result.isFailure(credentials) ? credentials.failure : []),
    ...tokenIssues(config),
    ...addressIssues(config)
  ]
  if (issues.length > 0 || Result.isFailure(credentials)) return Result.fail(issues)
  const used = first === undefined || first.name === "anonymous" ? [] : [first.name]
  return Result.succeed({
    credentials: credentials.success,
    authentication: { used, ignored: others.map(({ name }) => name) }
  })
}
