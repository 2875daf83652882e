import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Tracer from "effect/Tracer"
import { withoutQueryValues } from "../../src/transport/tracing.ts"
import { at, exchange, serveHttp, withTransport } from "./servers.ts"

/** A tracer that keeps its spans. */
const recording = () => {
  const spans: Array<Tracer.NativeSpan> = []
  const tracer = Tracer.make({
    span: (options) => {
      const span = new Tracer.NativeSpan(options)
      spans.push(span)
      return span
    }
  })
  return { spans, tracer }
}

/** All that a span could tell, also of an error that ended it. */
const toldBy = (span: Tracer.NativeSpan) =>
  JSON.stringify([span.name, [...span.attributes], span.events, span.status], (_, value: unknown) =>
    typeof value === "bigint" ? String(value) : value
  )

describe("a span", () => {
  it.live("has method, address and status of each request that went out, and no secret", () =>
    Effect.gen(function* () {
      const server = yield* serveHttp(({ url }, response) =>
        url === "/key" ? response.writeHead(404).end() : response.writeHead(307, { location: "/key" }).end()
      )
      const { spans, tracer } = recording()
      yield* exchange({
        origin: at(server),
        method: "PUT",
        path: "/bucket/key?X-Amz-Signature=secret&uploads&list-type=secret?secret=secret",
        headers: { authorization: "secret", "x-amz-server-side-encryption-customer-key": "secret" },
        body: new TextEncoder().encode("secret"),
        redirects: 1
      }).pipe(Effect.withTracer(tracer))
      assert.deepStrictEqual(
        spans.map(({ name, kind, attributes }) => [name, kind, Object.fromEntries(attributes)]),
        [
          [
            "Transport.request",
            "client",
            {
              "http.request.method": "PUT",
              "url.full": `${at(server)}/bucket/key?X-Amz-Signature=&uploads&list-type=`,
              "http.response.status_code": 307
            }
          ],
          [
            "Transport.request",
            "client",
            {
              "http.request.method": "PUT",
              "url.full": `${at(server)}/key`,
              "http.response.status_code": 404
            }
          ]
        ]
      )
      for (const span of spans) {
        assert.strictEqual(span.status._tag, "Ended")
        assert.notInclude(toldBy(span), "secret")
      }
    }).pipe(withTransport)
  )

  it.live("of a request that fails tells no secret either, and an origin with a password has none", () =>
    Effect.gen(function* () {
      const server = yield* serveHttp((request) => request.socket.destroy())
      const { spans, tracer } = recording()
      const headers = { authorization: "secret" }
      yield* exchange({ origin: at(server), path: "/key?token=secret", headers }).pipe(
        Effect.flip,
        Effect.withTracer(tracer)
      )
      yield* exchange({ origin: `http://user:secret@127.0.0.1:${server.port}` }).pipe(
        Effect.flip,
        Effect.withTracer(tracer)
      )
      assert.lengthOf(spans, 1)
      assert.include(toldBy(spans[0]!), "provider_unavailable")
      assert.notInclude(toldBy(spans[0]!), "secret")
    }).pipe(withTransport)
  )

  it.each([
    ["/a/b", "/a/b"],
    ["/a?", "/a?"],
    ["/a?b", "/a?b"],
    ["/a?b=c&d=e=f&&g=", "/a?b=&d=&&g="],
    ["/a?b=c?d&e=f", "/a?b=&e="]
  ])("has %s as %s", (path, expected) => {
    assert.strictEqual(withoutQueryValues(path), expected)
  })
})
