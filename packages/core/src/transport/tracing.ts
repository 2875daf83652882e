/**
 * A span for each request that goes out, in the names of OpenTelemetry's conventions for HTTP clients.
 */
import * as Effect from "effect/Effect"
import type { HttpRequest, HttpResponse } from "../Transport.ts"

/** The same path with the names of its query and without their values, which may be signatures or tokens. */
export const withoutQueryValues = (path: string): string => {
  const [bare = "", ...query] = path.split("?")
  if (query.length === 0) return bare
  const names = query.join("?").split("&")
  return `${bare}?${names.map((part) => part.replace(/=.*/s, "=")).join("&")}`
}

/** Runs one request in a span with method, address and status. No header is in it, and no value of the query. */
export const traced =
  ({ method, path }: HttpRequest, origin: string) =>
  <E, R>(send: Effect.Effect<HttpResponse, E, R>) =>
    send.pipe(
      Effect.tap(({ status }) => Effect.annotateCurrentSpan("http.response.status_code", status)),
      Effect.withSpan("Transport.request", {
        kind: "client",
        attributes: { "http.request.method": method, "url.full": `${origin}${withoutQueryValues(path)}` }
      })
    )
