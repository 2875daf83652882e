import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import type { ServerResponse } from "node:http"
import { Transport } from "../src/Transport.ts"
import {
  at,
  closedPort,
  eventually,
  exchange,
  failsWith,
  send,
  serveBytes,
  serveHttp,
  serveTcp,
  textOf,
  withTransport
} from "./transport/servers.ts"

const MiB = 1024 * 1024

const echo = Effect.suspend(() => serveHttp((request, response) => response.end(`${request.method} ${request.url}`)))

describe("a request", () => {
  it.live.each(["/a/../b", "//", "/./c", "/a//b/", "/%2e%2e/x", "/a?b=../c&d=%20", '/a|b^c`{}"<>'])(
    "sends the path %s as it is",
    (path) =>
      Effect.gen(function* () {
        const server = yield* echo
        assert.strictEqual(yield* exchange({ origin: at(server), path }), `GET ${path}`)
      }).pipe(withTransport)
  )

  it.live.each(["", "a", "http://127.0.0.1:1/", "/a b", "/a\r\nx: y", "/\u20ac", "/\u00e9"])(
    "refuses the path %j",
    (path) =>
      Effect.gen(function* () {
        const server = yield* echo
        yield* failsWith("invalid_value", exchange({ origin: at(server), path }))
        assert.lengthOf(server.sockets, 0)
      }).pipe(withTransport)
  )

  it.live("refuses a header that would begin another", () =>
    Effect.gen(function* () {
      const server = yield* echo
      yield* failsWith("invalid_value", exchange({ origin: at(server), headers: { a: "b\r\nc: d" } }))
    }).pipe(withTransport)
  )

  it.live("follows no redirect and decodes no content", () =>
    Effect.gen(function* () {
      const server = yield* serveHttp((_, response) =>
        response.writeHead(302, { location: "/other", "content-encoding": "gzip", "x-two": ["a", "b"] }).end("raw")
      )
      const answer = yield* send({ origin: at(server) })
      assert.strictEqual(answer.status, 302)
      assert.strictEqual(answer.headers["content-encoding"], "gzip")
      assert.strictEqual(answer.headers["x-two"], "a, b")
      assert.strictEqual(yield* textOf(answer), "raw")
    }).pipe(withTransport)
  )

  it.live.each([
    ["HEAD", 200],
    ["GET", 204],
    ["GET", 304]
  ] as const)("%s with status %s has no body", ([method, status]) =>
    Effect.gen(function* () {
      const server = yield* serveHttp((_, response) => response.writeHead(status, { "content-length": "0" }).end())
      for (const _ of [1, 2]) assert.strictEqual(yield* exchange({ origin: at(server), method }), "")
    }).pipe(withTransport)
  )

  it.live("keeps the content-length of a HEAD and its connection", () =>
    Effect.gen(function* () {
      const server = yield* serveHttp((_, response) => response.writeHead(200, { "content-length": "5000" }).end())
      for (let sent = 0; sent < 3; sent += 1) {
        const answer = yield* Effect.scoped(send({ origin: at(server), method: "HEAD" }))
        assert.strictEqual(answer.headers["content-length"], "5000")
      }
      assert.lengthOf(server.sockets, 1)
    }).pipe(withTransport)
  )
})

describe("an interruption", () => {
  it.live("closes the socket before the headers came", () =>
    Effect.gen(function* () {
      const server = yield* serveTcp((socket) => socket.resume())
      const call = yield* Effect.forkChild(exchange({ origin: at(server) }))
      yield* eventually(() => (server.sockets[0]?.bytesRead ?? 0) > 0)
      yield* Fiber.interrupt(call)
      yield* eventually(() => server.sockets[0]?.destroyed === true)
    }).pipe(withTransport)
  )

  it.live("closes the socket within the body, however little is left of it", () =>
    Effect.gen(function* () {
      const server = yield* serveBytes("HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nab")
      let got = ""
      const call = yield* Effect.forkChild(
        Effect.scoped(
          Effect.flatMap(send({ origin: at(server) }), ({ body }) =>
            Stream.runForEach(Stream.decodeText(body), (text) => Effect.sync(() => (got += text)))
          )
        )
      )
      yield* eventually(() => got === "ab")
      yield* Fiber.interrupt(call)
      yield* eventually(() => server.sockets[0]?.destroyed === true)
    }).pipe(withTransport)
  )
})

