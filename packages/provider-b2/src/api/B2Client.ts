/**
 * What every remote call goes through: one authorised attempt, and the policy under which attempts are repeated.
 */
import { MemoryBudget, Transport, type StorageError } from "@mooring/core"
import { makeAttempts, type Attempts } from "@mooring/core/Attempts"
import type { CallPolicy } from "@mooring/core/Call"
import type { MemoryBudgetShape } from "@mooring/core/MemoryBudget"
import type { HttpRequest, HttpResponse } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import type { B2Settings } from "../B2Settings.ts"
import { documentOf } from "../wire.ts"
import { placeAt } from "./address.ts"
import { authorize, type Authorization, type Exchange } from "./authorize.ts"
import { requireCapability, type Capability } from "./capabilities.ts"
import { refusalOf } from "./refusal.ts"
import { makeSession } from "./session.ts"
import { makeUploadUrls, type UploadUrls } from "./UploadUrls.ts"

/** The calls of one store. */
export interface B2Client extends Attempts {
  /** Read at each use, so that new credentials reach an open store. */
  readonly settings: Effect.Effect<B2Settings>
  /** What the key may do and where, now. Within an attempt. */
  readonly authorization: Effect.Effect<Authorization, StorageError>
  /** The same outside of an attempt: what is known costs nothing, else it is asked for as any call is. */
  readonly authorized: Effect.Effect<Authorization, StorageError>
  /** Authorises anew and forgets it: a call that shows whether the key is accepted. */
  readonly reauthorize: Effect.Effect<Authorization, StorageError>
  readonly budget: MemoryBudgetShape
  readonly uploadUrls: UploadUrls
  /** Names of buckets to their ids, by account. */
  readonly bucketIds: Map<string, string>
  /** Held while an id is asked for, so that those who want the same meanwhile wait for it. */
  readonly asking: Semaphore.Semaphore
  /** One attempt without a token. Any status but 2xx is an error. The answer lives in the Scope. */
  readonly exchange: Exchange
  /** One attempt with the token of the account, if its key has the capability. Otherwise as `exchange`. */
  readonly send: (
    requires: Capability,
    requestOf: (authorization: Authorization) => HttpRequest
  ) => Effect.Effect<HttpResponse, StorageError, Scope.Scope>
  /** One attempt of a call of the API: a JSON document there and back. */
  readonly call: <A>(
    name: string,
    requires: Capability,
    body: Readonly<Record<string, unknown>>,
    answer: Schema.Codec<A, unknown>
  ) => Effect.Effect<A, StorageError>
}

/** Whether a token was refused and not what it was used for. An answer to HEAD has no code to tell. */
const isTokenRefused = ({ reason: { status, providerCode } }: StorageError): boolean =>
  status === 401 && (providerCode === undefined || /^(bad|expired)_auth_token$/.test(providerCode))

/** A client of these settings. */
export const makeB2Client = Effect.fnUntraced(function* (settings: Effect.Effect<B2Settings>, policy: CallPolicy) {
  const transport = yield* Transport
  const budget = yield* MemoryBudget
  const { attempts, refusals } = yield* makeAttempts<Authorization>(policy)

  const exchange: Exchange = Effect.fnUntraced(function* (request) {
    const { testMode } = yield* settings
    const headers = { ...request.headers, ...(testMode !== "" && { "x-bz-test-mode": testMode }) }
    const response = yield* transport.request({ ...request, headers })
    if (response.status >= 200 && response.status < 300) return response
    return yield* yield* refusalOf(response)
  })
  const session = yield* makeSession(settings, exchange)

  const send: B2Client["send"] = Effect.fnUntraced(function* (requires, requestOf) {
    const authorization = yield* session.get
    yield* requireCapability(authorization, requires)
    const request = requestOf(authorization)
    const headers = { ...request.headers, authorization: Redacted.value(authorization.token) }
    return yield* Effect.tapError(exchange({ ...request, headers }), (error) =>
      isTokenRefused(error) ? refusals.note(error, authorization, session) : Effect.void
    )
  })

  const client: B2Client = {
    settings,
    authorization: session.get,
    authorized: Effect.flatMap(session.known, (known) =>
      known === undefined ? attempts.repeated(session.get) : Effect.succeed(known)
    ),
    reauthorize: Effect.flatMap(settings, (current) => authorize(exchange, current)),
    budget,
    uploadUrls: makeUploadUrls(),
    bucketIds: new Map(),
    asking: yield* Semaphore.make(1),
    exchange,
    send,
    call: (name, requires, body, answer) =>
      Effect.scoped(
        Effect.flatMap(
          send(requires, ({ apiUrl, version }) => ({
            ...placeAt(apiUrl, `/b2api/v${version}/b2_${name}`),
            method: "POST",
            headers: { "content-type": "application/json" },
            body: Buffer.from(JSON.stringify(body))
          })),
          (response) => documentOf(response, answer)
        )
      ),
    ...attempts
  }
  return client
})
