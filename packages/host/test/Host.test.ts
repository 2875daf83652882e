import { assert, describe, it } from "@effect/vitest"
import { Ambient } from "@mooring/core/Ambient"
import { Transport } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import { createServer, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import * as Host from "../src/Host.ts"
import { temporaryFolder } from "./temporaryFolder.ts"

const started = Effect.fnUntraced(function* (env: Record<string, string>) {
  return Host.layer({ state: join(yield* temporaryFolder, "state"), policy: "local", plugins: [], env })
})

const serve = (answer: RequestListener) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.callback<ReturnType<typeof createServer>>((resume) => {
        const server = createServer(answer)
        server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
      }),
      (server) =>
        Effect.sync(() => {
          server.closeAllConnections()
          server.close()
        })
    ),
    (server) => ({ server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  )

describe("the host's environment", () => {
  it.live("is the providers', without the key of the vault", () =>
    Effect.gen(function* () {
      const layer = yield* started({ MOORING_KEY: "01".repeat(32), AWS_PROFILE: "work" })
      yield* Effect.gen(function* () {
        const { env } = yield* Ambient
        assert.deepStrictEqual([yield* env("AWS_PROFILE"), yield* env("MOORING_KEY")], ["work", undefined])
      }).pipe(Effect.provide(layer))
    })
  )

  it.live("names proxies in lower case, and for https in either: a web server sets HTTP_PROXY from a header", () =>
    Effect.gen(function* () {
      const { origin } = yield* serve((_, response) => response.end())
      const proxy = yield* serve(() => undefined)
      let tunnels = 0
      proxy.server.on("connect", (_, socket) => {
        tunnels += 1
        socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n")
      })
      const ask = Effect.fnUntraced(function* (env: Record<string, string>, to: string) {
        const asked = Effect.flatMap(Transport, ({ request }) => request({ origin: to, path: "/", method: "GET" }))
        const result = yield* Effect.result(Effect.provide(Effect.scoped(asked), yield* started(env)))
        return result._tag === "Success" ? result.success.status : result.failure.reason._tag
      })
      assert.strictEqual(yield* ask({ HTTP_PROXY: proxy.origin }, origin), 200)
      assert.strictEqual(tunnels, 0)
      assert.strictEqual(yield* ask({ http_proxy: proxy.origin }, origin), "provider_unavailable")
      for (const name of ["HTTPS_PROXY", "https_proxy"]) {
        assert.strictEqual(yield* ask({ [name]: proxy.origin }, "https://example.invalid"), "provider_unavailable")
      }
      assert.strictEqual(tunnels, 3)
      assert.strictEqual(yield* ask({ http_proxy: proxy.origin, NO_PROXY: "127.0.0.1" }, origin), 200)
    })
  )
})
