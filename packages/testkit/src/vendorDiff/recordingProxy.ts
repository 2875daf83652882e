/**
 * A proxy on loopback before a real server, that writes down what a client sends and fails when it is told to.
 */
import type * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { createServer, request as send, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { buffer } from "node:stream/consumers"
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

const whole = (message: IncomingMessage): Effect.Effect<Buffer, Cause.UnknownError> =>
  Effect.tryPromise(() => buffer(message))

/** Header names in lower case; nothing is left out, as `IncomingMessage.headers` does with some repeated ones. */
const headersOf = (raw: ReadonlyArray<string>): Readonly<Record<string, string>> => {
  const headers: Record<string, string> = {}
  for (let index = 0; index < raw.length; index += 2) {
    const [name, value] = [raw[index]!.toLowerCase(), raw[index + 1]!]
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value
  }
  return headers
}

interface Answer {
  readonly status: number
  /** Names and values in turn. */
  readonly headers: ReadonlyArray<string>
  readonly body: Buffer
}

/** Sends a request on as it came: the same target and headers in the same order. */
const forward = Effect.fnUntraced(function* (
  target: number,
  { method, url, rawHeaders, rawTrailers }: IncomingMessage,
  body: Buffer
) {
  const answer = yield* Effect.callback<IncomingMessage, Error>((resume) => {
    const options = { host: "127.0.0.1", port: target, agent: false, method, path: url, headers: rawHeaders }
    const outgoing = send(options, (incoming) => resume(Effect.succeed(incoming)))
    outgoing.on("error", (error) => resume(Effect.fail(error)))
    const trailers = headersOf(rawTrailers)
    if (rawTrailers.length > 0) outgoing.addTrailers(trailers)
    outgoing.end(body)
    return Effect.sync(() => outgoing.destroy())
  })
  const { statusCode = 0, rawHeaders: headers } = answer
  return { status: statusCode, headers, body: yield* whole(answer) } satisfies Answer
})

/** Addresses of the server, in headers and JSON, lead through the proxy as well. */
const throughProxy = ({ status, headers, body }: Answer, target: number, port: number): Answer => {
  const led = (text: string) =>
    text.replaceAll(new RegExp(`(127\\.0\\.0\\.1|localhost):${target}\\b`, "g"), `$1:${port}`)
  const isJson = /^application\/json\b/.test(headersOf(headers)["content-type"] ?? "")
  const content = isJson ? Buffer.from(led(body.toString("latin1")), "latin1") : body
  const changed = headers.map((text, index) => {
    if (index % 2 === 0) return text
    const isLength = headers[index - 1]!.toLowerCase() === "content-length" && body.length > 0
    return isLength ? String(content.length) : led(text)
  })
  return { status, headers: changed, body: content }
}

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
      const body = yield* whole(request)
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
      const answer = throughProxy(yield* forward(target, request, body), target, port)
      if (injected === "apply-then-drop") return void socket.resetAndDestroy()
      response.sendDate = false
      response.writeHead(answer.status, [...answer.headers]).end(answer.body)
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
