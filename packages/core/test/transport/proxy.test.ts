import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as http from "node:http"
import * as net from "node:net"
import type { EgressPolicy } from "../../src/EgressPolicy.ts"
import { multiTenant } from "../../src/EgressPolicy.ts"
import { Transport } from "../../src/Transport.ts"
import { proxyFor } from "../../src/transport/proxy.ts"
import { at, eventually, exchange, failsWith, pem, serveHttp, serveHttps, serveTcp, withTransport } from "./servers.ts"

interface Asked {
  readonly authority: string
  readonly authorization: string | undefined
}

/** A proxy that connects every tunnel to the port on loopback that was asked for, and keeps what it was asked. */
const serveProxy = Effect.gen(function* () {
  const asked: Array<Asked> = []
  const proxy = http.createServer()
  proxy.on("connect", ({ url = "", headers }: http.IncomingMessage, client: net.Socket) => {
    asked.push({ authority: url, authorization: headers["proxy-authorization"] })
    const upstream = net.connect(Number(url.split(":").at(-1)), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n")
      upstream.pipe(client).pipe(upstream)
    })
    upstream.on("error", () => client.destroy())
    client.on("error", () => upstream.destroy()).on("close", () => upstream.destroy())
  })
  const server = yield* serveTcp((socket) => proxy.emit("connection", socket))
  return { ...server, asked }
})

const trusting = { certificateAuthorities: [pem("localhost")] }

