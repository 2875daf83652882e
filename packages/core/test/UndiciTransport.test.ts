import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import { local, multiTenant } from "../src/EgressPolicy.ts"
import { StorageError } from "../src/StorageError.ts"
import { collectBytes, Transport, type HttpRequest } from "../src/Transport.ts"
import { layer, type UndiciTransportOptions } from "../src/UndiciTransport.ts"
import { serve, serveRaw } from "./transport/server.ts"

const MiB = 1024 * 1024

const withTransport =
  (options: Partial<UndiciTransportOptions> = {}) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.provide(effect, layer({ policy: local, ...options }))

const send = Effect.fnUntraced(function* (request: HttpRequest) {
  const transport = yield* Transport
  const { status, headers, body } = yield* transport.request(request)
  return { status, headers, text: Buffer.from(yield* collectBytes(body, 64 * MiB)).toString("latin1") }
}, Effect.scoped)

const reasonOf = <A, R>(effect: Effect.Effect<A, StorageError, R>) =>
  Effect.map(Effect.flip(effect as Effect.Effect<never, StorageError, R>), ({ reason }) => reason)

const block = Buffer.alloc(64 * 1024, 7)

describe("requests", () => {
  it.live.each(
    ["/a/../b", "//a", "/a//b/", "/./a", "/%2e%2e/%2F?x=%20&y=+", "/a?list-type=2&prefix="].map((path) => ({ path }))
  )("the path $path goes out as it is", ({ path }) =>
    Effect.gen(function* () {
      const { origin } = yield* serve((incoming, answer) => answer.end(incoming.url))
      assert.strictEqual((yield* send({ origin, path, method: "GET" })).text, path)
    }).pipe(withTransport())
  )

  it.live("bodies of each form arrive with their length", () =>
    Effect.gen(function* () {
      const { origin } = yield* serve((incoming, answer) => {
        let size = 0
        incoming.on("data", (bytes: Buffer) => (size += bytes.length))
        incoming.on("end", () => answer.end(`${incoming.headers["content-length"]} ${size}`))
      })
      const put = (body?: HttpRequest["body"]) => send({ origin, path: "/", method: "PUT", ...(body && { body }) })
      const source = Stream.fromIterable([block, block])
      assert.strictEqual((yield* put(Buffer.from("abc"))).text, "3 3")
      assert.strictEqual((yield* put({ open: () => source, size: 131072 })).text, "131072 131072")
      assert.strictEqual((yield* put({ once: source })).text, "undefined 131072")
      assert.strictEqual((yield* put(new Uint8Array(0))).text, "0 0")
    }).pipe(withTransport())
  )

  it.live("answers have their status, whatever it is, and no redirect is followed", () =>
    Effect.gen(function* () {
      const { origin } = yield* serve((incoming, answer) => {
        answer
          .writeHead(Number(incoming.url?.slice(1)), { location: "http://127.0.0.1:1/", "x-many": ["a", "b"] })
          .end()
      })
      for (const status of [200, 204, 206, 301, 304, 307, 403, 404, 500, 503]) {
        const answer = yield* send({ origin, path: `/${status}`, method: "GET" })
        assert.strictEqual(answer.status, status)
        assert.strictEqual(answer.headers["x-many"], "a, b")
      }
      assert.strictEqual((yield* send({ origin, path: "/200", method: "HEAD" })).text, "")
    }).pipe(withTransport())
  )

  it.live("connections are used again", () =>
    Effect.gen(function* () {
      const { origin, connections } = yield* serve((_, answer) => answer.end("x"))
      for (let index = 0; index < 50; index += 1) yield* send({ origin, path: "/", method: "GET" })
      // The next request may come before the pool knows that the answer before it is over.
      assert.isAtMost(connections(), 2)
    }).pipe(withTransport())
  )
})

