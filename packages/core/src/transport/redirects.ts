/**
 * Redirects (RFC 9110, section 15.4): whether one is followed, and with what.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Result from "effect/Result"
import * as Scope from "effect/Scope"
import { endpointUrl } from "../EgressPolicy.ts"
import { StorageError } from "../StorageError.ts"
import type { Headers, HttpRequest, HttpResponse, TransportShape } from "../Transport.ts"

type Place = Pick<HttpRequest, "origin" | "path">

const redirecting: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** What may go to another origin. Anything else may be a credential: of a scheme that nobody has thought of yet, too. */
const crossing: ReadonlySet<string> = new Set([
  "accept",
  "accept-encoding",
  "accept-language",
  "content-disposition",
  "content-encoding",
  "content-language",
  "content-md5",
  "content-type",
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "range",
  "user-agent"
])

const ofBody = /^(content-.*|expect|trailer|transfer-encoding)$/

const kept = (headers: Headers, keep: (name: string) => boolean): Headers =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => keep(name.toLowerCase())))

const refused = (detail: string, suggestion: string) =>
  Result.fail(StorageError.of("not_a_storage_endpoint", detail, { suggestion }))

/**
 * Where a Location leads; undefined if that is no address. A path in it is kept as it is written, as in every request;
 * only one like `../x` is resolved.
 */
const placeOf = ({ origin, path }: Place, location: string): Place | undefined => {
  if (!/^[\x21-\x5b\x5d-\x7e]+$/.test(location)) return undefined
  const [text = ""] = location.split("#")
  if (/^\/(?!\/)/.test(text)) return { origin, path: text }
  const absolute = text.startsWith("//") ? `${new URL(origin).protocol}${text}` : text
  if (!/^[a-z][a-z0-9+.-]*:/i.test(absolute)) {
    const url = URL.parse(absolute, `${origin}${path}`)
    return url === null ? undefined : { origin, path: `${url.pathname}${url.search}` }
  }
  const url = endpointUrl(absolute)
  if (Result.isFailure(url)) return undefined
  const rest = absolute.replace(/^[^/]*\/\/[^/?]*/, "")
  return { origin: url.success.origin, path: rest.startsWith("/") ? rest : `/${rest}` }
}

/** The same request without its body, as 303 asks for. */
const asGet = ({ origin, path, method, headers = {}, idleTimeout }: HttpRequest): HttpRequest => ({
  origin,
  path,
  method: method === "HEAD" ? "HEAD" : "GET",
  headers: kept(headers, (name) => !ofBody.test(name)),
  ...(idleTimeout !== undefined && { idleTimeout })
})

/** The same request at another origin: without what may be a credential, and without trailers, which are unknown. */
const asStranger = ({ trailers: _, headers = {}, ...rest }: HttpRequest): HttpRequest => ({
  ...rest,
  headers: kept(headers, (name) => crossing.has(name))
})

/**
 * The request that an answer redirects to; undefined if the answer is to be taken as it is, because it is no redirect,
 * leads nowhere, or would need a body that exists once. 303 turns into GET, no other changes the method. Fails with
 * `not_a_storage_endpoint` if it leads from https to http or to what is no address.
 */
export const redirected = (
  request: HttpRequest,
  { status, headers }: Pick<HttpResponse, "status" | "headers">
): Result.Result<HttpRequest | undefined, StorageError> => {
  const { location } = headers
  const { body } = request
  if (!redirecting.has(status) || location === undefined) return Result.succeed(undefined)
  if (status !== 303 && body !== undefined && "once" in body) return Result.succeed(undefined)
  const { host, origin, protocol } = new URL(request.origin)
  const place = placeOf({ origin, path: request.path }, location)
  if (place === undefined) {
    return refused(`${host} redirects to what is not an http address`, "use the address of the object store itself")
  }
  if (protocol === "https:" && !place.origin.startsWith("https:")) {
    return refused(`${host} redirects from https to http, which is not followed`, "use an endpoint that stays on https")
  }
  const next = { ...(status === 303 ? asGet(request) : request), ...place }
  return Result.succeed(place.origin === origin ? next : asStranger(next))
}

/**
 * Sends, and follows as many redirects as the request permits. The connection of each answer that was followed is given
 * back before the next request. Fails besides with `not_a_storage_endpoint` if there are more redirects than permitted.
 */
export const followRedirects = (send: TransportShape["request"]): TransportShape["request"] =>
  Effect.fnUntraced(function* (first) {
    const { redirects = 0 } = first
    if (redirects <= 0) return yield* send(first)
    const parent = yield* Effect.scope
    let request = first
    for (let left = redirects; ; left -= 1) {
      const own = yield* Scope.fork(parent)
      const answer = yield* Scope.provide(send(request), own)
      const next = yield* Effect.fromResult(redirected(request, answer))
      if (next === undefined) return answer
      if (left === 0) {
        return yield* Effect.fromResult(
          refused(`the redirects did not end after ${redirects}`, "use the address of the object store itself")
        )
      }
      yield* Scope.close(own, Exit.void)
      request = next
    }
  })
