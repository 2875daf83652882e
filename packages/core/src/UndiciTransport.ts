/**
 * The Transport, on undici's dispatcher: paths go out as they are, connections are pooled per origin, and every one of
 * them passes the egress policy.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Agent, type buildConnector, type Dispatcher } from "undici"
import { Transport, type HttpRequest, type HttpResponse } from "./Transport.ts"
import { makeConnector, type Connector, type ConnectorOptions } from "./transport/connector.ts"
import { prepareBody } from "./transport/requestBody.ts"
import { discard, responseBody } from "./transport/responseBody.ts"
import { connectTls } from "./transport/tls.ts"
import { transportError } from "./transport/transportErrors.ts"

export interface UndiciTransportOptions extends ConnectorOptions {
  /** Milliseconds without a byte before an answer's headers or within its body; 30 s if absent. */
  readonly idleTimeout?: number
  /** Connections per origin; 64 if absent. */
  readonly connections?: number
}

const keepAliveTimeout = 30_000

/** A connector of ours as undici calls it. */
const asUndici =
  (connect: Connector): buildConnector.connector =>
  ({ hostname, port, protocol }, callback) => {
    const secure = protocol === "https:"
    const host = hostname.replace(/^\[(.*)\]$/, "$1")
    const target = { host, port: Number(port === "" ? (secure ? 443 : 80) : port), secure }
    const fiber = Effect.runFork(Effect.result(connect(target)))
    fiber.addObserver((exit) => {
      if (exit._tag === "Failure") callback(transportError({ code: "ECONNRESET" }, host), null)
      else if (exit.value._tag === "Failure") callback(exit.value.failure, null)
      else callback(null, exit.value.success)
    })
  }

/** Header names and values as undici gives them, repeated ones joined. */
const headersOf = (raw: Dispatcher.ResponseData["headers"]): HttpResponse["headers"] =>
  Object.fromEntries(
    Object.entries(raw).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(", ") : value]]
    )
  )

const makeTransport = (options: UndiciTransportOptions) =>
  Effect.gen(function* () {
    const { idleTimeout = 30_000, connections = 64 } = options
    const connect = makeConnector(options)
    const agent = yield* Effect.acquireRelease(
      Effect.sync(
        () =>
          new Agent({
            connect: asUndici(connect),
            connections,
            pipelining: 1,
            keepAliveTimeout,
            headersTimeout: idleTimeout,
            bodyTimeout: idleTimeout
          })
      ),
      (dispatcher) => Effect.promise(() => dispatcher.destroy())
    )

    const request = Effect.fnUntraced(function* ({ origin, path, method, headers, body }: HttpRequest) {
      const { host } = new URL(origin)
      const prepared = prepareBody(body)
      const answer = yield* Effect.acquireRelease(
        Effect.tryPromise({
          try: (signal) =>
            agent.request({
              origin,
              path,
              method,
              signal,
              headers: { ...headers, ...prepared.headers },
              // undici takes any async iterable; its types name only Node's streams.
              body: prepared.body as Dispatcher.DispatchOptions["body"]
            } as Dispatcher.RequestOptions),
          catch: (error) => prepared.failure() ?? transportError(error, host)
        }),
        ({ body: unread }) => discard(unread),
        { interruptible: true }
      )
      return {
        status: answer.statusCode,
        headers: headersOf(answer.headers),
        body: responseBody(answer.body, host)
      }
    })

    return Transport.of({ request, connectTls: connectTls(connect) })
  })

/** The Transport under a policy; connections are closed with the layer. */
export const layer = (options: UndiciTransportOptions): Layer.Layer<Transport> =>
  Layer.effect(Transport, makeTransport(options))
