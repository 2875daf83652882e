/**
 * One authentication: the request of a version, and what its answer grants.
 */
import { StorageError } from "@mooring/core"
import type { HttpRequest, HttpResponse } from "@mooring/core/Transport"
import { beginningOf, collectBytes } from "@mooring/core/Transport"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import type { Login, Version1, Version2, Version3 } from "./AuthSource.ts"
import { authRefusal, notAuthentication } from "./authRefusal.ts"
import { endpointIn, endpointsOf2, endpointsOf3, Version2Answer, Version3Answer } from "./catalog.ts"
import { addressIn } from "./loginOf.ts"
import type { Grant } from "./Session.ts"
import { bodiesOf2, bodyOf3 } from "./requests.ts"

/** Sends one request. Any status is a success. */
export type Exchange = (request: HttpRequest) => Effect.Effect<HttpResponse, StorageError, Scope.Scope>

/** A catalog of a large cloud has some hundred addresses. */
const maxAnswer = 4 * 1024 * 1024

const requestTo = (url: string, path: string, rest: Omit<HttpRequest, "origin" | "path">): HttpRequest => {
  const { origin, pathname } = new URL(url)
  const base = pathname.replace(/\/+$/, "")
  return { origin, path: `${base}${path}` || "/", ...rest }
}

const json = { accept: "application/json" }

const post = (url: string, path: string, body: string): HttpRequest =>
  requestTo(url, path, {
    method: "POST",
    headers: { ...json, "content-type": "application/json" },
    body: Buffer.from(body)
  })

const decoded = <A>(schema: Schema.Codec<A, string>, response: HttpResponse, login: Version2 | Version3) =>
  Effect.flatMap(collectBytes(response.body, maxAnswer), (bytes) =>
    Effect.mapError(Effect.fromResult(Schema.decodeUnknownResult(schema)(new TextDecoder().decode(bytes))), () =>
      notAuthentication(login, response.status)
    )
  )

/** A date of an answer; one that is none is not known. */
const timeOf = (text: string | null | undefined): { readonly expires?: number } => {
  const time = text ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? {} : { expires: time }
}

/** A token that was asked for over TLS does not go over a connection without. */
const granted = (
  login: Exclude<Login, { readonly kind: "given" }>,
  found: Grant
): Effect.Effect<Grant, StorageError> => {
  const storageUrl = login.storageUrl ?? found.storageUrl
  if (login.storageUrl === undefined && login.url.startsWith("https:") && !storageUrl.startsWith("https:")) {
    return Effect.fail(
      StorageError.of(
        "not_a_storage_endpoint",
        "the address of the object store has no TLS, although the auth URL has it",
        {
          pointer: "#/storage_url",
          suggestion: "the https address of the account, written as storage_url"
        }
      )
    )
  }
  return Effect.succeed({ ...found, storageUrl, token: login.token ?? found.token })
}

/** The error of an answer that is no success. */
const refused = (login: Exclude<Login, { readonly kind: "given" }>, response: HttpResponse) =>
  Effect.map(beginningOf(response.body), (bytes) => authRefusal(login, response, new TextDecoder().decode(bytes)))

const isSuccess = ({ status }: HttpResponse): boolean => status >= 200 && status < 300

/** https://docs.openstack.org/swift/latest/overview_auth.html#tempauth */
const version1 = Effect.fnUntraced(function* (login: Version1, exchange: Exchange) {
  const response = yield* exchange(
    requestTo(login.url, "", {
      method: "GET",
      headers: {
        "x-auth-user": Buffer.from(login.user).toString("latin1"),
        "x-auth-key": Buffer.from(Redacted.value(login.key)).toString("latin1")
      }
    })
  )
  if (!isSuccess(response)) return yield* yield* refused(login, response)
  const { "x-storage-url": url, "x-auth-token": token, "x-auth-token-expires": lives = "" } = response.headers
  const address = url === undefined ? undefined : addressIn(url)
  if (address === undefined || token === undefined) return yield* notAuthentication(login, response.status)
  const now = yield* Clock.currentTimeMillis
  return yield* granted(login, {
    storageUrl: login.endpointType === "internal" ? address.replace("://", "://snet-") : address,
    token: Redacted.make(token),
    ...(/^\d{1,9}$/.test(lives) && { expires: now + Number(lives) * 1000 })
  })
}, Effect.scoped)

/** Rackspace takes API keys in a form of its own; the other form is tried when one is refused. */
const version2 = Effect.fnUntraced(function* (login: Version2, exchange: Exchange) {
  const [first, second] = bodiesOf2(login)
  let response = yield* exchange(post(login.url, "/tokens", first))
  if (response.status === 400 || response.status === 401) response = yield* exchange(post(login.url, "/tokens", second))
  if (!isSuccess(response)) return yield* yield* refused(login, response)
  const answer = yield* decoded(Version2Answer, response, login)
  const address =
    login.storageUrl ??
    (yield* Effect.fromResult(endpointIn(endpointsOf2(answer), { ...login, scoped: login.tenant !== undefined })))
  const { id, expires } = answer.access.token
  return yield* granted(login, { storageUrl: address, token: Redacted.make(id), ...timeOf(expires) })
}, Effect.scoped)

const version3 = Effect.fnUntraced(function* (login: Version3, exchange: Exchange) {
  const response = yield* exchange(post(login.url, "/auth/tokens", bodyOf3(login)))
  if (!isSuccess(response)) return yield* yield* refused(login, response)
  const token = response.headers["x-subject-token"]
  const answer = yield* decoded(Version3Answer, response, login)
  if (token === undefined) return yield* notAuthentication(login, response.status)
  const scoped = login.scope !== undefined || login.identity.method !== "password"
  const address = login.storageUrl ?? (yield* Effect.fromResult(endpointIn(endpointsOf3(answer), { ...login, scoped })))
  return yield* granted(login, {
    storageUrl: address,
    token: Redacted.make(token),
    ...timeOf(answer.token.expires_at)
  })
}, Effect.scoped)

/** The grant of a login. Fails with the option to blame where the answer shows it. */
export const authenticate = (login: Login, exchange: Exchange): Effect.Effect<Grant, StorageError> => {
  switch (login.kind) {
    case "given":
      return Effect.succeed(login)
    case "v1":
      return version1(login, exchange)
    case "v2":
      return version2(login, exchange)
    case "v3":
      return version3(login, exchange)
  }
}
