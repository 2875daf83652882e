/**
 * Tokens for an identity of another provider: its token is exchanged for one of Google.
 *
 * Source: https://google.aip.dev/auth/4117, RFC 8693
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { awsSubjectToken } from "./awsSubject.ts"
import type { ExternalAccount, SubjectFormat } from "./Identity.ts"
import { impersonate } from "./impersonation.ts"
import { ask, grant, platformScope, type Doors } from "./tokenRequest.ts"

const Document = Schema.fromJsonString(Schema.Record(Schema.String, Schema.Unknown))

/** The token in a file or answer. */
const tokenIn = (text: string, { field }: SubjectFormat, pointer: string) => {
  const document = field === undefined ? undefined : Schema.decodeUnknownOption(Document)(text)
  const value = field === undefined ? text.trim() : document?._tag === "Some" ? document.value[field] : undefined
  return Predicate.isString(value) && value !== ""
    ? Effect.succeed(Redacted.make(value))
    : Effect.fail(
        StorageError.of("auth_invalid", "credential_source holds no token in the format that it says", { pointer })
      )
}

/** The token of the other provider, fetched anew each time: it may have been replaced. */
const subjectToken = Effect.fnUntraced(function* (doors: Doors, account: ExternalAccount) {
  const { source } = account
  const { ambient, pointer } = doors
  if (source.kind === "aws") return yield* awsSubjectToken(doors, account.audience, source)
  if (source.kind === "url") {
    const { url, headers, format } = source
    const { text } = yield* ask(doors, { url, method: "GET", headers })
    return yield* tokenIn(text, format, pointer)
  }
  const bytes = yield* Effect.mapError(ambient.readFile(source.path), (error) => StorageError.with(error, { pointer }))
  return yield* tokenIn(new TextDecoder().decode(bytes), source.format, pointer)
})

const basic = ({ id, secret }: NonNullable<ExternalAccount["client"]>): string =>
  `Basic ${Buffer.from(`${id}:${Redacted.value(secret)}`).toString("base64")}`

/** A token for the account, or for the service account that it acts as. */
export const externalAccountToken = Effect.fnUntraced(function* (
  doors: Doors,
  account: ExternalAccount,
  scope: string
) {
  const { audience, subjectTokenType, client, workforceProject, impersonationUrl, lifetime } = account
  const subject = yield* subjectToken(doors, account)
  const fields = {
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    audience,
    scope: impersonationUrl === undefined ? scope : platformScope,
    requested_token_type: "urn:ietf:params:oauth:token-type:access_token",
    subject_token: Redacted.value(subject),
    subject_token_type: subjectTokenType,
    ...(client === undefined &&
      workforceProject !== undefined && { options: JSON.stringify({ userProject: workforceProject }) })
  }
  const headers = client === undefined ? {} : { authorization: basic(client) }
  const token = yield* grant(doors, account.tokenUrl, fields, headers)
  return impersonationUrl === undefined
    ? token
    : yield* impersonate(doors, token, { url: impersonationUrl, scope, delegates: [], lifetime })
})
