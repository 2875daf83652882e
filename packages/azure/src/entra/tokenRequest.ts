/**
 * One exchange with a service that gives tokens, and what its answer says.
 */
import { StorageError } from "@mooring/core"
import { collectBytes, type HttpRequest, type TransportShape } from "@mooring/core/Transport"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { AccessToken } from "../Authority.ts"

/** What a token of Azure Storage is asked for. */
export const storageResource = "https://storage.azure.com"

const seconds = Schema.Union([Schema.Number, Schema.NumberFromString])

/** `expires_in` is from now, `expires_on` since 1970; both in seconds, as a number or as text. */
const Answer = Schema.Struct({
  access_token: Schema.NonEmptyString,
  expires_in: Schema.optionalKey(seconds),
  expires_on: Schema.optionalKey(Schema.Unknown)
})

const Refusal = Schema.Struct({
  error: Schema.optionalKey(Schema.String),
  error_codes: Schema.optionalKey(Schema.Array(Schema.Number))
})

const jsonOf = <S extends Schema.Top & { readonly DecodingServices: never }>(schema: S, bytes: Uint8Array) =>
  Schema.decodeUnknownOption(Schema.fromJsonString(schema))(new TextDecoder().decode(bytes))

/** A refusal: its status, `error`, and the number after `AADSTS` of the first error code. No text of it is kept. */
export interface TokenRefusal {
  readonly status: number
  readonly error: string
  readonly code: number | undefined
}

/** Longer than any token with its claims. */
const maxBytes = 256 * 1024

/** Seconds of a token whose answer does not say how long it lives. */
const shortLife = 300

const notAToken = StorageError.of("auth_invalid", "the service that gives tokens answered with something else")

const safe = (text: string): string => (/^[\w.-]{1,64}$/.test(text) ? text : "")

/** Sends a request for a token: the token, or what `refused` makes of a refusal. */
export const exchange = Effect.fnUntraced(function* (
  transport: TransportShape,
  request: HttpRequest,
  refused: (refusal: TokenRefusal) => StorageError
): Effect.fn.Return<AccessToken, StorageError> {
  const { status, bytes } = yield* Effect.scoped(
    Effect.gen(function* () {
      const response = yield* transport.request(request)
      return { status: response.status, bytes: yield* collectBytes(response.body, maxBytes) }
    })
  )
  if (status !== 200) {
    const refusal = jsonOf(Refusal, bytes)
    const { error = "", error_codes: codes = [] } = refusal._tag === "Some" ? refusal.value : {}
    return yield* refused({ status, error: safe(error), code: codes[0] })
  }
  const answer = jsonOf(Answer, bytes)
  if (answer._tag === "None") return yield* notAToken
  const { access_token: token, expires_in: lives, expires_on: on } = answer.value
  const now = yield* Clock.currentTimeMillis
  const ends = Number(on) * 1000
  const life = lives ?? (ends > now ? (ends - now) / 1000 : shortLife)
  return { token: Redacted.make(token), expires: now + life * 1000 }
})
