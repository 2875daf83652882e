import { assert, describe, it } from "@effect/vitest"
import { endpoints } from "@mooring/contract"
import * as Effect from "effect/Effect"
import { methodsAt } from "../src/methodsAt.ts"
import { running } from "./running.ts"

describe("methodsAt", () => {
  it("knows each route of the contract, and no other path", () => {
    for (const { method, path } of Object.values(endpoints)) assert.include(methodsAt(`${path}?at=/x`), method)
    assert.deepStrictEqual(methodsAt("/api/v1/backends/s3"), ["DELETE", "GET", "PATCH", "POST"])
    for (const path of ["/", "/api/v1/backends/", "/api/v1/backends/a/b", "/openapi_json", "/HEALTHZ"]) {
      assert.deepStrictEqual(methodsAt(path), [], path)
    }
  })
})

describe("a method that a route does not take", () => {
  it.live("is 405 with the methods that it takes", () =>
    Effect.gen(function* () {
      const { send } = yield* running()
      const put = yield* send("PUT", "/api/v1/backends/sample?at=x", { body: {} })
      assert.deepStrictEqual([put.status, put.headers["allow"]], [405, "DELETE, GET, PATCH, POST"])
      assert.deepStrictEqual([put.json.code, put.json.status, put.json.success], ["unsupported", 405, false])
      const options = yield* send("OPTIONS", "/api/v1/backends/bck_0000000000000000/content")
      assert.deepStrictEqual([options.status, options.headers["allow"]], [405, "DELETE, GET, HEAD, PUT"])
      const health = yield* send("POST", "/healthz", { body: {} })
      assert.deepStrictEqual([health.status, health.headers["allow"]], [405, "GET"])
    })
  )

  it.live("is 404 where there is no route, and 401 without a token", () =>
    Effect.gen(function* () {
      const { send } = yield* running()
      const none = yield* send("PUT", "/api/v1/nothing")
      assert.deepStrictEqual([none.status, none.headers["allow"]], [404, undefined])
      const malformed = yield* send("POST", "/api/v1/backends/a%zz", { body: {} })
      assert.strictEqual(malformed.status, 404)
      const stranger = yield* send("PUT", "/api/v1/backends", { token: undefined })
      assert.deepStrictEqual([stranger.status, stranger.headers["allow"]], [401, undefined])
    })
  )
})