describe("back-pressure", () => {
  it.live("a consumer that stalls stops the server", () =>
    Effect.gen(function* () {
      let sent = 0
      const { origin } = yield* serve((_, answer) => {
        const more = () => {
          while (sent < 200 * MiB && !answer.destroyed) {
            sent += block.length
            if (!answer.write(block)) return void answer.once("drain", more)
          }
          answer.end()
        }
        more()
      })
      const transport = yield* Transport
      const { body } = yield* transport.request({ origin, path: "/", method: "GET" })
      let received = 0
      const reader = yield* Effect.forkChild(
        Stream.runForEach(body, (bytes) => {
          received += bytes.length
          return received > 4 * MiB ? Effect.never : Effect.void
        })
      )
      yield* Effect.sleep(500)
      assert.isBelow(sent, 32 * MiB)
      yield* Fiber.interrupt(reader)
    }).pipe(Effect.scoped, withTransport())
  )

  it.live("a server that stalls stops the source", () =>
    Effect.gen(function* () {
      const { origin } = yield* serve((incoming) => void incoming.pause())
      let made = 0
      const source = Stream.suspend(() =>
        Stream.fromIterable(
          (function* () {
            for (; made < 200 * MiB; made += block.length) yield block
          })(),
          { chunkSize: 1 }
        )
      )
      const upload = yield* Effect.forkChild(
        Effect.result(send({ origin, path: "/", method: "PUT", body: { once: source, size: 200 * MiB } }))
      )
      yield* Effect.sleep(500)
      assert.isBelow(made, 32 * MiB)
      yield* Fiber.interrupt(upload)
    }).pipe(withTransport())
  )
})

describe("interruption", () => {
  it.live.each([{ when: "before the headers" }, { when: "in the body" }])("closes the connection $when", ({ when }) =>
    Effect.gen(function* () {
      let closed = false
      const reached = yield* Deferred.make<void>()
      const { origin } = yield* serve((incoming, answer) => {
        Deferred.doneUnsafe(reached, Effect.void)
        incoming.socket.on("close", () => (closed = true))
        if (when === "in the body") answer.writeHead(200, { "content-length": 100 }).write("x")
      })
      const fiber = yield* Effect.forkChild(send({ origin, path: "/", method: "GET" }))
      yield* Deferred.await(reached)
      yield* Effect.sleep(50)
      yield* Fiber.interrupt(fiber)
      yield* Effect.sleep(50)
      assert.isTrue(closed)
    }).pipe(withTransport())
  )
})

