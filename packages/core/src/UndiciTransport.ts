/**
 * Transport on undici's dispatcher.
 *
 * A request goes to `Agent.dispatch` as it is, since a URL parser or `fetch` would rewrite its path. HTTP/1.1 only; no
 * content is decoded.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import type { Readable } from "node:stream"
import { Agent } from "undici"
import type { StorageError } from "./StorageError.ts"
import { Transport, type Headers, type HttpRequest, type TlsConnection } from "./Transport.ts"
import { makeConnector, type Connector, type ConnectorOptions } from "./transport/connector.ts"
import { exchange, type Answer, type Head } from "./transport/exchange.ts"
import { readBlocks } from "./transport/readBlocks.ts"
import { followRedirects } from "./transport/redirects.ts"
import { sendable } from "./transport/requestBody.ts"
import { requestTarget, type RequestTarget } from "./transport/requestTarget.ts"
import { targetOf, withoutBrackets } from "./transport/target.ts"
import { traced } from "./transport/tracing.ts"
import { makeTrailersRequest } from "./transport/trailers.ts"
import { requestError, transportError } from "./transport/transportErrors.ts"

/** What the operator chooses; times in milliseconds. */
export interface UndiciTransportOptions extends ConnectorOptions {
  /** How long a server may stay silent before the headers and between two blocks; 30 s if absent. */
  readonly idleTimeout?: number
  /** Connections per origin; 64 if absent. Further requests wait. */
  readonly connections?: number
}

/** An agent whose connections come from our connector and end with the Scope. */
const makeAgent = Effect.fnUntraced(function* (connector: Connector, connections: number, idleTimeout: number) {
  const scope = yield* Effect.scope
  const run = Effect.runForkWith(yield* Effect.context<never>())
  const open = () =>
    new Agent({
      connections,
      allowH2: false,
      headersTimeout: idleTimeout,
      bodyTimeout: idleTimeout,
      connect: (to, callback) => {
        const opening = Effect.match(connector(targetOf(to), ["http/1.1"]), {
          onSuccess: (socket) => callback(null, socket),
          onFailure: (error) => callback(error, null)
        })
        run(Effect.forkIn(opening, scope))
      }
    })
  return yield* Effect.acquireRelease(Effect.sync(open), (agent) => Effect.promise(() => agent.destroy()))
})

const joined = (headers: Head["headers"]): Headers =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === "string" ? value : value.join(", ")]]
    )
  )

/**
 * Ends an answer: an interruption closes the socket, otherwise a small rest is read away and the connection kept. Its
 * pool takes it back in the turn of the event loop after the last byte, which is waited for: a request before that would
 * open another.
 */
const release = ({ abort, drain }: Answer, exit: Exit.Exit<unknown, unknown>) =>
  Effect.callback<void>((resume) => {
    const done = () => void setImmediate(() => resume(Effect.void))
    if (!Exit.hasInterrupts(exit)) return drain(done)
    abort()
    done()
  })

const makeRequest = (agent: Agent) =>
  Effect.fnUntraced(function* (request: HttpRequest, { origin, host }: RequestTarget) {
    const { path, method, headers, body, idleTimeout } = request
    const payload = yield* sendable(body)
    const length = payload.size === undefined ? {} : { "content-length": String(payload.size) }
    const sending = exchange(
      agent,
      {
        origin,
        path,
        method,
        headers: { ...headers, ...length },
        ...(idleTimeout !== undefined && { headersTimeout: idleTimeout, bodyTimeout: idleTimeout }),
        body: payload.body as Uint8Array | Readable | null,
        // undici closes the connection after every HEAD unless told otherwise
        ...(method === "HEAD" ? { reset: false } : {})
      },
      (error, begun) => (begun ? transportError(error, host) : requestError(error, host))
    )
    const answer = yield* Effect.acquireRelease(sending, release, { interruptible: true })
    return { status: answer.status, headers: joined(answer.headers), body: answer.body }
  })

const makeConnectTls = (connector: Connector) =>
  Effect.fnUntraced(function* (given: string, port: number) {
    const host = withoutBrackets(given)
    const rebuild = (error: unknown) => transportError(error, host)
    const socket = yield* Effect.acquireRelease(
      connector({ host, port, secure: true }),
      (it) => Effect.sync(() => it.destroy()),
      { interruptible: true }
    )
    const write = (bytes: Uint8Array) =>
      Effect.callback<void, StorageError>((resume) => {
        socket.write(bytes, (error) => resume(error == null ? Effect.void : Effect.fail(rebuild(error))))
      })
    return { read: readBlocks(socket, rebuild), write } satisfies TlsConnection
  })

/** Transport under a policy; connections close with the layer. */
export const layer = (options: UndiciTransportOptions): Layer.Layer<Transport> =>
  Layer.effect(
    Transport,
    Effect.gen(function* () {
      const { idleTimeout = 30_000, connections = 64 } = options
      const connector = makeConnector(options)
      const pooled = makeRequest(yield* makeAgent(connector, connections, idleTimeout))
      const withTrailers = makeTrailersRequest(connector, idleTimeout)
      const send = Effect.fnUntraced(function* (request: HttpRequest) {
        const target = yield* Effect.fromResult(requestTarget(request))
        const chosen = request.trailers === undefined ? pooled : withTrailers
        return yield* traced(request, target.origin)(chosen(request, target))
      })
      return { request: followRedirects(send), connectTls: makeConnectTls(connector) }
    })
  )
