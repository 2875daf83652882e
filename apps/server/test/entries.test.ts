import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { running } from "./running.ts"

/** A server with a backend over a directory, and one over keys in memory. */
const connected = Effect.gen(function* () {
  const server = yield* running()
  const connect = Effect.fnUntraced(function* (provider: string, body: unknown) {
    const answer = yield* server.send("POST", `/api/v1/backends/${provider}`, { body })
    return `/api/v1/backends/${(answer.json.data as { id: string }).id}`
  })
  const local = yield* connect("local", { root: server.root })
  const keys = yield* connect("sample", { endpoint: "https://host.invalid", key: "right" })
  const at = (base: string, route: string, path: string) => `${base}/${route}?path=${encodeURIComponent(path)}`
  return { ...server, local, keys, at }
})

const plain = { "content-type": "text/plain" }

describe("entries", () => {
  it.live("are made and removed: directories, and containers where the provider has them", () =>
    Effect.gen(function* () {
      const { send, local, keys, at } = yield* connected
      const made = yield* send("POST", at(local, "entries", "dir"))
      assert.deepStrictEqual([made.status, made.json.data], [201, { kind: "directory", path: "dir" }])
      yield* send("PUT", at(local, "content", "dir/a"), { body: "one" })
      const full = yield* send("DELETE", at(local, "entries", "dir"))
      assert.deepStrictEqual([full.status, full.json.code], [409, "not_empty"])
      yield* send("DELETE", at(local, "content", "dir/a"))
      assert.strictEqual((yield* send("DELETE", at(local, "entries", "dir"))).status, 204)
      const container = yield* send("POST", at(keys, "entries", "new"))
      assert.deepStrictEqual([container.status, container.json.data.kind], [201, "container"])
      const unable = yield* send("POST", at(keys, "entries", "new/dir"))
      assert.deepStrictEqual([unable.status, unable.json.code], [501, "unsupported"])
      assert.strictEqual((yield* send("DELETE", at(keys, "entries", "new"))).status, 204)
    })
  )

  it.live("are copied and moved, also where the provider cannot move", () =>
    Effect.gen(function* () {
      const { send, local, keys, at } = yield* connected
      for (const [base, place] of [
        [local, ""],
        [keys, "box/"]
      ] as const) {
        yield* send("PUT", at(base, "content", `${place}a`), { body: "one", headers: plain })
        const copied = yield* send("POST", `${base}/copy`, { body: { from: `${place}a`, to: `${place}b/c` } })
        assert.deepStrictEqual([copied.status, copied.json.data.path, copied.json.data.size], [201, `${place}b/c`, 3])
        const moved = yield* send("POST", `${base}/move`, { body: { from: `${place}b/c`, to: `${place}d` } })
        assert.deepStrictEqual([moved.status, moved.json.data.path], [201, `${place}d`])
        assert.strictEqual((yield* send("GET", at(base, "content", `${place}d`))).bytes.toString(), "one")
        assert.strictEqual((yield* send("GET", at(base, "content", `${place}b/c`))).status, 404)
        const itself = yield* send("POST", `${base}/move`, { body: { from: `${place}d`, to: `${place}d` } })
        assert.strictEqual(itself.status, 201)
        assert.strictEqual((yield* send("GET", at(base, "content", `${place}d`))).bytes.toString(), "one")
      }
    })
  )

  it.live("are linked to where the provider has links", () =>
    Effect.gen(function* () {
      const { send, local, keys } = yield* connected
      const link = yield* send("POST", `${keys}/link`, { body: { path: "box/a", expires_in: 60 } })
      assert.strictEqual(link.status, 200)
      assert.deepStrictEqual([link.json.data.method, link.json.data.headers], ["GET", {}])
      assert.match(link.json.data.url, /^https:/)
      assert.isAbove(Date.parse(link.json.data.expires), Date.now())
      for (const body of [{ path: "a" }, { path: "a", public: true }]) {
        const unable = yield* send("POST", `${local}/link`, { body })
        assert.deepStrictEqual([unable.status, unable.json.code], [501, "unsupported"])
      }
    })
  )

  it.live("take a body as it is described, and say which member is wrong", () =>
    Effect.gen(function* () {
      const { send, keys } = yield* connected
      const cases: ReadonlyArray<readonly [string, unknown, number, string, string]> = [
        ["copy", { from: "a" }, 400, "missing_field", "#/to"],
        ["copy", { from: "a", to: 1 }, 400, "invalid_value", "#/to"],
        ["move", { from: "a", to: "b", force: true }, 400, "unknown_field", "#/force"],
        ["link", { path: "box/a", method: "DELETE" }, 400, "invalid_value", "#/method"],
        ["link", { path: "box/a", expires_in: "1h" }, 400, "invalid_value", "#/expires_in"]
      ]
      for (const [route, body, status, code, pointer] of cases) {
        const answer = yield* send("POST", `${keys}/${route}`, { body })
        assert.deepStrictEqual(
          [answer.status, answer.json.code, answer.json.errors[0]?.pointer],
          [status, code, pointer]
        )
      }
    })
  )
})
