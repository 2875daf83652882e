/**
 * A service that answers as a test says, and what it was asked.
 */
import type { HttpRequest, HttpResponse, TransportShape } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"

export interface FakeAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A transport to it; a request that the test does not answer is a defect. */
export const fakeService = (answer: (request: HttpRequest, index: number) => FakeAnswer | undefined) => {
  const requests: Array<HttpRequest> = []
  const request: TransportShape["request"] = (asked) =>
    Effect.suspend(() => {
      const found = answer(asked, requests.length)
      requests.push(asked)
      if (found === undefined) return Effect.die(`${asked.method} ${asked.path} is not answered`)
      const body = new Uint8Array(Buffer.from(found.body ?? ""))
      return Effect.succeed({
        status: found.status,
        headers: { "content-length": String(body.byteLength), ...found.headers },
        body: body.byteLength === 0 ? Stream.empty : Stream.make(body)
      } satisfies HttpResponse)
    })
  const transport: TransportShape = { request, connectTls: () => Effect.die("no connection is opened") }
  const calls = () => requests.map(({ method, path }) => `${method} ${path}`)
  return { transport, requests, calls }
}

/** An answer that refuses with a code. */
export const refusal = (status: number, code: string, headers: Readonly<Record<string, string>> = {}): FakeAnswer => ({
  status,
  headers: { "x-ms-error-code": code, "x-ms-request-id": "id-1", ...headers },
  body: `\ufeff<?xml version="1.0"?><Error><Code>${code}</Code><Message>CANARY</Message></Error>`
})
