import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import type { IncomingHttpHeaders, RequestListener } from "node:http"
import { multiTenant, type EgressPolicy } from "../../src/EgressPolicy.ts"
import { StorageError } from "../../src/StorageError.ts"
import type { HttpRequest } from "../../src/Transport.ts"
import { redirected } from "../../src/transport/redirects.ts"
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
  textOf,
  withTransport
} from "./servers.ts"

const credentials = {
  authorization: "AWS4-HMAC-SHA256 secret",
  cookie: "session=secret",
  "proxy-authorization": "Basic secret",
  "x-amz-security-token": "secret",
  "x-amz-server-side-encryption-customer-key": "secret",
  "x-auth-token": "secret",
  "x-ms-copy-source-authorization": "secret",
  "x-of-a-scheme-of-tomorrow": "secret"
}
const harmless = { accept: "text/plain", range: "bytes=0-4", "if-match": '"tag"', "user-agent": "mooring" }

const bytes = new TextEncoder().encode("body")
const replayable = { open: () => Stream.make(bytes), size: bytes.byteLength }

/** Redirects every path that is a key, and answers others with what was asked. */
const serveRedirects = (routes: Readonly<Record<string, readonly [status: number, location: string]>>) => {
  const asked: Array<string> = []
  const answer: RequestListener = (request, response) => {
    const parts: Array<Buffer> = []
    request.on("data", (part: Buffer) => parts.push(part))
    request.on("end", () => {
      const body = Buffer.concat(parts).toString()
      asked.push(`${request.method} ${request.url}${body && ` ${body}`}`)
      const [status, location] = routes[request.url ?? ""] ?? []
      if (status === undefined) response.end(asked.at(-1))
      else response.writeHead(status, location === undefined ? {} : { location }).end("moved")
    })
  }
  return { asked, answer }
}

/** Answers the headers of a request as JSON. */
const headersOf: RequestListener = ({ headers }, response) => response.end(JSON.stringify(headers))

