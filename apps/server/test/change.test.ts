import { assert, describe, it } from "@effect/vitest"
import { ErrorBody } from "@mooring/contract"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { running } from "./running.ts"

const body = (json: unknown) => Schema.decodeUnknownSync(ErrorBody, { onExcessProperty: "error" })(json)

/** A backend with an object in it. A memory store forgets its objects when it is opened anew. */
const connected = Effect.gen(function* () {
  const server = yield* running()
  const given = { endpoint: "https://example.invalid", key: "CANARY-one", parts: 2 }
  const { id } = (yield* server.send("POST", "/api/v1/backends/sample", { body: given })).json.data as { id: string }
  const backend = `/api/v1/backends/${id}`
  const object = `${backend}/content?path=box%2Fobject`
  assert.strictEqual((yield* server.send("PUT", object, { body: { stored: true } })).status, 201)
  const change = (changes: unknown, headers: Record<string, string> = {}) =>
    server.send("PATCH", backend, { body: changes, headers })
  const status = Effect.map(server.send("GET", object), (answer) => answer.status)
  return { ...server, backend, change, status }
})

describe("PATCH /api/v1/backends/{id}", () => {
  it.live("puts new credentials under the open store, and shows that a secret is set", () =>
    Effect.gen(function* () {
      const { send, backend, change, status } = yield* connected
      const answer = yield* change({ key: "CANARY-two" })
      assert.deepStrictEqual([answer.status, answer.headers["etag"], answer.json.data.revision], [200, '"2"', 2])
      assert.deepStrictEqual(answer.json.data.options, {
        endpoint: "https://example.invalid",
        key: { set: true },
        parts: 2
      })
      assert.notInclude(answer.bytes.toString(), "CANARY")
      assert.deepStrictEqual((yield* send("GET", backend)).json, answer.json)
      assert.strictEqual(yield* status, 200)
    })
  )

  it.live("opens anew for any other change; null takes an option away", () =>
    Effect.gen(function* () {
      const { change, status } = yield* connected
      const moved = yield* change({ endpoint: "https://other.invalid", parts: null })
      assert.deepStrictEqual(moved.json.data.options, { endpoint: "https://other.invalid", key: { set: true } })
      assert.strictEqual(yield* status, 404)
    })
  )

  it.live("tests first: what fails changes nothing", () =>
    Effect.gen(function* () {
      const { send, backend, change, status } = yield* connected
      const before = (yield* send("GET", backend)).json
      const wrong = yield* change({ key: "CANARY-wrong" })
      assert.deepStrictEqual(
        [wrong.status, body(wrong.json).code, body(wrong.json).stages[0]?.outcome],
        [400, "auth_invalid", "failed"]
      )
      const refused = yield* change({ key: null, partz: 3 })
      assert.deepStrictEqual(
        body(refused.json).errors.map(({ pointer, code }) => `${pointer} ${code}`),
        ["#/partz unknown_field", "#/key missing_field"]
      )
      assert.strictEqual((yield* send("PATCH", backend, { body: "[]" })).status, 400)
      assert.deepStrictEqual((yield* send("GET", backend)).json, before)
      assert.strictEqual(yield* status, 200)
    })
  )

  it.live("changes only the revision that If-Match names", () =>
    Effect.gen(function* () {
      const { send, backend, change } = yield* connected
      const { etag } = (yield* send("GET", backend)).headers as { etag: string }
      assert.strictEqual((yield* change({ parts: 3 }, { "if-match": etag })).json.data.options.parts, 3)
      for (const old of [etag, '"other"']) {
        const late = yield* change({ parts: 4 }, { "if-match": old })
        assert.deepStrictEqual([late.status, body(late.json).code], [412, "precondition_failed"])
      }
      assert.strictEqual((yield* send("GET", backend)).json.data.options.parts, 3)
    })
  )

  it.live("of a backend that is not there is 404, and needs the token", () =>
    Effect.gen(function* () {
      const { send, backend } = yield* connected
      const missing = yield* send("PATCH", "/api/v1/backends/bck_0000000000000000", { body: {} })
      assert.deepStrictEqual([missing.status, body(missing.json).code], [404, "not_found"])
      assert.strictEqual((yield* send("PATCH", backend, { body: {}, token: undefined })).status, 401)
    })
  )
})
