/**
 * What every remote call goes through: one authorised attempt, and the policy under which attempts are repeated.
 */
import { authorise, type Authority } from "@mooring/azure/Authority"
import { makeSession, type Session } from "@mooring/azure/session"
import { Ambient, MemoryBudget, Transport, type StorageError } from "@mooring/core"
import { makeAttempts, type Attempts } from "@mooring/core/Attempts"
import type { CallPolicy } from "@mooring/core/Call"
import type { MemoryBudgetShape } from "@mooring/core/MemoryBudget"
import {
  beginningOf,
  type Headers,
  type HttpRequest,
  type HttpResponse,
  type RequestBody
} from "@mooring/core/Transport"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { AzureBlobSettings } from "../AzureBlobSettings.ts"
import { blame } from "../blame.ts"
import { timeOf } from "../times.ts"
import { pathOf, type Place } from "./address.ts"
import { refusalOf } from "./refusal.ts"

/** One request before it is authorised. */
export interface BlobRequest extends Place {
  readonly method: HttpRequest["method"]
  readonly headers?: Headers
  readonly body?: RequestBody
  /** Whether it is sent without any right, as a stranger would. */
  readonly anonymous?: boolean
}

export interface BlobClient extends Attempts {
  /** Read at each use, so that new credentials reach an open store. */
  readonly settings: Effect.Effect<AzureBlobSettings>
  /** Whose right it is, now. */
  readonly session: Session
  readonly budget: MemoryBudgetShape
  /** One attempt. Any status but 2xx is an error. The answer lives in the Scope. */
  readonly send: (request: BlobRequest) => Effect.Effect<HttpResponse, StorageError, Scope.Scope>
}

/** The headers that say how long a body is, as they are signed. */
const lengthOf = (body: RequestBody | undefined): Headers => {
  const size = body instanceof Uint8Array ? body.byteLength : body?.size
  return size === undefined ? {} : { "content-length": String(size) }
}

/** Whether another right might be taken where this one was refused. */
const maybeReplaced = ({ reason }: StorageError): boolean =>
  reason._tag === "auth_expired" || reason._tag === "auth_invalid"

/** A client of these settings. */
export const makeBlobClient = Effect.fnUntraced(function* (
  settings: Effect.Effect<AzureBlobSettings>,
  policy: CallPolicy
) {
  const transport = yield* Transport
  const ambient = yield* Ambient
  const budget = yield* MemoryBudget
  const { attempts, refusals } = yield* makeAttempts<Authority>(policy)
  const session = makeSession(
    Effect.map(settings, ({ identity }) => identity),
    transport,
    ambient
  )

  const send = Effect.fnUntraced(function* (request: BlobRequest) {
    const current = yield* settings
    const authority: Authority = request.anonymous === true ? { kind: "anonymous" } : yield* session.get
    const time = yield* Clock.currentTimeMillis
    const { method, body } = request
    const headers = { ...request.headers, ...lengthOf(body) }
    const authorised = authorise(authority, { method, path: pathOf(current, request), headers }, time)
    // The transport writes the length itself, the one that is signed here.
    const { "content-length": _, ...sent } = authorised.headers as Record<string, string>
    const response = yield* transport.request({
      origin: current.origin,
      path: authorised.path,
      method,
      headers: sent,
      ...(body && { body })
    })
    if (response.status >= 200 && response.status < 300) return response
    const refusal = yield* refusalOf(response, yield* beginningOf(response.body))
    const error = blame(refusal, current, authority, time, timeOf(response.headers["date"]))
    if (maybeReplaced(error)) yield* refusals.note(error, authority, session)
    return yield* error
  })

  const client: BlobClient = { settings, session, budget, send, ...attempts }
  return client
})
