/**
 * One exchange with a service that gives tokens, and what its answer says.
 *
 * Source: RFC 6749, sections 5.1 and 5.2
 */
import { StorageError } from "@mooring/core"
import type { AmbientShape } from "@mooring/core/Ambient"
import { collectBytes, type Headers, type TransportShape } from "@mooring/core/Transport"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { AccessToken } from "./CredentialSource.ts"
import { refusedToken } from "./tokenRefusal.ts"

/** What a token may be asked through, and which option asks for it. */
export interface Doors {
  readonly transport: TransportShape
  readonly ambient: AmbientShape
  /** The option to blame, as `#/service_account_credentials`. */
  readonly pointer: string
}

/** Access to all of Cloud Storage that the identity has: https://cloud.google.com/storage/docs/oauth-scopes */
export const storageScope = "https://www.googleapis.com/auth/devstorage.full_control"

/** Access to all of Google Cloud, with which one identity acts as another. */
export const platformScope = "https://www.googleapis.com/auth/cloud-platform"

/** Longer than any token with its claims. */
const maxBytes = 256 * 1024

/** Seconds of a token whose answer does not say how long it lives. */
const shortLife = 300

/** A request for a token. */
export interface TokenRequest {
  readonly url: string
  readonly method: "GET" | "POST" | "PUT"
  readonly headers?: Headers
  readonly body?: Uint8Array
  /** Milliseconds that the service may be silent. */
  readonly idleTimeout?: number
}

const Refusal = Schema.fromJsonString(
  Schema.Struct({
    error: Schema.Unknown,
    error_description: Schema.optionalKey(Schema.Unknown)
  })
)

const timeOf = (date: string | undefined): number | undefined => {
  const time = Date.parse(date ?? "")
  return Number.isNaN(time) ? undefined : time
}

/** Options of an OAuth client, whose token service is an option of its own. */
const ofClient: ReadonlyArray<string> = ["#/token", "#/client_credentials"]

/** What could not be asked is put to the option that said whom to ask. */
const blamed = (pointer: string) => (error: StorageError) => {
  const [option, name] = ofClient.includes(pointer) ? ["#/token_url", "token_url"] : [pointer, "token_uri"]
  const suggestion = `an address at which the token service answers: check ${name}`
  return StorageError.with(error, { pointer: option, suggestion })
}

/** Sends a request: text and headers of a success. Fails as `refusedToken` says. */
export const ask = Effect.fnUntraced(function* (
  { transport, pointer }: Pick<Doors, "transport" | "pointer">,
  { url, method, headers = {}, body, idleTimeout }: TokenRequest
): Effect.fn.Return<{ readonly text: string; readonly headers: Headers }, StorageError> {
  const place = URL.parse(url)
  if (place === null || !/^https?:$/.test(place.protocol)) {
    return yield* StorageError.of("auth_invalid", "the address of the token service is none", { pointer })
  }
  const request = {
    origin: place.origin,
    path: `${place.pathname}${place.search}`,
    method,
    headers: { accept: "application/json", ...headers },
    ...(body && { body }),
    ...(idleTimeout !== undefined && { idleTimeout })
  }
  const { response, bytes } = yield* Effect.gen(function* () {
    const answered = yield* transport.request(request)
    return { response: answered, bytes: yield* collectBytes(answered.body, maxBytes) }
  }).pipe(Effect.scoped, Effect.mapError(blamed(pointer)))
  const text = new TextDecoder().decode(bytes)
  if (response.status === 200) return { text, headers: response.headers }
  const refusal = Option.getOrUndefined(Schema.decodeUnknownOption(Refusal)(text))
  return yield* refusedToken({
    status: response.status,
    error: refusal?.error,
    description: refusal?.error_description,
    pointer,
    localTime: yield* Clock.currentTimeMillis,
    serverTime: timeOf(response.headers["date"])
  })
})

/** Sends a request: document and headers of a success. Fails with `auth_invalid` if it is another document. */
export const exchange = Effect.fnUntraced(function* <A>(
  doors: Pick<Doors, "transport" | "pointer">,
  request: TokenRequest,
  schema: Schema.Codec<A, unknown>
) {
  const { text, headers } = yield* ask(doors, request)
  const answer = yield* Effect.mapError(Schema.decodeUnknownEffect(Schema.fromJsonString(schema))(text), () =>
    StorageError.of("auth_invalid", "the token service answered with something else than a token", {
      status: 200,
      pointer: doors.pointer
    })
  )
  return { answer, headers }
})

const seconds = Schema.Union([Schema.Number, Schema.NumberFromString])

/** A token and how many seconds it lives. */
export const TokenAnswer = Schema.Struct({
  access_token: Schema.NonEmptyString,
  expires_in: Schema.optionalKey(Schema.NullOr(seconds))
})

/** The token of an answer that came now. */
export const accessTokenOf = (answer: typeof TokenAnswer.Type): Effect.Effect<AccessToken> =>
  Effect.map(Clock.currentTimeMillis, (now) => ({
    token: Redacted.make(answer.access_token),
    expires: now + (answer.expires_in ?? shortLife) * 1000
  }))

/** Asks for a token with the fields of a form. */
export const grant = Effect.fnUntraced(function* (
  doors: Pick<Doors, "transport" | "pointer">,
  url: string,
  fields: Readonly<Record<string, string>>,
  headers: Headers = {}
) {
  const body = Buffer.from(new URLSearchParams(fields).toString())
  const form = { "content-type": "application/x-www-form-urlencoded", ...headers }
  const { answer } = yield* exchange(doors, { url, method: "POST", headers: form, body }, TokenAnswer)
  return yield* accessTokenOf(answer)
})
