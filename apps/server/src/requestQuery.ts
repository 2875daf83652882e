/**
 * Parameters of a request. A path is decoded once and never rewritten: what the caller names is what is reached.
 */
import { Path } from "@mooring/core/Path"
import * as Effect from "effect/Effect"
import { HttpServerRequest } from "effect/http/HttpServerRequest"
import { RouteContext } from "effect/http/HttpRouter"
import { refused } from "./RequestRefused.ts"

const decode = (text: string) =>
  Effect.try({
    try: () => decodeURIComponent(text.replaceAll("+", " ")),
    catch: () => refused("invalid_value", "the query is not valid UTF-8 in percent-encoding")
  })

/** The value of a query parameter, or undefined. Fails with `invalid_value` if it is given twice or not UTF-8. */
export const query = Effect.fnUntraced(function* (name: string) {
  const { url } = yield* HttpServerRequest
  const mark = url.indexOf("?")
  const pairs = mark < 0 ? [] : url.slice(mark + 1).split("&")
  const found = pairs.filter((pair) => pair === name || pair.startsWith(`${name}=`))
  if (found.length > 1) return yield* refused("invalid_value", `the query names ${name} twice`)
  return found[0] === undefined ? undefined : yield* decode(found[0].slice(name.length + 1))
})

/** A query parameter as a path; the root if it is absent. */
export const pathQuery = Effect.fnUntraced(function* (name: string) {
  return yield* Effect.fromResult(Path.fromText((yield* query(name)) ?? ""))
})

/** A part of the route, as `:id`. */
export const parameter = (name: string) => Effect.map(RouteContext, ({ params }) => params[name] ?? "")

/** A query parameter that is `true` or `false`. */
export const flagQuery = Effect.fnUntraced(function* (name: string) {
  const value = yield* query(name)
  if (value === undefined || value === "false") return false
  return value === "true" || value === "" ? true : yield* refused("invalid_value", `${name} must be true or false`)
})

/** A query parameter that is a whole number from 1. */
export const countQuery = Effect.fnUntraced(function* (name: string, maximum: number) {
  const value = yield* query(name)
  if (value === undefined) return undefined
  const count = /^\d{1,9}$/.test(value) ? Number(value) : 0
  return count >= 1 && count <= maximum ? count : yield* refused("invalid_value", `${name} must be 1 to ${maximum}`)
})