describe("failures", () => {
  const raw = (text: string, end: "end" | "reset" | "stay" = "end") =>
    serveRaw((socket) => {
      socket.once("data", () => {
        socket.write(text)
        if (end === "end") socket.end()
        if (end === "reset") setTimeout(() => socket.resetAndDestroy(), 20)
      })
    })

  it.live.each([
    { what: "a short body", text: "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc", code: "provider_unavailable" },
    {
      what: "a cut chunked body",
      text: "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab",
      code: "provider_unavailable"
    },
    { what: "no answer", text: "", code: "provider_unavailable" },
    { what: "another protocol", text: "SSH-2.0-OpenSSH\r\n", code: "provider_unavailable" }
  ] as const)("$what is $code", ({ text, code }) =>
    Effect.gen(function* () {
      const { origin } = yield* raw(text)
      assert.strictEqual((yield* reasonOf(send({ origin, path: "/", method: "GET" })))._tag, code)
    }).pipe(withTransport())
  )

  it.live("a reset in the body is provider_unavailable, and may pass", () =>
    Effect.gen(function* () {
      const { origin } = yield* raw("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc", "reset")
      const reason = yield* reasonOf(send({ origin, path: "/", method: "GET" }))
      assert.strictEqual(reason._tag, "provider_unavailable")
      assert.isTrue(reason.retryable)
    }).pipe(withTransport())
  )

  it.live("a server that goes silent is a timeout, before and in the body", () =>
    Effect.gen(function* () {
      for (const text of ["", "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc"]) {
        const { origin } = yield* raw(text, "stay")
        assert.strictEqual((yield* reasonOf(send({ origin, path: "/", method: "GET" })))._tag, "timeout")
      }
    }).pipe(withTransport({ idleTimeout: 300 }))
  )

  it.live("a TLS handshake that never ends is a timeout within the budget", () =>
    Effect.gen(function* () {
      const { port } = yield* serveRaw(() => undefined)
      const reason = yield* reasonOf(send({ origin: `https://127.0.0.1:${port}`, path: "/", method: "GET" }))
      assert.strictEqual(reason._tag, "timeout")
    }).pipe(withTransport({ connectTimeout: 300 }))
  )

  it.live("nobody listening is connect_refused; a name that does not resolve is dns_failed", () =>
    Effect.gen(function* () {
      const { origin, close } = yield* serveRaw(() => undefined)
      close()
      assert.strictEqual((yield* reasonOf(send({ origin, path: "/", method: "GET" })))._tag, "connect_refused")
      const unknown = yield* reasonOf(send({ origin: "http://host.invalid", path: "/", method: "GET" }))
      assert.strictEqual(unknown._tag, "dns_failed")
    }).pipe(withTransport())
  )

  it.live("a body that fails keeps its error; one of another size is integrity_error", () =>
    Effect.gen(function* () {
      const { origin } = yield* serve((incoming, answer) => void incoming.resume().on("end", () => answer.end()))
      const put = (body: HttpRequest["body"]) =>
        reasonOf(send({ origin, path: "/", method: "PUT", ...(body && { body }) }))
      const failing = Stream.concat(Stream.succeed(block), Stream.fail(StorageError.of("archived_tier", "x")))
      assert.strictEqual((yield* put({ once: failing, size: 10 * block.length }))._tag, "archived_tier")
      assert.strictEqual((yield* put({ once: failing }))._tag, "archived_tier")
      assert.strictEqual((yield* put({ once: Stream.succeed(block), size: block.length + 1 }))._tag, "integrity_error")
      assert.strictEqual((yield* put({ once: Stream.succeed(block), size: block.length - 1 }))._tag, "integrity_error")
    }).pipe(withTransport())
  )

  it.live("an answer larger than its limit is an error", () =>
    Effect.gen(function* () {
      const { origin } = yield* serve((_, answer) => answer.end(block))
      const transport = yield* Transport
      const { body } = yield* transport.request({ origin, path: "/", method: "GET" })
      assert.strictEqual((yield* reasonOf(collectBytes(body, 1000)))._tag, "integrity_error")
    }).pipe(Effect.scoped, withTransport())
  )
})

describe("egress policy", () => {
  it.live("a denied address gets no packet, by whatever name it is asked for", () =>
    Effect.gen(function* () {
      const { origin, connections } = yield* serve((_, answer) => answer.end())
      const { port } = new URL(origin)
      for (const host of ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433", "rebound.example"]) {
        const reason = yield* reasonOf(
          send({ origin: new URL(`http://${host}:${port}`).origin, path: "/", method: "GET" })
        )
        assert.strictEqual(reason._tag, "egress_denied", host)
        assert.notInclude(reason.detail, host)
      }
      assert.strictEqual(connections(), 0)
    }).pipe(withTransport({ policy: multiTenant, lookup: () => Effect.succeed(["93.184.216.34", "127.0.0.1"]) }))
  )

  it.live("the address that was judged is the one that is connected to", () =>
    Effect.gen(function* () {
      const { origin, connections } = yield* serve((incoming, answer) => answer.end(incoming.headers.host))
      const { port } = new URL(origin)
      const answer = yield* send({ origin: `http://pinned.example:${port}`, path: "/", method: "GET" })
      assert.strictEqual(answer.text, `pinned.example:${port}`)
      assert.strictEqual(connections(), 1)
    }).pipe(withTransport({ lookup: () => Effect.succeed(["127.0.0.1"]) }))
  )
})
