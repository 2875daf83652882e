/**
 * What every remote call goes through: one authorised attempt, and the policy under which attempts are repeated.
 */
import { Ambient, MemoryBudget, Transport, type StorageError } from "@mooring/core"
import type { AmbientShape } from "@mooring/core/Ambient"
import { makeAttempts, type Attempts } from "@mooring/core/Attempts"
import type { CallPolicy } from "@mooring/core/Call"
import type { MemoryBudgetShape } from "@mooring/core/MemoryBudget"
import type { Headers, HttpRequest, HttpResponse, RequestBody } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { blame } from "../credentials/blame.ts"
import type { AccessToken } from "../credentials/CredentialSource.ts"
import { makeSession, type Session } from "../credentials/session.ts"
import type { GoogleCloudStorageSettings } from "../GoogleCloudStorageSettings.ts"
import { documentOf } from "../wire.ts"
import { pathOf, type Door, type Query } from "./address.ts"
import { refusalOf } from "./refusal.ts"

/** One request before it is authorised. */
export interface StorageRequest {
  readonly method: HttpRequest["method"]
  /** The parts of the path below the API; each is escaped. */
  readonly place: ReadonlyArray<string>
  readonly door?: Door
  readonly query?: Query
  readonly headers?: Headers
  readonly body?: RequestBody
}

/** The calls of one store. */
export interface StorageClient extends Attempts {
  /** Read at each use, so that new credentials reach an open store. */
  readonly settings: Effect.Effect<GoogleCloudStorageSettings>
  /** Whose token it is, now. */
  readonly session: Session
  readonly budget: MemoryBudgetShape
  readonly ambient: AmbientShape
  /** Buckets that were seen to take no ACL. */
  readonly policyBuckets: Set<string>
  /** One attempt. Any status but 2xx is an error. The answer lives in the Scope. */
  readonly send: (request: StorageRequest) => Effect.Effect<HttpResponse, StorageError, Scope.Scope>
  /** One attempt at a path of the service, with a token. Any status but 2xx and those of `takes` is an error. */
  readonly sendTo: (
    request: Omit<HttpRequest, "origin">,
    takes?: ReadonlyArray<number>
  ) => Effect.Effect<HttpResponse, StorageError, Scope.Scope>
  /** One attempt without a token, as a stranger would. Otherwise as `sendTo`. */
  readonly fetch: (request: HttpRequest) => Effect.Effect<HttpResponse, StorageError, Scope.Scope>
  /** One attempt whose answer is a JSON document. */
  readonly call: <A>(request: StorageRequest, answer: Schema.Codec<A, unknown>) => Effect.Effect<A, StorageError>
}

/** Whether another token might be taken where this one was refused. */
const maybeReplaced = ({ reason }: StorageError): boolean =>
  reason._tag === "auth_invalid" || reason._tag === "auth_expired"

/** A client of these settings. */
export const makeStorageClient = Effect.fnUntraced(function* (
  settings: Effect.Effect<GoogleCloudStorageSettings>,
  policy: CallPolicy
) {
  const transport = yield* Transport
  const ambient = yield* Ambient
  const budget = yield* MemoryBudget
  const { attempts, refusals } = yield* makeAttempts<AccessToken | undefined>(policy)
  const session = makeSession(
    Effect.map(settings, ({ credentials }) => credentials),
    transport,
    ambient
  )

  const exchange = Effect.fnUntraced(function* (request: HttpRequest, takes: ReadonlyArray<number> = []) {
    const response = yield* transport.request(request)
    const { status } = response
    if ((status >= 200 && status < 300) || takes.includes(status)) return response
    return yield* yield* refusalOf(response)
  })

  const sendTo: StorageClient["sendTo"] = Effect.fnUntraced(function* (request, takes) {
    const { origin, credentials } = yield* settings
    const access = yield* session.get
    const bearer: Headers = access === undefined ? {} : { authorization: `Bearer ${Redacted.value(access.token)}` }
    return yield* exchange({ ...request, origin, headers: { ...request.headers, ...bearer } }, takes).pipe(
      Effect.mapError((error) => blame(error, credentials)),
      Effect.tapError((error) =>
        access !== undefined && maybeReplaced(error) ? refusals.note(error, access, session) : Effect.void
      )
    )
  })

  const send: StorageClient["send"] = Effect.fnUntraced(function* ({ place, door = "json", query, ...request }) {
    const current = yield* settings
    const path = pathOf(current, door, place, { ...query, userProject: current.userProject })
    return yield* sendTo({ ...request, path })
  })

  const client: StorageClient = {
    settings,
    session,
    budget,
    ambient,
    policyBuckets: new Set(),
    send,
    sendTo,
    fetch: exchange,
    call: (request, answer) => Effect.scoped(Effect.flatMap(send(request), (response) => documentOf(response, answer))),
    ...attempts
  }
  return client
})
