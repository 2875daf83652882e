/**
 * Passes one HTTP message after the other on as it came, for proxies of tests.
 */
import type * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import { request as send, type IncomingMessage, type ServerResponse } from "node:http"
import { buffer } from "node:stream/consumers"

/** The whole body of a message. */
export const bodyOf = (message: IncomingMessage): Effect.Effect<Buffer, Cause.UnknownError> =>
  Effect.tryPromise(() => buffer(message))

/** Header names in lower case; nothing is left out, as `IncomingMessage.headers` does with some repeated ones. */
export const headersOf = (raw: ReadonlyArray<string>): Readonly<Record<string, string>> => {
  const headers: Record<string, string> = {}
  for (let index = 0; index < raw.length; index += 2) {
    const [name, value] = [raw[index]!.toLowerCase(), raw[index + 1]!]
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value
  }
  return headers
}

/** An answer of the server behind. */
export interface ForwardedAnswer {
  readonly status: number
  /** Names and values in turn. */
  readonly headers: ReadonlyArray<string>
  readonly body: Buffer
}

/** Sends a request to a port of loopback as it came: the same target, and the same headers in the same order. */
export const forward = Effect.fnUntraced(function* (
  target: number,
  { method, url, rawHeaders, rawTrailers }: IncomingMessage,
  body: Buffer
) {
  const answer = yield* Effect.callback<IncomingMessage, Error>((resume) => {
    const options = { host: "127.0.0.1", port: target, agent: false, method, path: url, headers: rawHeaders }
    const outgoing = send(options, (incoming) => resume(Effect.succeed(incoming)))
    outgoing.on("error", (error) => resume(Effect.fail(error)))
    if (rawTrailers.length > 0) outgoing.addTrailers(headersOf(rawTrailers))
    outgoing.end(body)
    return Effect.sync(() => outgoing.destroy())
  })
  const { statusCode = 0, rawHeaders: headers } = answer
  return { status: statusCode, headers, body: yield* bodyOf(answer) } satisfies ForwardedAnswer
})

/** The answer with the addresses in its headers and JSON as `led` makes them; a body of no type is taken for JSON. */
export const readdressed = (
  { status, headers, body }: ForwardedAnswer,
  led: (text: string) => string
): ForwardedAnswer => {
  const isJson = /^(application\/json\b|$)/.test(headersOf(headers)["content-type"] ?? "")
  const content = isJson ? Buffer.from(led(body.toString("latin1")), "latin1") : body
  const changed = headers.map((text, index) => {
    if (index % 2 === 0) return text
    const isLength = headers[index - 1]!.toLowerCase() === "content-length" && body.length > 0
    return isLength ? String(content.length) : led(text)
  })
  return { status, headers: changed, body: content }
}

/** Gives the answer back, and adds nothing. */
export const pass = ({ status, headers, body }: ForwardedAnswer, response: ServerResponse): void => {
  response.sendDate = false
  response.writeHead(status, [...headers]).end(body)
}
