/**
 * The token that stands for an identity of AWS: a signed request that Google sends to AWS to see whose it is.
 *
 * The signature is made by Google's own library, an optional peer that is loaded here only. It is given what to sign
 * with, so that it neither sends anything nor reads the environment.
 *
 * Source: https://google.aip.dev/auth/4117
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { SubjectSource } from "./Identity.ts"
import { ask, exchange, type Doors } from "./tokenRequest.ts"

type AwsSource = Extract<SubjectSource, { readonly kind: "aws" }>

interface AwsKeys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly token?: string
}

/** What is used of the package. */
export interface AuthModule {
  readonly AwsClient: new (options: {
    readonly audience: string
    readonly subject_token_type: string
    readonly aws_security_credentials_supplier: {
      readonly getAwsRegion: () => Promise<string>
      readonly getAwsSecurityCredentials: () => Promise<AwsKeys>
    }
  }) => { readonly retrieveSubjectToken: () => Promise<string> }
}

const peer = "google-auth-library"

/** Loads the package; rejects if it is not installed. */
const loadLibrary = (): Promise<AuthModule> => import("google-auth-library")

const subjectTokenType = "urn:ietf:params:aws:token-type:aws4_request"

const failed = (detail: string, { pointer }: Doors, suggestion?: string) =>
  StorageError.of("auth_invalid", detail, { pointer, ...(suggestion !== undefined && { suggestion }) })

const firstOf = Effect.fnUntraced(function* ({ ambient }: Doors, ...names: ReadonlyArray<string>) {
  for (const name of names) {
    const value = yield* ambient.env(name)
    if (value) return value
  }
  return undefined
})

/** The header that the newer metadata service of AWS wants, where the JSON says how to get it. */
const metadataHeaders = Effect.fnUntraced(function* (doors: Doors, { sessionTokenUrl: url }: AwsSource) {
  if (url === undefined) return {}
  const headers = { "x-aws-ec2-metadata-token-ttl-seconds": "300" }
  const { text } = yield* ask(doors, { url, method: "PUT", headers })
  return { "x-aws-ec2-metadata-token": text }
})

const regionOf = Effect.fnUntraced(function* (doors: Doors, source: AwsSource) {
  const named = yield* firstOf(doors, "AWS_REGION", "AWS_DEFAULT_REGION")
  if (named !== undefined) return named
  if (source.regionUrl === undefined) return yield* failed("no region of AWS is known", doors, "AWS_REGION")
  const { text } = yield* ask(doors, {
    url: source.regionUrl,
    method: "GET",
    headers: yield* metadataHeaders(doors, source)
  })
  // It is a zone, which has a letter behind the region.
  return text.trim().slice(0, -1)
})

const Keys = Schema.Struct({
  AccessKeyId: Schema.String,
  SecretAccessKey: Schema.String,
  Token: Schema.optionalKey(Schema.String)
})

const keysOf = Effect.fnUntraced(function* (doors: Doors, source: AwsSource): Effect.fn.Return<AwsKeys, StorageError> {
  const accessKeyId = yield* firstOf(doors, "AWS_ACCESS_KEY_ID")
  const secretAccessKey = yield* firstOf(doors, "AWS_SECRET_ACCESS_KEY")
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    const token = yield* firstOf(doors, "AWS_SESSION_TOKEN")
    return { accessKeyId, secretAccessKey, ...(token !== undefined && { token }) }
  }
  const { credentialsUrl: url } = source
  if (url === undefined) return yield* failed("no keys of AWS are known", doors, "AWS_ACCESS_KEY_ID and its secret")
  const headers = yield* metadataHeaders(doors, source)
  const { text: role } = yield* ask(doors, { url, method: "GET", headers })
  const { answer } = yield* exchange(doors, { url: `${url}/${role.trim()}`, method: "GET", headers }, Keys)
  const { AccessKeyId: id, SecretAccessKey: secret, Token: token } = answer
  return { accessKeyId: id, secretAccessKey: secret, ...(token !== undefined && { token }) }
})

/** A signed request as a token. `load` brings the package. */
export const awsSubjectToken = Effect.fnUntraced(function* (
  doors: Doors,
  audience: string,
  source: AwsSource,
  load: () => Promise<AuthModule> = loadLibrary
) {
  const region = yield* regionOf(doors, source)
  const keys = yield* keysOf(doors, source)
  const { AwsClient } = yield* Effect.tryPromise({
    try: load,
    catch: () => failed(`an identity of AWS needs the package ${peer}`, doors, `npm install ${peer}`)
  })
  const supplier = {
    getAwsRegion: () => Promise.resolve(region),
    getAwsSecurityCredentials: () => Promise.resolve(keys)
  }
  const options = { audience, subject_token_type: subjectTokenType, aws_security_credentials_supplier: supplier }
  const token = yield* Effect.tryPromise({
    try: () => new AwsClient(options).retrieveSubjectToken(),
    catch: () => failed("the request to AWS could not be signed", doors)
  })
  return Redacted.make(token)
})
