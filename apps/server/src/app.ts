/**
 * The routes of the contract with their handlers, behind authentication, each failure answered with the one error body.
 */
import { endpoints, open, type EndpointName } from "@mooring/contract"
import { StorageError } from "@mooring/core/StorageError"
import type { Backends, Mounts, Providers, Tokens } from "@mooring/host"
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as HttpRouter from "effect/http/HttpRouter"
import { HttpServerRequest } from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { randomBytes } from "node:crypto"
import { authenticate } from "./authentication.ts"
import { errorAnswer, type RequestError } from "./errorAnswer.ts"
import { handlers } from "./handlers.ts"
import { methodsAt } from "./methodsAt.ts"
import { methodRefused, refused } from "./RequestRefused.ts"

type Needs = Backends | Mounts | Providers | Tokens

const requestIdOf = ({ headers }: HttpServerRequest): string => {
  const given = headers["x-request-id"] ?? ""
  return /^[\w.-]{1,64}$/.test(given) ? given : `req_${randomBytes(8).toString("hex")}`
}

const always = { "cache-control": "no-store", "x-content-type-options": "nosniff" }

/** A handler that never fails: the reason of a failure is shown, and a defect is logged and not shown. */
const answered = <R>(handler: Effect.Effect<HttpServerResponse.HttpServerResponse, RequestError, R>) =>
  Effect.gen(function* () {
    const id = requestIdOf(yield* HttpServerRequest)
    const answer = yield* Effect.catchCause(handler, (cause) => {
      if (Cause.hasInterruptsOnly(cause)) return Effect.interrupt
      const failure = cause.reasons.find(Cause.isFailReason)
      return failure === undefined
        ? Effect.as(
            Effect.logError(`request ${id} met a defect`),
            errorAnswer(StorageError.of("internal", "an unexpected error was raised"), id)
          )
        : Effect.succeed(errorAnswer(failure.error, id))
    })
    return HttpServerResponse.setHeaders(answer, { "x-request-id": id, ...always })
  })

/** A path that no route has, or that has routes for other methods only. */
const unknownRoute = Effect.gen(function* () {
  yield* authenticate
  const { method, url } = yield* HttpServerRequest
  const allow = methodsAt(url)
  const other = allow.length > 0 && !allow.includes(method)
  return yield* other ? methodRefused(allow) : refused("not_found", "there is no such route")
})

/** The application. Needs the host; fails with nothing. */
export const app = Effect.gen(function* () {
  const context = yield* Effect.context<Needs>()
  const router = yield* HttpRouter.make.pipe(
    Effect.provideService(HttpRouter.RouterConfig, {
      caseSensitive: true,
      ignoreTrailingSlash: false,
      ignoreDuplicateSlashes: false,
      maxParamLength: 1000
    })
  )
  yield* router.addAll(
    (Object.keys(handlers) as Array<EndpointName>).map((name) => {
      const { method, path } = endpoints[name]
      const handler = handlers[name] as Effect.Effect<
        HttpServerResponse.HttpServerResponse,
        RequestError,
        Needs | HttpRouter.Provided
      >
      const guarded = open.has(name) ? handler : Effect.andThen(authenticate, handler)
      return HttpRouter.route(method as "GET", path as "/", Effect.provideContext(answered(guarded), context))
    })
  )
  return Effect.catchCause(router.asHttpEffect(), (cause) =>
    Cause.hasInterruptsOnly(cause) ? Effect.interrupt : Effect.provideContext(answered(unknownRoute), context)
  )
})