describe("a redirect", () => {
  it.live.each([301, 302, 303, 307, 308])("%i is followed where it is asked for, on the same connection", (status) =>
    Effect.gen(function* () {
      const { answer } = serveRedirects({ "/a": [status, "/b/../c?d=/./e#f"] })
      const server = yield* serveHttp(answer)
      const text = yield* exchange({ origin: at(server), path: "/a", redirects: 1 })
      assert.strictEqual(text, "GET /b/../c?d=/./e")
      assert.lengthOf(server.sockets, 1)
    }).pipe(withTransport)
  )

  it.live("is an answer like any other where it is not asked for, leads nowhere or is of another kind", () =>
    Effect.gen(function* () {
      const { answer } = serveRedirects({ "/a": [302, "/b"], "/c": [304, "/b"], "/d": [300, "/b"] })
      const server = yield* serveHttp((request, response) =>
        request.url === "/e" ? response.writeHead(307).end() : answer(request, response)
      )
      for (const [path, redirects, status] of [
        ["/a", 0, 302],
        ["/c", 5, 304],
        ["/d", 5, 300],
        ["/e", 5, 307]
      ] as const) {
        assert.strictEqual((yield* Effect.scoped(send({ origin: at(server), path, redirects }))).status, status)
      }
    }).pipe(withTransport)
  )

  it.live.each([
    [303, "PUT", "GET /b"],
    [303, "HEAD", "HEAD /b"],
    [301, "POST", "POST /b body"],
    [307, "PUT", "PUT /b body"],
    [308, "PUT", "PUT /b body"]
  ] as const)("%i of %s becomes %s", ([status, method, expected]) =>
    Effect.gen(function* () {
      const { answer, asked } = serveRedirects({ "/a": [status, "/b"] })
      const server = yield* serveHttp(answer)
      const body = method === "HEAD" ? {} : { body: replayable }
      yield* exchange({ origin: at(server), path: "/a", method, redirects: 1, ...body })
      assert.strictEqual(asked.at(-1), expected)
    }).pipe(withTransport)
  )

  it.live("that needs a body again which exists once is answered, and 303 does not need it", () =>
    Effect.gen(function* () {
      const { answer, asked } = serveRedirects({ "/a": [307, "/b"], "/c": [303, "/d"] })
      const server = yield* serveHttp(answer)
      const put = { origin: at(server), method: "PUT", redirects: 3 } as const
      const body = () => ({ once: Stream.make(bytes), size: bytes.byteLength })
      assert.strictEqual((yield* Effect.scoped(send({ ...put, path: "/a", body: body() }))).status, 307)
      assert.strictEqual(yield* exchange({ ...put, path: "/c", body: body() }), "GET /d")
      assert.deepStrictEqual(asked, ["PUT /a body", "PUT /c body", "GET /d"])
    }).pipe(withTransport)
  )

  it.live("loop ends by the count", () =>
    Effect.gen(function* () {
      const { answer, asked } = serveRedirects({ "/a": [302, "/b"], "/b": [302, "/a"] })
      const server = yield* serveHttp(answer)
      const reason = yield* failsWith(
        "not_a_storage_endpoint",
        exchange({ origin: at(server), path: "/a", redirects: 4 })
      )
      assert.strictEqual(reason.detail, "the redirects did not end after 4")
      assert.isFalse(reason.retryable)
      assert.lengthOf(asked, 5)
      assert.lengthOf(server.sockets, 1)
    }).pipe(withTransport)
  )

  it.live("to another origin takes no credentials along, also when it leads back", () =>
    Effect.gen(function* () {
      const home = { port: 0 }
      const other = yield* serveHttp((_, response) => {
        response.writeHead(307, { location: `http://127.0.0.1:${home.port}/back` }).end()
      })
      const server = yield* serveHttp((request, response) =>
        request.url === "/"
          ? response.writeHead(307, { location: `${at(other)}/there?x=y` }).end()
          : headersOf(request, response)
      )
      home.port = server.port
      const request = { origin: at(server), headers: { ...credentials, ...harmless } }
      const text = yield* exchange({ ...request, redirects: 2 })
      assert.notInclude(text, "secret")
      const received = JSON.parse(text) as IncomingHttpHeaders
      for (const [name, value] of Object.entries(harmless)) assert.strictEqual(received[name], value)
      // the same origin gets them
      const direct = yield* exchange({ ...request, path: "/back", redirects: 2 })
      for (const name of Object.keys(credentials)) assert.include(direct, name)
    }).pipe(withTransport)
  )

  it.live.each([
    ["another port", (port: number) => `http://127.0.0.1:${port}/x`],
    ["another host of the same port", (port: number) => `//127.0.0.1:${port}/x`],
    ["another scheme", (port: number) => `https://localhost:${port}/x`]
  ] as const)("crosses an origin by %s", ([, location]) => {
    const request: HttpRequest = {
      origin: "http://localhost:80",
      path: "/",
      method: "PUT",
      headers: { ...credentials, ...harmless, host: "localhost" },
      body: bytes,
      trailers: Effect.succeed({ "x-amz-trailer-signature": "secret" })
    }
    const next = Result.getOrThrow(redirected(request, { status: 307, headers: { location: location(80) } }))
    assert.deepStrictEqual(next?.headers, harmless)
    assert.isUndefined(next?.trailers)
    return Effect.void
  })

  it.live("from https to http is refused before anything is sent", () =>
    Effect.gen(function* () {
      const plain = yield* serveHttp(headersOf)
      const secure = yield* serveHttps("localhost", (_, response) =>
        response.writeHead(302, { location: `${at(plain)}/x?token=secret` }).end()
      )
      const origin = at(secure, "https", "localhost")
      const reason = yield* failsWith("not_a_storage_endpoint", exchange({ origin, redirects: 5 }))
      assert.include(reason.detail, "from https to http")
      assert.notInclude(JSON.stringify(reason), "secret")
      assert.lengthOf(plain.sockets, 0)
    }).pipe((effect) => withTransport(effect, { certificateAuthorities: [pem("localhost")] }))
  )

  it.live("from http to https is followed", () =>
    Effect.gen(function* () {
      const secure = yield* serveHttps("localhost", (_, response) => response.end("secure"))
      const plain = yield* serveHttp((_, response) =>
        response.writeHead(301, { location: at(secure, "https", "localhost") }).end()
      )
      assert.strictEqual(yield* exchange({ origin: at(plain), redirects: 1 }), "secure")
    }).pipe((effect) => withTransport(effect, { certificateAuthorities: [pem("localhost")] }))
  )

  it.live.each(["127.0.0.1", "localhost", "[::1]", "169.254.169.254"])(
    "to %s is egress_denied where the policy denies it",
    (host) =>
      Effect.gen(function* () {
        const inner = yield* serveHttp(headersOf)
        const outer = yield* serveHttp((_, response) =>
          response.writeHead(302, { location: at(inner, "http", host) }).end()
        )
        // the first address stands for a public one
        let judged = 0
        const policy: EgressPolicy = {
          name: "multi-tenant",
          permits: (address) => (judged += 1) === 1 || multiTenant.permits(address)
        }
        const call = exchange({ origin: at(outer), redirects: 3 })
        yield* failsWith("egress_denied", withTransport(call, { policy }))
        assert.lengthOf(outer.sockets, 1)
        assert.lengthOf(inner.sockets, 0)
      })
  )

  it.live("gives the connection of the last answer back with the Scope, and not before", () =>
    Effect.gen(function* () {
      const { answer } = serveRedirects({ "/a": [302, "/b"] })
      const server = yield* serveHttp(answer)
      const text = yield* Effect.scoped(
        Effect.gen(function* () {
          const response = yield* send({ origin: at(server), path: "/a", redirects: 1 })
          yield* exchange({ origin: at(server), path: "/meanwhile" })
          return yield* textOf(response)
        })
      )
      assert.strictEqual(text, "GET /b")
      assert.lengthOf(server.sockets, 2)
    }).pipe(withTransport)
  )
})

