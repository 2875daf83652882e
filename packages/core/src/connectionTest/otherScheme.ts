/**
 * What one more request tells of an address that is right but for `http` or `https`. It carries no credentials.
 */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { StorageError } from "../StorageError.ts"
import { Transport } from "../Transport.ts"

/** An address as the options have it, without a slash at its end, and the pointer of its option: `#/endpoint`. */
export interface Addressed {
  readonly address: string
  readonly pointer: string
}

/** Milliseconds. Whoever refused the first request has answered by then. */
const patience = 10_000

const inTime = <A, R>(effect: Effect.Effect<A, StorageError, R>) =>
  Effect.timeoutOrElse(effect, {
    duration: patience,
    orElse: () => Effect.fail(StorageError.of("timeout", "there was no answer in time"))
  })

/** Status and headers of the answer to everybody; undefined if there is none. */
const answerOf = (origin: string, path: string) =>
  Effect.gen(function* () {
    const transport = yield* Transport
    const { status, headers } = yield* inTime(Effect.scoped(transport.request({ method: "GET", origin, path })))
    return { status, headers }
  }).pipe(Effect.orElseSucceed(() => undefined))

/** The same address under another scheme. */
const under = (scheme: "http" | "https", { host, pathname }: URL): string =>
  `${scheme}://${host}${pathname.replace(/\/+$/, "")}`

/** What is wrong and what is right instead; undefined if this is not it. */
type Look = (url: URL, error: StorageError) => Effect.Effect<Found | undefined, never, Transport>
interface Found {
  readonly detail: string
  readonly suggestion: string
  /** Whether an answer, if there was one, is no word of the service. */
  readonly unheard?: boolean
}

/** A service that speaks TLS where http was asked for: with another certificate or none that is trusted, too. */
const encrypted: Look = Effect.fnUntraced(function* (url, { reason: { _tag: code } }) {
  if (url.protocol !== "http:" || (code !== "provider_unavailable" && code !== "not_a_storage_endpoint"))
    return undefined
  const transport = yield* Transport
  const opened = yield* Effect.result(inTime(Effect.scoped(transport.connectTls(url.hostname, Number(url.port) || 80))))
  return Result.isSuccess(opened) || opened.failure.reason._tag.startsWith("tls_")
    ? { detail: "the service speaks TLS at this port", suggestion: under("https", url), unheard: true }
    : undefined
})

/** A service without TLS where https was asked for, or where no scheme was written. */
const plain: Look = Effect.fnUntraced(function* (url, { reason: { _tag: code, status } }) {
  if (url.protocol !== "https:" || code !== "provider_unavailable" || status !== undefined) return undefined
  const answer = yield* answerOf(`http://${url.hostname}:${url.port || 443}`, "/")
  // A server of TLS tells plain HTTP that it is in the wrong place, with the status 400 in words or on a page; a service
  // whose root is no place to ask at refuses in the form of its documents.
  const inDocument = /[/+](?:xml|json)\b/.test(answer?.headers["content-type"] ?? "")
  return answer === undefined || (answer.status === 400 && !inDocument)
    ? undefined
    : { detail: "the service speaks plain HTTP at this port and no TLS", suggestion: under("http", url) }
})

/** A web server that sends everybody on to https. */
const redirected: Look = Effect.fnUntraced(function* (url, { reason: { _tag: code, status = 0 } }) {
  if (url.protocol !== "http:" || code !== "not_a_storage_endpoint" || status < 300 || status >= 400) return undefined
  const base = url.pathname.replace(/\/+$/, "")
  const location = (yield* answerOf(url.origin, `${base}/`))?.headers["location"] ?? ""
  const target = URL.canParse(location, url.origin) ? new URL(location, url.origin) : undefined
  if (target?.protocol !== "https:" || target.hostname !== url.hostname) return undefined
  return { detail: "the service redirects to https", suggestion: `${target.origin}${base}` }
})

/** The error told anew, with the right address; undefined if the scheme was not it. */
export const otherScheme = Effect.fnUntraced(function* ({ address, pointer }: Addressed, error: StorageError) {
  for (const look of [encrypted, plain, redirected]) {
    const found = yield* look(new URL(address), error)
    if (found === undefined) continue
    const { detail, suggestion, unheard = false } = found
    const { _tag: code, detail: _, ...facts } = error.reason
    return unheard
      ? StorageError.of("provider_unavailable", detail, { pointer, suggestion })
      : StorageError.of(code, detail, { ...facts, pointer, suggestion })
  }
  return undefined
})
