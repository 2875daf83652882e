import { assert, describe, it } from "@effect/vitest"
import { endpoints, open } from "@mooring/contract"
import * as Effect from "effect/Effect"
import { serverConfig } from "../src/serverConfig.ts"
import { running } from "./running.ts"

describe("authentication", () => {
  it.live("is asked of every route but health", () =>
    Effect.gen(function* () {
      const { send } = yield* running()
      for (const [name, { method, path }] of Object.entries(endpoints)) {
        const answer = yield* send(method, path.replace(/:\w+/, "sample"), { token: undefined })
        assert.strictEqual(answer.status, open.has(name as never) ? 200 : 401, name)
      }
      assert.strictEqual((yield* send("GET", "/unknown", { token: undefined })).status, 401)
    })
  )

  it.live("takes one valid token in the header and nothing else", () =>
    Effect.gen(function* () {
      const { send, token } = yield* running()
      const path = "/api/v1/providers"
      assert.strictEqual((yield* send("GET", path, { token: `bearer ${token}` })).status, 200)
      for (const wrong of [
        `Bearer ${token}x`,
        `Bearer ${token.slice(1)}`,
        token,
        "Bearer ",
        `Basic ${token}`,
        `Bearer ${"x".repeat(9000)}`
      ]) {
        const answer = yield* send("GET", path, { token: wrong })
        assert.deepStrictEqual([answer.status, answer.headers["www-authenticate"]], [401, "Bearer"])
        assert.strictEqual(answer.json.code, "unauthenticated")
      }
      const two = yield* send("GET", path, {
        token: undefined,
        headers: { authorization: [`Bearer ${token}`, "Bearer x"] }
      })
      assert.strictEqual(two.status, 401)
      assert.strictEqual((yield* send("GET", `${path}?access_token=${token}`, { token: undefined })).status, 401)
    })
  )
})

describe("a request", () => {
  it.live("keeps the id that it came with if that is one, else gets another", () =>
    Effect.gen(function* () {
      const { send } = yield* running()
      const idOf = (given: string) =>
        Effect.map(send("GET", "/healthz", { headers: { "x-request-id": given } }), ({ headers }) =>
          String(headers["x-request-id"])
        )
      assert.strictEqual(yield* idOf("trace-1.a_b"), "trace-1.a_b")
      for (const odd of ["a b", "a/b", "<script>", "x".repeat(65), ""])
        assert.match(yield* idOf(odd), /^req_[0-9a-f]{16}$/)
    })
  )
})

describe("serverConfig", () => {
  it.effect("refuses to listen elsewhere under local", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(serverConfig({ MOORING_HOST: "0.0.0.0" }))
      assert.include(error.reason.detail, "loopback")
      const config = yield* serverConfig({ MOORING_HOST: "0.0.0.0", MOORING_POLICY: "multi-tenant" })
      assert.deepStrictEqual([config.host, config.port], ["0.0.0.0", 8484])
      yield* Effect.flip(serverConfig({ MOORING_PORT: "99999" }))
      yield* Effect.flip(serverConfig({ MOORING_POLICY: "open" }))
    })
  )
})