describe("a proxy", () => {
  it.live.each(["https", "http"])("tunnels %s by name, one tunnel for many requests", (scheme) =>
    Effect.gen(function* () {
      const proxy = yield* serveProxy
      const answer: http.RequestListener = ({ url }, response) => response.end(url)
      const server = yield* scheme === "https" ? serveHttps("localhost", answer) : serveHttp(answer)
      const url = `http://user:p%40ss@127.0.0.1:${proxy.port}`
      yield* Effect.gen(function* () {
        for (const path of ["/a/../b", "//"]) {
          assert.strictEqual(yield* exchange({ origin: at(server, scheme, "localhost"), path }), path)
        }
      }).pipe((effect) => withTransport(effect, { ...trusting, proxy: { https: url, http: url } }))
      const authorization = `Basic ${Buffer.from("user:p@ss").toString("base64")}`
      assert.deepStrictEqual(proxy.asked, [{ authority: `localhost:${server.port}`, authorization }])
    })
  )

  it.live("carries connectTls, and does not resolve names where everything is permitted", () =>
    Effect.gen(function* () {
      const proxy = yield* serveProxy
      const server = yield* serveHttps("otherHost", (_, response) => response.end())
      yield* Effect.scoped(Effect.flatMap(Transport, (it) => it.connectTls("other.invalid", server.port))).pipe(
        (effect) =>
          withTransport(effect, {
            certificateAuthorities: [pem("otherHost")],
            proxy: { https: `http://127.0.0.1:${proxy.port}` }
          })
      )
      assert.strictEqual(proxy.asked[0]?.authority, `other.invalid:${server.port}`)
      yield* eventually(() => proxy.sockets[0]?.destroyed === true)
    })
  )

  it.live("is not told of a target that the policy denies", () =>
    Effect.gen(function* () {
      const proxy = yield* serveProxy
      const url = `http://127.0.0.1:${proxy.port}`
      for (const origin of ["https://localhost", "http://169.254.169.254"]) {
        yield* failsWith(
          "egress_denied",
          withTransport(exchange({ origin }), { policy: multiTenant, proxy: { https: url, http: url } })
        )
      }
      assert.lengthOf(proxy.sockets, 0)
    })
  )

  it.live("is given the address that was judged, where a policy judges", () =>
    Effect.gen(function* () {
      const proxy = yield* serveProxy
      const server = yield* serveHttps("otherHost", (_, response) => response.end("reached"))
      const policy: EgressPolicy = { name: "multi-tenant", permits: (address) => address === "93.184.216.34" }
      const text = yield* withTransport(exchange({ origin: at(server, "https", "other.invalid") }), {
        policy,
        certificateAuthorities: [pem("otherHost")],
        lookup: () => Effect.succeed(["93.184.216.34"]),
        proxy: { https: `http://127.0.0.1:${proxy.port}` }
      })
      assert.strictEqual(text, "reached")
      assert.strictEqual(proxy.asked[0]?.authority, `93.184.216.34:${server.port}`)
    })
  )

  it.live("that refuses or stays silent is an error", () =>
    Effect.gen(function* () {
      const answering = (status: string) =>
        serveTcp((socket) => socket.on("data", () => socket.end(`HTTP/1.1 ${status}\r\n\r\n`)))
      const through = ({ port }: { readonly port: number }, connectTimeout = 60_000) =>
        withTransport(exchange({ origin: "https://target.example" }), {
          connectTimeout,
          proxy: { https: `http://127.0.0.1:${port}` }
        })
      const forbidden = yield* failsWith("provider_unavailable", through(yield* answering("407 Authenticate")))
      assert.isFalse(forbidden.retryable)
      assert.include(forbidden.suggestion ?? "", "HTTPS_PROXY")
      const broken = yield* failsWith("provider_unavailable", through(yield* answering("502 Bad Gateway")))
      assert.isTrue(broken.retryable)
      const silent = yield* serveTcp((socket) => socket.resume())
      yield* failsWith("timeout", through(silent, 500))
      yield* eventually(() => silent.sockets.every((socket) => socket.destroyed))
    })
  )

  it.each([
    ["example.com", "example.com", 443, true],
    ["example.com", "s3.example.com", 443, true],
    [".example.com", "s3.example.com", 443, true],
    ["*.example.com", "s3.example.com", 443, true],
    ["EXAMPLE.com", "S3.Example.COM", 443, true],
    ["example.com", "notexample.com", 443, false],
    ["example.com", "example.com.evil.org", 443, false],
    ["example.com:9000", "example.com", 9000, true],
    ["example.com:9000", "example.com", 443, false],
    ["10.0.0.1", "10.0.0.1", 443, true],
    ["10.0.0.1", "10.0.0.10", 443, false],
    ["::1", "::1", 443, true],
    ["[::1]:9000", "::1", 9000, true],
    ["*", "anything.example", 443, true],
    ["", "anything.example", 443, false]
  ] as const)("is not used under %j for %s:%d: %s", (rule, host, port, direct) => {
    const proxy = proxyFor({ https: "http://proxy:3128", none: [rule] }, { host, port, secure: true })
    assert.strictEqual(Result.getOrThrow(proxy) === undefined, direct)
  })

  it("serves only its scheme", () => {
    const target = { host: "example.com", port: 80, secure: false }
    assert.isUndefined(Result.getOrThrow(proxyFor({ https: "http://proxy:3128" }, target)))
    assert.strictEqual(Result.getOrThrow(proxyFor({ http: "http://proxy:3128" }, target))?.port, "3128")
    assert.isUndefined(Result.getOrThrow(proxyFor(undefined, target)))
  })

  it.each(["proxy.example:3128", "10.0.0.1:3128", "[fe80::1]:3128", "user:word@proxy.example:3128"])(
    "without a scheme speaks http: %s",
    (http) => {
      const proxy = Result.getOrThrow(proxyFor({ http }, { host: "example.com", port: 80, secure: false }))
      assert.deepStrictEqual([proxy?.protocol, proxy?.port], ["http:", "3128"])
    }
  )

  it.live.each(["socks5://127.0.0.1:1080", "http://", "http://[", "not a proxy"])(
    "that is none is an error, and nothing goes past it: %s",
    (http) =>
      Effect.gen(function* () {
        let reached = false
        const server = yield* serveHttp((_, response) => {
          reached = true
          response.end()
        })
        const asked = exchange({ origin: at(server, "http", "localhost") })
        const reason = yield* failsWith("invalid_value", withTransport(asked, { proxy: { http } }))
        assert.include(reason.suggestion ?? "", "HTTP_PROXY")
        assert.isFalse(reached)
      })
  )

  it.live("takes a password that is not in percent-encoding as it is", () =>
    Effect.gen(function* () {
      const proxy = yield* serveProxy
      const server = yield* serveHttp((_, response) => response.end("reached"))
      const http = `http://user:100%@127.0.0.1:${proxy.port}`
      const asked = exchange({ origin: at(server, "http", "localhost") })
      assert.strictEqual(yield* withTransport(asked, { proxy: { http } }), "reached")
      assert.strictEqual(proxy.asked[0]?.authorization, `Basic ${Buffer.from("user:100%").toString("base64")}`)
    })
  )
})
