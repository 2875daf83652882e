import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import { createHash } from "node:crypto"
import * as http from "node:http"
import * as net from "node:net"
import { multiTenant } from "../../src/EgressPolicy.ts"
import { StorageError } from "../../src/StorageError.ts"
import type { HttpRequest } from "../../src/Transport.ts"
import {
  at,
  eventually,
  exchange,
  failsWith,
  pem,
  send,
  serveBytes,
  serveHttp,
  serveHttps,
  serveTcp,
  textOf,
  withTransport
} from "./servers.ts"

const MiB = 1024 * 1024
const block = new Uint8Array(64 * 1024).fill(7)
const sum = Effect.succeed({ "x-sum": "abc" })

/** Answers what arrived: the size of the body, some headers, and the trailers. */
const report: http.RequestListener = (request, response) => {
  let size = 0
  request.on("data", (bytes: Uint8Array) => (size += bytes.byteLength))
  request.on("end", () => {
    const { "content-length": length, "transfer-encoding": encoding, host, trailer } = request.headers
    response.end(
      JSON.stringify({
        line: `${request.method} ${request.url}`,
        size,
        length,
        encoding,
        host,
        trailer,
        after: request.trailers
      })
    )
  })
}

const put = (origin: string, fields: Partial<HttpRequest> = {}) =>
  ({ origin, method: "PUT", trailers: sum, ...fields }) as const

