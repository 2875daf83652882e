/**
 * Between the validators of stores and the entity tags of HTTP (RFC 9110, 8.8.3). A validator is any text; what a tag
 * cannot hold is percent-encoded.
 */
import * as Effect from "effect/Effect"
import { refused, type RequestRefused } from "./RequestRefused.ts"

/** The entity tag of a validator. */
export const etagOf = (validator: string): string =>
  `"${validator
    .toWellFormed()
    .replace(/["%]|[^\x21-\x7e]/gu, (char) => (char === '"' ? "%22" : encodeURIComponent(char)))}"`

/** The validators of a header `If-Match` or `If-None-Match`, or `*`; undefined if it is absent. */
export const validatorsOf = (
  header: string | undefined
): Effect.Effect<ReadonlyArray<string> | "*" | undefined, RequestRefused> => {
  if (header === undefined) return Effect.succeed(undefined)
  if (header.trim() === "*") return Effect.succeed("*" as const)
  return Effect.try({
    try: () => [...header.matchAll(/"([^"]*)"/g)].map(([, tag = ""]) => decodeURIComponent(tag)),
    catch: () => refused("invalid_value", "the condition is not an entity tag of this server")
  })
}

/** The one validator of `If-Match`. A list or `*` is refused: stores compare with one. */
export const ifMatchOf = Effect.fnUntraced(function* (header: string | undefined) {
  const found = yield* validatorsOf(header)
  if (found === undefined) return undefined
  return found !== "*" && found.length === 1 ? found[0] : yield* refused("unsupported", "If-Match takes one entity tag")
})
