/**
 * A proxy on loopback before a real server, that writes down what a client sends and fails when it is told to.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { bodyOf, forward, headersOf, pass, readdressed } from "../faults/forward.ts"
import type { Injected } from "./Injected.ts"
import type { SentRequest } from "./Transcript.ts"

/** What the proxy has to know. */
export interface RecordingProxyOptions {
  /** The port of the server, on 127.0.0.1, that speaks plain HTTP. */
  readonly target: number
  /** Names what a request asks for; it does not see one before its body is whole. */
  readonly operationOf: (request: Omit<SentRequest, "operation">) => string
  /** The next requests of the operation fail so, in order. */
  readonly failing?: { readonly operation: string; readonly injected: ReadonlyArray<Injected> }
}

/** A running proxy. */
export interface RecordingProxy {
  /** `http://127.0.0.1:port`. */
  readonly origin: string
  readonly port: number
  /** All that came so far, in the order in which it was whole. */
  readonly requests: () => ReadonlyArray<SentRequest>
}

/** Addresses of the server lead through the proxy as well. */
const led = (target: number, port: number) => (text: string) =>
  text.replaceAll(new RegExp(`(127\\.0\\.0\\.1|localhost):${target}\\b`, "g"), `$1:${port}`)

/** A proxy before the server, closed with the Scope. */
export const recordingProxy = ({
  target,
  operationOf,
  failing
}: RecordingProxyOptions): Effect.Effect<RecordingProxy, never, Scope.Scope> =>
  Effect.gen(function* () {
    const requests: Array<SentRequest> = []
    const injections = [...(failing?.injected ?? [])]
    const converse = Effect.fnUntraced(function* (request: IncomingMessage, response: ServerResponse) {
      const body = yield* bodyOf(request)
      const { method = "", url: path = "", rawHeaders, socket } = request
      const seen = { method, path, headers: headersOf(rawHeaders), body }
      const operation = operationOf(seen)
      requests.push({ operation, ...seen })
      const injected = operation === failing?.operation ? injections.shift() : undefined
      if (injected === "drop") return void socket.resetAndDestroy()
      if (typeof injected === "object") {
        return void response.writeHead(injected.status, injected.headers).end(injected.body)
      }
      const { port } = server.address() as AddressInfo
      const answer = readdressed(yield* forward(target, request, body), led(target, port))
      if (injected === "apply-then-drop") return void socket.resetAndDestroy()
      pass(answer, response)
    })
    const server = createServer((request, response) => {
      const gone = () => Effect.sync(() => void request.socket.destroy())
      Effect.runFork(Effect.catch(converse(request, response), gone))
    })
    yield* Effect.acquireRelease(
      Effect.callback<void>((resume) => void server.listen(0, "127.0.0.1", () => resume(Effect.void))),
      () =>
        Effect.sync(() => {
          server.closeAllConnections()
          server.close()
        })
    )
    const { port } = server.address() as AddressInfo
    return { origin: `http://127.0.0.1:${port}`, port, requests: () => [...requests] }
  })