describe("an idle deadline", () => {
  it.live.each(["before the headers", "within the body"])("is the request's own if it has one, %s", (stage) =>
    Effect.gen(function* () {
      const waiting: Array<() => void> = []
      const server = yield* serveHttp(({ url }, response) => {
        if (stage === "within the body") response.writeHead(200).write("so ")
        if (url === "/patient") waiting.push(() => response.end("late"))
      })
      const patient = yield* Effect.forkChild(exchange({ origin: at(server), path: "/patient", idleTimeout: 60_000 }))
      yield* eventually(() => waiting.length === 1)
      yield* failsWith("timeout", exchange({ origin: at(server) }))
      waiting[0]?.()
      assert.include(yield* Fiber.join(patient), "late")
    }).pipe((effect) => withTransport(effect, { idleTimeout: 300 }))
  )

  it.live("may be shorter than the transport's", () =>
    Effect.gen(function* () {
      const server = yield* serveTcp((socket) => socket.resume())
      yield* failsWith("timeout", exchange({ origin: at(server), idleTimeout: 100 }))
    }).pipe(withTransport)
  )
})

describe("connections", () => {
  it.live("carry 200 requests one after another on one", () =>
    Effect.gen(function* () {
      const server = yield* echo
      for (let sent = 0; sent < 200; sent += 1) yield* exchange({ origin: at(server), path: `/${sent}` })
      assert.lengthOf(server.sockets, 1)
    }).pipe(withTransport)
  )

  it.live("are kept when a small body is left unread, closed when a large one is", () =>
    Effect.gen(function* () {
      const server = yield* serveHttp(({ url }, response) =>
        response.end(Buffer.alloc(url === "/large" ? 32 * MiB : 999))
      )
      for (let sent = 0; sent < 50; sent += 1) {
        yield* Effect.scoped(send({ origin: at(server), path: "/small" }))
      }
      assert.lengthOf(server.sockets, 1)
      yield* Effect.scoped(send({ origin: at(server), path: "/large" }))
      yield* eventually(() => server.sockets[0]?.destroyed === true)
    }).pipe(withTransport)
  )

  it.live("are kept when the rest of a small body comes after it was left", () =>
    Effect.gen(function* () {
      const server = yield* serveHttp((_, response) => {
        response.writeHead(200, { "content-length": "4" }).write("ab")
        setTimeout(() => response.end("cd"), 20)
      })
      for (let sent = 0; sent < 5; sent += 1) yield* Effect.scoped(send({ origin: at(server) }))
      assert.lengthOf(server.sockets, 1)
    }).pipe(withTransport)
  )

  it.live("are no more than the limit for one origin", () =>
    Effect.gen(function* () {
      // The first three are answered once all three are here.
      const held: Array<ServerResponse> = []
      const server = yield* serveHttp((_, response) => {
        held.push(response)
        if (held.length >= 3) for (const one of held) one.end("x")
      })
      const all = Array.from({ length: 20 }, () => exchange({ origin: at(server) }))
      assert.lengthOf(yield* Effect.all(all, { concurrency: "unbounded" }), 20)
      assert.lengthOf(server.sockets, 3)
    }).pipe((effect) => withTransport(effect, { connections: 3 }))
  )

  it.live("close with the layer", () =>
    Effect.gen(function* () {
      const server = yield* echo
      yield* withTransport(exchange({ origin: at(server) }))
      yield* eventually(() => server.sockets[0]?.destroyed === true)
    })
  )

  it.live("found no one at the port", () =>
    Effect.gen(function* () {
      const port = yield* closedPort
      yield* failsWith("connect_refused", exchange({ origin: `http://127.0.0.1:${port}` }))
      const transport = yield* Transport
      yield* failsWith("connect_refused", Effect.scoped(transport.connectTls("127.0.0.1", port)))
    }).pipe(withTransport)
  )
})
