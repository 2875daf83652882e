import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import type { Socket } from "node:net"
import type { EgressPolicy } from "../../src/EgressPolicy.ts"
import { multiTenant } from "../../src/EgressPolicy.ts"
import { StorageError } from "../../src/StorageError.ts"
import { Transport } from "../../src/Transport.ts"
import {
  at,
  eventually,
  exchange,
  failsWith,
  pem,
  serveHttp,
  serveHttps,
  serveTcp,
  within,
  withTransport
} from "./servers.ts"

const connectTls = (host: string, port: number) => Effect.flatMap(Transport, (it) => it.connectTls(host, port))

describe("the egress policy", () => {
  it.live.each(["127.0.0.1", "0x7f.1", "2130706433", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"])(
    "denies %s without opening a connection",
    (host) =>
      Effect.gen(function* () {
        const server = yield* serveHttp((_, response) => response.end())
        const reason = yield* failsWith("egress_denied", exchange({ origin: at(server, "http", host) }))
        assert.strictEqual(reason.detail, "the address is not permitted")
        assert.isFalse(reason.retryable)
        yield* failsWith("egress_denied", Effect.scoped(connectTls(host, server.port)))
        yield* Effect.sleep(30)
        assert.lengthOf(server.sockets, 0)
      }).pipe((effect) => withTransport(effect, { policy: multiTenant }))
  )

  it.live("denies a name with one denied address among permitted ones", () =>
    Effect.gen(function* () {
      const server = yield* serveHttp((_, response) => response.end())
      yield* failsWith("egress_denied", exchange({ origin: at(server, "http", "mixed.example") }))
      assert.lengthOf(server.sockets, 0)
    }).pipe((effect) =>
      withTransport(effect, { policy: multiTenant, lookup: () => Effect.succeed(["93.184.216.34", "127.0.0.1"]) })
    )
  )

  it.live("asks for a name once and connects to the answer, whatever a second one would be", () =>
    Effect.gen(function* () {
      const server = yield* serveHttp((_, response) => response.end("reached"))
      const judged: Array<string> = []
      // stands for a public address: permitted is what the first lookup answered
      const policy: EgressPolicy = {
        name: "multi-tenant",
        permits: (address) => judged.push(address) > 0 && address === "127.0.0.2"
      }
      let asked = 0
      const lookup = () => Effect.sync(() => [asked++ === 0 ? "127.0.0.2" : "127.0.0.1"])
      const origin = at(server, "http", "rebinding.example")
      const once = yield* Effect.exit(withTransport(exchange({ origin }), { policy, lookup, connectTimeout: 2_000 }))
      assert.strictEqual(asked, 1)
      assert.deepStrictEqual(judged, ["127.0.0.2"])
      // nothing listens there; what matters is that 127.0.0.1 was not connected to
      assert.isTrue(once._tag === "Failure")
      assert.lengthOf(server.sockets, 0)
      const second = withTransport(exchange({ origin }), { policy, lookup })
      yield* failsWith("egress_denied", second)
      assert.lengthOf(server.sockets, 0)
    })
  )

  it.live("leaves the Host header the name", () =>
    Effect.gen(function* () {
      const server = yield* serveHttp((request, response) => response.end(request.headers.host))
      const origin = at(server, "http", "named.example")
      assert.strictEqual(yield* exchange({ origin }), `named.example:${server.port}`)
    }).pipe((effect) => withTransport(effect, { lookup: () => Effect.succeed(["127.0.0.1"]) }))
  )
})

describe("connecting", () => {
  it.live.each(["http", "https"])("%s to an unknown host is dns_failed and names it", (scheme) =>
    Effect.gen(function* () {
      const reason = yield* failsWith("dns_failed", exchange({ origin: `${scheme}://host.invalid` }))
      assert.include(reason.detail, "host.invalid")
    }).pipe(withTransport)
  )

  it.live("a resolver's own error is kept, and no answer is dns_failed", () =>
    Effect.gen(function* () {
      const lookup = (host: string) =>
        host === "none.example" ? Effect.succeed([]) : Effect.fail(StorageError.of("timeout", "slow resolver"))
      yield* failsWith("timeout", withTransport(exchange({ origin: "http://slow.example" }), { lookup }))
      yield* failsWith("dns_failed", withTransport(exchange({ origin: "http://none.example" }), { lookup }))
    })
  )

  it.live("a resolver that never answers is a timeout", () =>
    Effect.gen(function* () {
      yield* failsWith("timeout", exchange({ origin: "http://slow.example" }))
    }).pipe((effect) => withTransport(effect, { lookup: () => Effect.never, connectTimeout: 200 }))
  )

  it.live("a TLS handshake that never finishes is a timeout, and its socket is closed", () =>
    Effect.gen(function* () {
      const server = yield* serveTcp((socket) => socket.resume())
      yield* failsWith("timeout", exchange({ origin: at(server, "https") }))
      yield* failsWith("timeout", Effect.scoped(connectTls("127.0.0.1", server.port)))
      assert.lengthOf(server.sockets, 2)
      yield* eventually(() => server.sockets.every((socket) => socket.destroyed))
    }).pipe((effect) => withTransport(effect, { connectTimeout: 2_000 }))
  )

  it.live("an interruption does not wait for it, and closes the socket of connectTls", () =>
    Effect.gen(function* () {
      const server = yield* serveTcp((socket) => socket.resume())
      const interrupted = Effect.fnUntraced(function* <A, R>(call: Effect.Effect<A, StorageError, R>) {
        const before = server.sockets.length
        const fiber = yield* Effect.forkChild(call)
        yield* eventually(() => (server.sockets[before]?.bytesRead ?? 0) > 0)
        assert.strictEqual((yield* within(60_000, Fiber.interrupt(fiber)))._tag, "Success")
      })
      yield* interrupted(exchange({ origin: at(server, "https") }))
      yield* interrupted(Effect.scoped(connectTls("127.0.0.1", server.port)))
      yield* eventually(() => server.sockets[1]?.destroyed === true)
    }).pipe((effect) => withTransport(effect, { connectTimeout: 600_000 }))
  )
})

describe("TLS", () => {
  const authorities = (...names: ReadonlyArray<string>) => ({ certificateAuthorities: names.map(pem) })
  const hello = (certificate: string) => serveHttps(certificate, (_, response) => response.end("hello"))

  it.live.each([
    ["a certificate nobody vouches for", "localhost", [], "tls_untrusted"],
    ["a certificate for another host", "otherHost", ["otherHost"], "tls_hostname"],
    ["an expired certificate", "expired", ["expired"], "tls_expired"]
  ] as const)("refuses %s", ([, certificate, trusted, code]) =>
    Effect.gen(function* () {
      const server = yield* hello(certificate)
      for (const host of ["localhost", "127.0.0.1"]) {
        const reason = yield* failsWith(code, exchange({ origin: at(server, "https", host) }))
        assert.isFalse(reason.retryable)
        assert.include(reason.detail, host)
      }
      yield* failsWith(code, Effect.scoped(connectTls("localhost", server.port)))
    }).pipe((effect) => withTransport(effect, authorities(...trusted)))
  )

  it.live.each(["localhost", "127.0.0.1"])("accepts an extra authority, for %s", (host) =>
    Effect.gen(function* () {
      const server = yield* hello("localhost")
      for (const _ of [1, 2, 3]) assert.strictEqual(yield* exchange({ origin: at(server, "https", host) }), "hello")
      assert.lengthOf(server.sockets, 1)
    }).pipe((effect) => withTransport(effect, authorities("localhost")))
  )

  it.live("keeps the code of a handshake that fails, and is not worth another try", () =>
    Effect.gen(function* () {
      const server = yield* serveHttp((_, response) => response.end("hello"))
      const reason = yield* failsWith("provider_unavailable", exchange({ origin: at(server, "https") }))
      assert.deepStrictEqual([reason.providerCode, reason.retryable], ["ERR_SSL_WRONG_VERSION_NUMBER", false])
    }).pipe(withTransport)
  )

  it.live("does not let a Host header choose the certificate", () =>
    Effect.gen(function* () {
      const server = yield* hello("otherHost")
      const request = { origin: at(server, "https", "localhost"), headers: { host: "other.invalid" } }
      yield* failsWith("tls_hostname", exchange(request))
    }).pipe((effect) => withTransport(effect, authorities("otherHost")))
  )

  it.live("says when a server does not speak it", () =>
    Effect.gen(function* () {
      const server = yield* serveHttp((_, response) => response.end())
      const reason = yield* failsWith("provider_unavailable", exchange({ origin: at(server, "https") }))
      assert.isFalse(reason.retryable)
    }).pipe(withTransport)
  )

  it.live("connectTls reads and writes, and closes with its Scope", () =>
    Effect.gen(function* () {
      const server = yield* hello("localhost")
      const answer = yield* Effect.scoped(
        Effect.gen(function* () {
          const connection = yield* connectTls("localhost", server.port)
          yield* connection.write(Buffer.from("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"))
          return yield* Stream.mkString(Stream.decodeText(connection.read))
        })
      )
      assert.match(answer, /^HTTP\/1\.1 200 OK\r\n[^]*hello/)
      yield* Effect.scoped(connectTls("localhost", server.port))
      yield* eventually(() => server.sockets.every((socket: Socket) => socket.destroyed))
    }).pipe((effect) => withTransport(effect, authorities("localhost")))
  )
})
