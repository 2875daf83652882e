/**
 * The bearer token of a request.
 */
import { Tokens } from "@mooring/host"
import * as Effect from "effect/Effect"
import { HttpServerRequest } from "effect/http/HttpServerRequest"
import * as Redacted from "effect/Redacted"
import type { IncomingMessage } from "node:http"
import { refused } from "./RequestRefused.ts"

const needed = refused("unauthenticated", "a valid bearer token is needed")

/** Node keeps the first of two headers of this name, others the last: two are refused. */
const headerOf = (request: HttpServerRequest): string => {
  const given = (request.source as IncomingMessage).headersDistinct["authorization"] ?? []
  return given.length === 1 ? (given[0] as string) : ""
}

/** Fails with `unauthenticated` unless the request has one valid token in its header. */
export const authenticate = Effect.gen(function* () {
  const [, token] = /^bearer +([\w-]{1,200})$/i.exec(headerOf(yield* HttpServerRequest)) ?? []
  const tokens = yield* Tokens
  if (token === undefined || !(yield* tokens.verify(Redacted.make(token)))) return yield* needed
})