describe("an interruption of what was redirected", () => {
  it.live.each([
    ["before the headers", ""],
    ["within the body", "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nab"]
  ])("closes the socket %s", ([, bytes]) =>
    Effect.gen(function* () {
      const last = yield* serveBytes(bytes ?? "")
      const first = yield* serveHttp((_, response) => response.writeHead(302, { location: at(last) }).end())
      const call = yield* Effect.forkChild(exchange({ origin: at(first), redirects: 1 }))
      yield* eventually(() => (last.sockets[0]?.bytesRead ?? 0) > 0)
      yield* Fiber.interrupt(call)
      yield* eventually(() => last.sockets[0]?.destroyed === true)
    }).pipe(withTransport)
  )
})

describe("a Location", () => {
  const follow = (location: string, from = "/a/b?c=d") =>
    redirected({ origin: "http://host:9000", path: from, method: "GET" }, { status: 302, headers: { location } })

  it.each([
    ["/x", "http://host:9000", "/x"],
    ["/../x//./%2e", "http://host:9000", "/../x//./%2e"],
    ["x", "http://host:9000", "/a/x"],
    ["../x", "http://host:9000", "/x"],
    ["?x=y", "http://host:9000", "/a/b?x=y"],
    ["http://host:9000/x/../y", "http://host:9000", "/x/../y"],
    ["HTTP://HOST:9000", "http://host:9000", "/"],
    ["http://other?x=//y", "http://other", "/?x=//y"],
    ["https://other:443//x#y", "https://other", "//x"],
    ["//other/x", "http://other", "/x"],
    ["http://0x7f.1/x", "http://127.0.0.1", "/x"]
  ])("%s leads to %s%s", (location, origin, path) => {
    const next = Result.getOrThrow(follow(location))
    assert.deepStrictEqual([next?.origin, next?.path], [origin, path])
  })

  it("is resolved against a path that begins with two slashes", () => {
    const next = Result.getOrThrow(follow("y", "//x/z"))
    assert.deepStrictEqual([next?.origin, next?.path], ["http://host:9000", "//x/y"])
  })

  it.each([
    "ftp://other/x",
    "javascript:alert(1)",
    "http:x",
    "http:///x",
    "http://user:secret@other/x",
    "http://[/x",
    "\\\\other\\x",
    "/x y",
    "/\u00e9",
    ""
  ])("%j is refused and not repeated", (location) => {
    const error = Result.getOrThrow(Result.flip(follow(location)))
    assert.isTrue(StorageError.is(error))
    assert.strictEqual(error.reason._tag, "not_a_storage_endpoint")
    assert.notInclude(JSON.stringify(error.reason), "secret")
  })
})
