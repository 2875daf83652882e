/**
 * What every remote call goes through: one attempt with the token in force, and the policy under which attempts are
 * repeated.
 */
import { Ambient, MemoryBudget, StorageError, Transport } from "@mooring/core"
import { makeAttempts, type Attempt, type Attempts } from "@mooring/core/Attempts"
import { makeCalls, type CallPolicy } from "@mooring/core/Call"
import { fromSource, type Credentials } from "@mooring/core/Credentials"
import type { MemoryBudgetShape } from "@mooring/core/MemoryBudget"
import type { Headers, HttpRequest, HttpResponse, RequestBody } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { authenticate } from "../credentials/authenticate.ts"
import { makeSession, type Account } from "../credentials/Session.ts"
import type { SwiftSettings } from "../SwiftSettings.ts"
import { addressOf, type Place, type Query } from "./address.ts"
import { readClusterInfo, unknownCluster, type ClusterInfo } from "./info.ts"
import { refusalOf } from "./refusal.ts"

/** One request before it has a token. Without a container it is for the account. */
export interface SwiftRequest extends Place {
  readonly method: HttpRequest["method"]
  readonly query?: Query
  readonly headers?: Headers
  readonly body?: RequestBody
  /** Whether it is sent without a token, as a stranger would. */
  readonly anonymous?: boolean
}

export interface SwiftClient extends Attempts {
  /** Read at each use, so that new credentials reach an open store. */
  readonly settings: Effect.Effect<SwiftSettings>
  /** Who asks, now. */
  readonly session: Credentials<Account>
  readonly budget: MemoryBudgetShape
  /** What the service says it can do; asked once. */
  readonly info: Effect.Effect<ClusterInfo, StorageError>
  /** One attempt. Any status but 2xx is an error. The answer lives in the Scope. */
  readonly send: (request: SwiftRequest) => Attempt<HttpResponse>
}

/** Whether the service was asked for the token: it may give the same again, and then stands by it. */
const isAsked = ({ login }: Account): boolean => login.kind !== "given" && login.token === undefined

/** A refusal of a token that nothing can renew, or that was new. */
const blameToken = (error: StorageError, account: Account): StorageError => {
  if (!isAsked(account)) {
    return StorageError.with(error, {
      pointer: "#/auth_token",
      suggestion: "a token that has not expired, of the account in the storage URL"
    })
  }
  return account.login.storageUrl === undefined
    ? error
    : StorageError.with(error, {
        pointer: "#/storage_url",
        suggestion: "leave storage_url out, so that it is the one of these credentials"
      })
}

/** A client of these settings. */
export const makeSwiftClient = Effect.fnUntraced(function* (
  settings: Effect.Effect<SwiftSettings>,
  policy: CallPolicy
) {
  const transport = yield* Transport
  const budget = yield* MemoryBudget
  const { attempts, refusals } = yield* makeAttempts<Account>(
    policy,
    (now, refused) => now !== refused && (isAsked(now) || Redacted.value(now.token) !== Redacted.value(refused.token))
  )
  // Turns of their own: a call that holds one of the others waits for these.
  const authCalls = yield* makeCalls({ ...policy, retries: Math.min(2, policy.retries) })
  const session = yield* makeSession(settings, yield* Ambient, (login) =>
    Effect.scoped(authCalls.run({ replayable: true }, authenticate(login, transport.request)))
  )

  const exchange = Effect.fnUntraced(function* (request: HttpRequest) {
    const response = yield* transport.request(request)
    if (response.status >= 200 && response.status < 300) return response
    return yield* yield* refusalOf(response)
  })

  const send = Effect.fnUntraced(function* (request: SwiftRequest) {
    const { method, body, query, headers, anonymous = false } = request
    const account = yield* session.get
    const address = addressOf(account.storageUrl, request, query)
    const token: Headers = anonymous ? {} : { "x-auth-token": Redacted.value(account.token) }
    const sent = { ...address, method, headers: { ...headers, ...token }, ...(body && { body }) }
    return yield* Effect.catch(exchange(sent), (error) => {
      if (error.reason.status !== 401 || anonymous) return Effect.fail(error)
      const refused = blameToken(error, account)
      return Effect.andThen(refusals.note(refused, account, session), Effect.fail(refused))
    })
  })

  const found = yield* fromSource(
    Effect.gen(function* () {
      const { storageUrl } = yield* session.get
      const read = attempts.repeated(readClusterInfo(storageUrl, exchange))
      return yield* Effect.catch(read, (error) =>
        error.reason.status === undefined ? Effect.fail(error) : Effect.succeed(unknownCluster)
      )
    })
  )

  const client: SwiftClient = { settings, session, budget, info: found.get, send, ...attempts }
  return client
})
