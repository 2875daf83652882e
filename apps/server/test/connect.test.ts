import { assert, describe, it } from "@effect/vitest"
import { ErrorBody } from "@mooring/contract"
import { Backends, Host } from "@mooring/host"
import { S3 } from "@mooring/provider-s3"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inspect } from "node:util"
import { running } from "./running.ts"

const connect = "/api/v1/backends/sample"
const valid = { endpoint: "https://example.invalid", key: "CANARY" }
const body = (json: unknown) => Schema.decodeUnknownSync(ErrorBody, { onExcessProperty: "error" })(json)

describe("POST /api/v1/backends/{provider}", () => {
  it.live("answers 201 to the letter, and never shows a secret", () =>
    Effect.gen(function* () {
      const { send, state } = yield* running()
      const answer = yield* send("POST", connect, { body: valid })
      const { id } = answer.json.data as { id: string }
      assert.match(id, /^bck_[0-9a-f]{16}$/)
      assert.strictEqual(
        answer.bytes.toString(),
        `{"success":true,"message":"Backend connected successfully","data":{"id":"${id}","backend_type":"sample","type":"object_storage","mount_paths":[]}}`
      )
      assert.strictEqual(answer.status, 201)
      const shown = yield* send("GET", `/api/v1/backends/${id}`)
      assert.deepStrictEqual(shown.json.data.options, { endpoint: valid.endpoint, key: { set: true } })
      const all = [answer, shown, yield* send("GET", "/api/v1/backends"), yield* send("GET", "/openapi.json")]
      const kept = readdirSync(state).map((name) => readFileSync(join(state, name), "latin1"))
      assert.notInclude([...all.map(({ bytes }) => bytes.toString()), ...kept].join(), "CANARY")
      assert.strictEqual((yield* send("DELETE", `/api/v1/backends/${id}`)).status, 204)
      assert.strictEqual((yield* send("GET", `/api/v1/backends/${id}`)).status, 404)
    })
  )

  it.live("answers 400 with every problem, and keeps nothing", () =>
    Effect.gen(function* () {
      const { send } = yield* running()
      const answer = yield* send("POST", connect, { body: { endpiont: "CANARY", parts: "abc" } })
      const { errors, code, success, status } = body(answer.json)
      assert.deepStrictEqual([answer.status, status, success, code], [400, 400, false, "unknown_field"])
      assert.deepStrictEqual(
        errors.map(({ pointer }) => pointer),
        ["#/endpiont", "#/parts", "#/endpoint", "#/key"]
      )
      assert.strictEqual(errors[0]?.suggestion, "endpoint")
      assert.notInclude(answer.bytes.toString(), "CANARY")
      assert.deepStrictEqual((yield* send("GET", "/api/v1/backends")).json, { success: true, data: [] })
    })
  )

  it.live("answers 400 with the stages if the connection fails, whatever the reason", () =>
    Effect.gen(function* () {
      const { send } = yield* running()
      const failed = yield* send("POST", connect, {
        body: { ...valid, key: "CANARY-wrong" },
        headers: { "x-request-id": "mine" }
      })
      const { error, code, stages, request_id, errors } = body(failed.json)
      assert.deepStrictEqual(
        [failed.status, error, code, request_id],
        [400, "the key is not valid", "auth_invalid", "mine"]
      )
      assert.deepStrictEqual([stages[0]?.outcome, stages[0]?.request_id, errors[0]?.pointer], ["failed", "R1", "#/key"])
      assert.notInclude(failed.bytes.toString(), "CANARY")
      const test = yield* send("POST", "/api/v1/providers/sample/test", { body: { ...valid, key: "wrong" } })
      assert.deepStrictEqual(
        [test.status, test.json.success, test.json.data.stages[0].code],
        [200, false, "auth_invalid"]
      )
      assert.strictEqual(
        (yield* send("POST", "/api/v1/providers/sample/test?at=a%2Fb", { body: valid })).json.success,
        true
      )
    })
  )

  it.live("refuses bodies that are no JSON object, with 400, 413 or 415 and never 500", () =>
    Effect.gen(function* () {
      const { send } = yield* running()
      const deep = "[".repeat(200_000)
      const twice = '{"key":"a","\\u006bey":"b"}'
      for (const text of [
        "",
        "[]",
        "null",
        '"x"',
        "1",
        "{",
        '{"a":}',
        "\uFEFF{}",
        deep,
        twice,
        '{"a":[{"b":1,"b":2}]}'
      ]) {
        const answer = yield* send("POST", connect, { body: text })
        assert.deepStrictEqual([answer.status, body(answer.json).code], [400, "invalid_body"], text.slice(0, 20))
      }
      const notUtf8 = yield* send("POST", connect, { body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]) })
      assert.strictEqual(body(notUtf8.json).code, "invalid_body")
      for (const text of ['{"__proto__":{"env_auth":true}}', '{"constructor":{"prototype":{"x":1}}}']) {
        const answer = yield* send("POST", connect, { body: text })
        assert.deepStrictEqual([answer.status, body(answer.json).code], [400, "unknown_field"])
        assert.isUndefined(({} as Record<string, unknown>)["env_auth"])
      }
      for (const type of ["", "text/plain", "application/x-www-form-urlencoded"]) {
        const answer = yield* send("POST", connect, { body: "{}", headers: { "content-type": type } })
        assert.deepStrictEqual([answer.status, body(answer.json).code], [415, "unsupported_media_type"])
      }
      const large = JSON.stringify({ key: "x".repeat(1024 * 1024) })
      assert.strictEqual((yield* send("POST", connect, { body: large })).status, 413)
      const chunked = yield* send("POST", connect, { body: large, headers: { "transfer-encoding": "chunked" } })
      assert.strictEqual(body(chunked.json).code, "body_too_large")
    })
  )

  it.live("finds providers by their own names only", () =>
    Effect.gen(function* () {
      const { send } = yield* running()
      const names = [
        "__proto__",
        "..%2fsample",
        "SAMPLE",
        "constructor",
        "sample%00",
        "sample%2f",
        "toString",
        "%2e%2e"
      ]
      for (const name of names) {
        const answer = yield* send("POST", `/api/v1/backends/${name}`, { body: valid })
        assert.deepStrictEqual([answer.status, body(answer.json).code], [404, "unknown_provider"], name)
      }
      for (const path of [
        "/api/v1/backends/../sample",
        "/api/v1/backends//sample",
        "/api/v1/backends/a%zz",
        "/api/v1/nothing"
      ]) {
        assert.strictEqual(body((yield* send("POST", path, { body: valid })).json).status, 404, path)
      }
      const missing = yield* send("POST", "/api/v1/backends/b2", { body: valid })
      assert.strictEqual(missing.status, 501)
      assert.include(body(missing.json).error, "@mooring/provider-b2")
    })
  )

  it.live("refuses files of the server under multi-tenant", () =>
    Effect.gen(function* () {
      const { send } = yield* running("multi-tenant")
      const answer = yield* send("POST", connect, { body: { ...valid, file: "/etc/passwd" } })
      assert.deepStrictEqual([answer.status, body(answer.json).errors[0]?.code], [400, "server_path_forbidden"])
      assert.strictEqual((yield* send("POST", "/api/v1/backends/local", { body: { root: "/" } })).status, 400)
    })
  )

  it.live("refuses credentials of the server under multi-tenant, however S3 is asked for them", () =>
    Effect.gen(function* () {
      const state = yield* Effect.acquireRelease(
        Effect.sync(() => mkdtempSync(join(tmpdir(), "mooring-"))),
        (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
      )
      const env = { AWS_ACCESS_KEY_ID: "CANARY", AWS_SECRET_ACCESS_KEY: "CANARY", AWS_PROFILE: "CANARY" }
      const plugins = [{ packageName: "@mooring/provider-s3", id: "s3", plugin: S3 }]
      const host = yield* Layer.build(Host.layer({ state, policy: "multi-tenant", plugins, env }))
      const { connect, test } = Context.get(host, Backends)
      const asks = [
        [{ env_auth: true }, "#/env_auth", "ambient_credentials_forbidden"],
        [{ profile: "p" }, "#/profile", "ambient_credentials_forbidden"],
        [{ shared_credentials_file: "/etc/passwd" }, "#/shared_credentials_file", "server_path_forbidden"]
      ] as const
      for (const [options, pointer, code] of asks) {
        const raw = { provider: "Other", endpoint: "https://example.invalid", ...options }
        for (const refusal of [Effect.asVoid(connect("s3", raw)), Effect.asVoid(test("s3", raw))]) {
          const refused = yield* Effect.flip(refusal)
          const problems = refused._tag === "BackendRefused" ? refused.problems : []
          assert.deepStrictEqual(
            problems.map((problem) => [problem.pointer, problem.code]),
            [[pointer, code]]
          )
          assert.notInclude(inspect(refused, { depth: null }), "CANARY")
        }
      }
    })
  )
})
