import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import { at, eventually, exchange, failsWith, send, serveBytes, serveHttp, serveTcp, withTransport } from "./servers.ts"

const MiB = 1024 * 1024
const block = new Uint8Array(64 * 1024).fill(7)

describe("an answer's body", () => {
  it.live("is sent no further than a stalled consumer takes", () =>
    Effect.gen(function* () {
      let sent = 0
      const server = yield* serveHttp((_, response) => {
        response.writeHead(200, { "content-length": 256 * MiB })
        const more = () => {
          while (sent < 256 * MiB && !response.destroyed) {
            sent += block.length
            if (!response.write(block)) return void response.once("drain", more)
          }
        }
        more()
      })
      const { body } = yield* send({ origin: at(server) })
      let got = 0
      const reader = yield* Effect.forkChild(
        Stream.runForEach(body, (bytes) => {
          got += bytes.byteLength
          return got > MiB ? Effect.never : Effect.void
        })
      )
      yield* eventually(() => got > MiB)
      // Time for what should not happen.
      yield* Effect.sleep(500)
      assert.isBelow(sent, 24 * MiB)
      yield* Fiber.interrupt(reader)
    }).pipe(withTransport)
  )

  it.live.each([
    ["is shorter than announced", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort", "provider_unavailable"],
    ["ends within a chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n10\r\nshort", "provider_unavailable"],
    ["never comes", "", "provider_unavailable"],
    ["is not HTTP", "SSH-2.0-OpenSSH_9\r\n", "not_a_storage_endpoint"]
  ] as const)("that %s is an error worth another try", ([, bytes, code]) =>
    Effect.gen(function* () {
      const server = yield* serveBytes(bytes, (socket) => socket.end())
      const reason = yield* failsWith(code, exchange({ origin: at(server) }))
      assert.isTrue(reason.retryable)
    }).pipe(withTransport)
  )

  it.live("that is longer than announced ends where announced, and its connection is not used again", () =>
    Effect.gen(function* () {
      const server = yield* serveBytes("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\nsmuggled")
      assert.strictEqual(yield* exchange({ origin: at(server) }), "ok")
      assert.strictEqual(yield* exchange({ origin: at(server) }), "ok")
      assert.lengthOf(server.sockets, 2)
    }).pipe(withTransport)
  )

  it.live("that is reset is an error", () =>
    Effect.gen(function* () {
      const server = yield* serveBytes("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nx", (socket) =>
        setTimeout(() => socket.resetAndDestroy(), 20)
      )
      yield* failsWith("provider_unavailable", exchange({ origin: at(server) }))
    }).pipe(withTransport)
  )

  it.live("may trickle, but not stop", () =>
    Effect.gen(function* () {
      const trickling = yield* serveHttp((request, response) => {
        response.writeHead(200, { "content-length": "6" })
        let left = request.url === "/all" ? 6 : 3
        const timer = setInterval(() => {
          response.write("x")
          left -= 1
          if (left === 0) clearInterval(timer)
        }, 500)
      })
      assert.strictEqual(yield* exchange({ origin: at(trickling), path: "/all" }), "xxxxxx")
      yield* failsWith("timeout", exchange({ origin: at(trickling), path: "/some" }))
    }).pipe((effect) => withTransport(effect, { idleTimeout: 2_000 }))
  )

  it.live("waits for a slow consumer without a deadline", () =>
    Effect.gen(function* () {
      const server = yield* serveHttp((_, response) => response.end(Buffer.alloc(4 * MiB)))
      const { body } = yield* send({ origin: at(server) })
      let size = 0
      yield* Stream.runForEach(body, (bytes) => {
        const first = size === 0
        size += bytes.byteLength
        return first ? Effect.sleep(4_500) : Effect.void
      })
      assert.strictEqual(size, 4 * MiB)
    }).pipe((effect) => withTransport(effect, { idleTimeout: 1_500 }))
  )

  it.live("that is silent before the headers is a timeout", () =>
    Effect.gen(function* () {
      const server = yield* serveTcp(() => {})
      yield* failsWith("timeout", exchange({ origin: at(server) }))
    }).pipe((effect) => withTransport(effect, { idleTimeout: 300 }))
  )
})
