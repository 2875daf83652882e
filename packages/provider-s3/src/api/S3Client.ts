/**
 * What every remote call goes through: one signed attempt, and the policy under which attempts are repeated.
 */
import { MemoryBudget, StorageError, Transport } from "@mooring/core"
import * as Call from "@mooring/core/Call"
import type { MemoryBudgetShape } from "@mooring/core/MemoryBudget"
import { collectBytes, type Headers, type HttpRequest, type HttpResponse, type RequestBody } from "@mooring/core/Transport"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { createHash } from "node:crypto"
import type { S3Credentials, S3Settings } from "../S3Settings.ts"
import { signV4 } from "../signature.ts"
import { addressOf } from "./address.ts"
import { refusalOf } from "./refusal.ts"

/** One request before it is signed. */
export interface S3Request {
  readonly method: HttpRequest["method"]
  readonly bucket?: string
  readonly key?: string
  /** Undefined values are left out. */
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly headers?: Headers
  readonly body?: RequestBody
}

export interface S3Client {
  /** Read at each use, so that new credentials reach an open store. */
  readonly settings: Effect.Effect<S3Settings>
  readonly budget: MemoryBudgetShape
  /** One attempt. Any status but 2xx is an error; its connection is closed then, and else lives in the Scope. */
  readonly send: (request: S3Request) => Effect.Effect<HttpResponse, StorageError, Scope.Scope>
  /** Repeats an attempt as its errors permit. */
  readonly repeated: <A, R>(attempt: Effect.Effect<A, StorageError, R>) => Effect.Effect<A, StorageError, R>
  /** Tries once: its body exists once, or doing it twice would not be the same. */
  readonly once: <A, R>(attempt: Effect.Effect<A, StorageError, R>) => Effect.Effect<A, StorageError, R>
}

/** How often and how long calls are tried. */
export interface Policy {
  readonly concurrency: number
  readonly retries: number
  /** Milliseconds that a call may take until its answer begins. */
  readonly deadline: number
}

/** Of stores that are open; the connection test is less patient. */
export const storePolicy: Policy = { concurrency: 64, retries: 5, deadline: 300_000 }

const maxErrorBytes = 64 * 1024
const unsignedPayload = "UNSIGNED-PAYLOAD"

/** What is signed of a body: its SHA-256, or that it is not; a stream is never known before it is sent. */
const payloadHashOf = (body: RequestBody | undefined, { unsignedPayload: unsigned }: S3Settings): string => {
  if (body === undefined) return createHash("sha256").digest("hex")
  return body instanceof Uint8Array && !unsigned ? createHash("sha256").update(body).digest("hex") : unsignedPayload
}

/** A client of these settings. */
export const makeS3Client = Effect.fnUntraced(function* (settings: Effect.Effect<S3Settings>, policy: Policy) {
  const transport = yield* Transport
  const budget = yield* MemoryBudget
  const call = yield* Call.make(policy)
  let refused: S3Credentials | undefined

  const attempt = Effect.fnUntraced(function* ({ method, bucket, key, query, headers = {}, body }: S3Request) {
    const current = yield* settings
    const localTime = yield* Clock.currentTimeMillis
    const { origin, path, host } = addressOf(current, { bucket, key, query })
    const signed =
      current.credentials === undefined
        ? headers
        : signV4(
            { method, path, headers: { ...headers, host }, payloadHash: payloadHashOf(body, current) },
            { ...current.credentials, region: current.region, service: "s3", time: localTime }
          )
    const response = yield* transport.request({ origin, path, method, headers: signed, ...(body && { body }) })
    if (response.status >= 200 && response.status < 300) return response
    const bytes = yield* Effect.orElseSucceed(collectBytes(response.body, maxErrorBytes), () => new Uint8Array())
    const error = refusalOf(response, bytes, localTime)
    if (error.reason._tag === "auth_expired") refused = current.credentials
    return yield* error
  })

  const send = Effect.fnUntraced(function* (request: S3Request) {
    const scope = yield* Scope.fork(yield* Effect.scope)
    return yield* attempt(request).pipe(
      Scope.provide(scope),
      Effect.onError((cause) => Scope.close(scope, Exit.failCause(cause)))
    )
  })

  /** Once more with other credentials, if there are others by now than those that have expired. */
  const renewed = <A, R>(effect: Effect.Effect<A, StorageError, R>) =>
    Effect.catch(effect, (error) =>
      Effect.flatMap(settings, ({ credentials }) =>
        error.reason._tag === "auth_expired" && credentials !== undefined && credentials !== refused
          ? effect
          : Effect.fail(error)
      )
    )

  return {
    settings,
    budget,
    send,
    repeated: (effect) => renewed(call.run({ replayable: true }, effect)),
    once: (effect) => call.run({ replayable: false }, effect)
  } satisfies S3Client
})
