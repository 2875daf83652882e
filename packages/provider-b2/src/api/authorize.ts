/**
 * b2_authorize_account: what an application key is and may do, and where the service is for it.
 *
 * Source: https://www.backblaze.com/apidocs/b2-authorize-account
 */
import { StorageError } from "@mooring/core"
import type { HttpRequest, HttpResponse } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import type { B2Settings } from "../B2Settings.ts"
import { Account, documentOf, notB2 } from "../wire.ts"
import { placeAt, trusted } from "./address.ts"

/** What an answer said, and of whom. */
export interface Authorization {
  readonly accountId: string
  readonly token: Redacted.Redacted<string>
  /** The version of the API that the service has. */
  readonly version: number
  readonly apiUrl: string
  readonly downloadUrl: string
  /** What the key may do; undefined if the service does not say. */
  readonly capabilities: ReadonlySet<string> | undefined
  /** The buckets that the key is narrowed to, one at least; undefined is all. One that is gone has no name. */
  readonly buckets: ReadonlyArray<{ readonly id: string; readonly name: string | undefined }> | undefined
  /** What the names of files must begin with. */
  readonly namePrefix: string
  /** Whose it is: other settings want another authorization. */
  readonly account: string
  readonly key: Redacted.Redacted<string>
}

/** One exchange without a token: any status but 2xx is an error. */
export type Exchange = (request: HttpRequest) => Effect.Effect<HttpResponse, StorageError, Scope.Scope>

/** The newest version, and one that all services have. */
const versions = [4, 2] as const

/** An ID of an application key is 25 digits, of an account 12; what is neither is the more likely slip. */
const isId = (account: string): boolean => /^([0-9a-f]{12}|[0-9a-f]{25})$/i.test(account)

/** Which of the two is wrong the service does not say: the form of the ID is all there is to tell. */
const blame = ({ account }: B2Settings, { reason }: StorageError): StorageError => {
  const { status = 401, providerCode, requestId } = reason
  const facts = {
    status,
    ...(providerCode !== undefined && { providerCode }),
    ...(requestId !== undefined && { requestId })
  }
  if (providerCode === "unsupported") {
    return StorageError.of("auth_invalid", "the application key is not for this version of the API", {
      ...facts,
      pointer: "#/account",
      suggestion: "a key of all buckets or of one: a key of several needs version 4, which this service does not have"
    })
  }
  if (/^K\d{3}\S{27}$/.test(account)) {
    return StorageError.of("auth_invalid", "account is an application key and no ID: the two may be swapped", {
      ...facts,
      pointer: "#/account",
      suggestion: "the ID of the key as account, and the key itself as key"
    })
  }
  return StorageError.of("auth_invalid", "the service does not take this account and key", {
    ...facts,
    pointer: isId(account) ? "#/key" : "#/account",
    suggestion: isId(account)
      ? "the application key that belongs to this ID; it is shown once, when it is made"
      : "the ID of an application key, which has 25 digits, or of the account, which has 12"
  })
}

const authorizeAt = Effect.fnUntraced(function* (exchange: Exchange, settings: B2Settings, version: number) {
  const { endpoint, account, key } = settings
  const basic = Buffer.from(`${account}:${Redacted.value(key)}`).toString("base64")
  const response = yield* exchange({
    ...placeAt(endpoint, `/b2api/v${version}/b2_authorize_account`),
    method: "GET",
    headers: { authorization: `Basic ${basic}` }
  })
  const answer = yield* documentOf(response, Account)
  const api = answer.apiInfo?.storageApi ?? answer
  const nested = answer.apiInfo?.storageApi
  const { capabilities, namePrefix, buckets, bucketId, bucketName } = api.allowed ?? nested ?? {}
  const one = bucketId == null ? [] : [{ id: bucketId, name: bucketName }]
  const narrow = (buckets ?? one).map(({ id, name }) => ({ id, name: name ?? undefined }))
  return {
    accountId: answer.accountId,
    token: Redacted.make(answer.authorizationToken),
    version,
    apiUrl: yield* trusted(api.apiUrl, endpoint),
    downloadUrl: yield* trusted(api.downloadUrl, endpoint),
    capabilities: capabilities == null ? undefined : new Set(capabilities),
    buckets: narrow.length === 0 ? undefined : narrow,
    namePrefix: namePrefix ?? "",
    account,
    key
  } satisfies Authorization
}, Effect.scoped)

/** Statuses with which a gateway before a service refuses, in its own words. */
const gatewayStatuses: ReadonlyArray<number> = [407, 408, 413, 429]

/** B2 says a code with each refusal: who says none does not know this call, or is something else. */
const isForeign = ({ reason: { status = 0, providerCode } }: StorageError): boolean =>
  status === 400 ||
  status === 404 ||
  status === 405 ||
  (status >= 401 && status < 500 && providerCode === undefined && !gatewayStatuses.includes(status))

/** Authorises by the newest version of the API that the service has. */
export const authorize = (exchange: Exchange, settings: B2Settings): Effect.Effect<Authorization, StorageError> => {
  const [newest, oldest] = versions
  const unknown = ({ reason }: StorageError) => reason.status === 404 || reason.status === 400
  return authorizeAt(exchange, settings, newest).pipe(
    Effect.catchIf(unknown, () => authorizeAt(exchange, settings, oldest)),
    Effect.mapError((error) => {
      if (isForeign(error)) return notB2()
      return error.reason.status === 401 ? blame(settings, error) : error
    })
  )
}