describe("trailers", () => {
  it.live.each([
    ["bytes", new Uint8Array(3 * MiB + 1), 3 * MiB + 1],
    ["no body", undefined, 0],
    ["no bytes", new Uint8Array(0), 0],
    ["a stream with its size", { once: Stream.make(block, block), size: 2 * block.length }, 2 * block.length],
    ["a stream without", { once: Stream.make(block, new Uint8Array(0), block) }, 2 * block.length],
    ["a source that opens again", { open: () => Stream.make(block) }, block.length]
  ] as const)("arrive after %s", ([, body, size]) =>
    Effect.gen(function* () {
      const server = yield* serveHttp(report)
      const request = put(at(server), {
        path: "/a/../b?c",
        headers: { trailer: "x-sum", "content-length": "5" },
        ...(body && { body })
      })
      assert.deepStrictEqual(JSON.parse(yield* exchange(request)), {
        line: "PUT /a/../b?c",
        size,
        encoding: "chunked",
        host: `127.0.0.1:${server.port}`,
        trailer: "x-sum",
        after: { "x-sum": "abc" }
      })
    }).pipe(withTransport)
  )

  it.live("are made once the body was read", () =>
    Effect.gen(function* () {
      const server = yield* serveHttp(report)
      const hash = createHash("md5")
      const body = {
        once: Stream.tap(Stream.make(block, block, block), (bytes) => Effect.sync(() => hash.update(bytes)))
      }
      const trailers = Effect.sync(() => ({ "x-sum": hash.digest("hex") }))
      const { after } = JSON.parse(yield* exchange(put(at(server), { body, trailers }))) as { readonly after: unknown }
      const expected = createHash("md5").update(block).update(block).update(block).digest("hex")
      assert.deepStrictEqual(after, { "x-sum": expected })
    }).pipe(withTransport)
  )

  it.live("go over TLS and through a proxy like every request", () =>
    Effect.gen(function* () {
      const server = yield* serveHttps("localhost", report)
      const asked: Array<string> = []
      const proxy = http.createServer().on("connect", ({ url = "" }: http.IncomingMessage, client: net.Socket) => {
        asked.push(url)
        const upstream = net.connect(server.port, "127.0.0.1", () => {
          client.write("HTTP/1.1 200 OK\r\n\r\n")
          upstream.pipe(client).pipe(upstream)
        })
        upstream.on("error", () => client.destroy())
        client.on("error", () => upstream.destroy()).on("close", () => upstream.destroy())
      })
      const relay = yield* serveTcp((socket) => proxy.emit("connection", socket))
      const call = exchange(put(at(server, "https", "localhost"), { body: block }))
      const trusting = { certificateAuthorities: [pem("localhost")] }
      for (const options of [trusting, { ...trusting, proxy: { https: at(relay) } }]) {
        assert.include(yield* withTransport(call, options), '"after":{"x-sum":"abc"}')
      }
      assert.deepStrictEqual(asked, [`localhost:${server.port}`])
      yield* failsWith("tls_untrusted", withTransport(call))
      yield* failsWith("egress_denied", withTransport(call, { policy: multiTenant }))
    })
  )

  it.live("come with an answer like any other, whose connection ends with it", () =>
    Effect.gen(function* () {
      const server = yield* serveHttp((request, response) => {
        request.resume().on("end", () => response.writeHead(409, { "x-two": ["a", "b"] }).end("conflict"))
      })
      const answer = yield* Effect.scoped(
        Effect.gen(function* () {
          const response = yield* send(put(at(server), { body: block }))
          return [response.status, response.headers["x-two"], yield* textOf(response)]
        })
      )
      assert.deepStrictEqual(answer, [409, "a, b", "conflict"])
      yield* eventually(() => server.sockets[0]?.destroyed === true)
    }).pipe(withTransport)
  )

  it.live("are sent again, with the body, after a redirect of the same origin", () =>
    Effect.gen(function* () {
      const server = yield* serveHttp((request, response) => {
        if (request.url === "/there") return report(request, response)
        request.resume().on("end", () => response.writeHead(307, { location: "/there" }).end())
      })
      let size = 0
      const body = {
        open: () => {
          size = 0
          return Stream.tap(Stream.make(block, block), (bytes) => Effect.sync(() => (size += bytes.byteLength)))
        }
      }
      const trailers = Effect.sync(() => ({ "x-size": String(size) }))
      const text = yield* exchange(put(at(server), { body, trailers, redirects: 1 }))
      assert.include(text, `"after":{"x-size":"${2 * block.length}"}`)
    }).pipe(withTransport)
  )

  it.live("do not wait for the body when the answer is early", () =>
    Effect.gen(function* () {
      const server = yield* serveBytes("HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno")
      const body = { once: Stream.concat(Stream.make(block), Stream.never) }
      assert.strictEqual(yield* exchange(put(at(server), { body })), "no")
      yield* eventually(() => server.sockets[0]?.destroyed === true)
    }).pipe(withTransport)
  )

  it.live.each([
    ["/a b", {}, sum],
    ["/", { a: "b\r\nc: d" }, sum],
    ["/", { "a b": "c" }, sum],
    ["/", {}, Effect.succeed({ a: "b\r\nc: d" })]
  ] as const)("refuse what HTTP cannot carry: %j", ([path, headers, trailers]) =>
    Effect.gen(function* () {
      const server = yield* serveHttp(report)
      yield* failsWith("invalid_value", exchange(put(at(server), { path, headers, trailers })))
    }).pipe(withTransport)
  )

  it.live.each([
    [
      "the body fails",
      { body: { once: Stream.concat(Stream.make(block), Stream.fail(StorageError.of("archived_tier", "x"))) } },
      "archived_tier"
    ],
    ["the body is short", { body: { once: Stream.make(block), size: block.length + 1 } }, "integrity_error"],
    ["the trailers fail", { trailers: Effect.fail(StorageError.of("archived_tier", "x")) }, "archived_tier"]
  ] as const)("never arrive when %s", ([, fields, code]) =>
    Effect.gen(function* () {
      let whole = 0
      const server = yield* serveHttp((request) => void request.resume().on("end", () => (whole += 1)))
      yield* failsWith(code, exchange(put(at(server), fields)))
      yield* eventually(() => server.sockets.every((socket) => socket.destroyed))
      assert.strictEqual(whole, 0)
    }).pipe(withTransport)
  )

  it.live("a body that fails after the answer has begun ends it with its own error", () =>
    Effect.gen(function* () {
      let whole = 0
      const server = yield* serveHttp((request, response) => {
        request.resume().on("end", () => (whole += 1))
        response.writeHead(200).write("so far")
      })
      const answered = yield* Deferred.make<void>()
      const late = Effect.andThen(Deferred.await(answered), Effect.fail(StorageError.of("archived_tier", "x")))
      const body = { once: Stream.concat(Stream.make(block), Stream.fromEffect(late)) }
      const call = Effect.gen(function* () {
        const response = yield* send(put(at(server), { body }))
        yield* Deferred.succeed(answered, undefined)
        return yield* textOf(response)
      })
      yield* failsWith("archived_tier", Effect.scoped(call))
      yield* eventually(() => server.sockets[0]?.destroyed === true)
      assert.strictEqual(whole, 0)
    }).pipe(withTransport)
  )

  it.live("a server that breaks off is an error, within the body too", () =>
    Effect.gen(function* () {
      const silent = yield* serveTcp((socket) => socket.once("data", () => socket.destroy()))
      yield* failsWith("provider_unavailable", exchange(put(at(silent), { body: block })))
      const short = yield* serveBytes("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab", (socket) => socket.end())
      yield* failsWith("provider_unavailable", exchange(put(at(short), { body: block })))
      const { port } = yield* Effect.scoped(serveTcp(() => {}))
      yield* failsWith("connect_refused", exchange(put(`http://127.0.0.1:${port}`)))
    }).pipe(withTransport)
  )

  it.live.each([
    ["before the headers", "", "did not answer"],
    ["within the body", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab", "stopped sending"]
  ] as const)("a server that is silent %s is a timeout", ([, bytes, detail]) =>
    Effect.gen(function* () {
      const server = yield* serveBytes(bytes)
      const reason = yield* failsWith("timeout", exchange(put(at(server), { body: block, idleTimeout: 1_000 })))
      assert.include(reason.detail, detail)
      yield* eventually(() => server.sockets[0]?.destroyed === true)
    }).pipe(withTransport)
  )

  it.live("a server that takes nothing is a timeout, and the body is pulled no further than it takes", () =>
    Effect.gen(function* () {
      const server = yield* serveTcp((socket) => socket.pause())
      let pulled = 0
      const endless = Stream.fromIterable(
        (function* () {
          for (; pulled < 256 * MiB; pulled += block.length) yield block
        })(),
        { chunkSize: 1 }
      )
      yield* failsWith("timeout", exchange(put(at(server), { body: { once: endless }, idleTimeout: 500 })))
      assert.isAbove(pulled, 0)
      assert.isBelow(pulled, 24 * MiB)
    }).pipe(withTransport)
  )

  it.live("an interruption ends the body and closes the socket", () =>
    Effect.gen(function* () {
      const server = yield* serveHttp(report)
      let released = false
      const stalled = Stream.concat(Stream.make(block), Stream.never).pipe(
        Stream.ensuring(Effect.sync(() => (released = true)))
      )
      const upload = yield* Effect.forkChild(exchange(put(at(server), { body: { once: stalled } })))
      yield* eventually(() => (server.sockets[0]?.bytesRead ?? 0) > block.length)
      yield* Fiber.interrupt(upload)
      assert.isTrue(released)
      yield* eventually(() => server.sockets[0]?.destroyed === true)
    }).pipe(withTransport)
  )
})
