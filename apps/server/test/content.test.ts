import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { randomBytes } from "node:crypto"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { running } from "./running.ts"

const connected = Effect.gen(function* () {
  const server = yield* running()
  const answer = yield* server.send("POST", "/api/v1/backends/local", { body: { root: server.root } })
  const base = `/api/v1/backends/${(answer.json.data as { id: string }).id}`
  const content = (path: string) => `${base}/content?path=${encodeURIComponent(path)}`
  return { ...server, base, content }
})

describe("content", () => {
  it.live("is put, read whole and in part, told and removed", () =>
    Effect.gen(function* () {
      const { send, content, root } = yield* connected
      const bytes = randomBytes(5_000_000)
      const put = yield* send("PUT", content("dir/a b"), { body: bytes })
      assert.deepStrictEqual([put.status, put.json.data.path, put.json.data.size], [201, "dir/a b", bytes.length])
      assert.isTrue(readFileSync(join(root, "dir", "a b")).equals(bytes))
      const whole = yield* send("GET", content("dir/a b"))
      assert.include(String(whole.headers["content-security-policy"]), "sandbox")
      assert.strictEqual(whole.headers["x-content-type-options"], "nosniff")
      assert.deepStrictEqual([whole.status, whole.headers["content-length"]], [200, String(bytes.length)])
      assert.isTrue(whole.bytes.equals(bytes))
      const head = yield* send("HEAD", content("dir/a b"))
      assert.deepStrictEqual([head.status, head.headers["etag"], head.bytes.length], [200, whole.headers["etag"], 0])
      const ranges = {
        "bytes=1-3": [1, 4],
        "bytes=4999998-": [4_999_998],
        "bytes=-2": [4_999_998],
        "bytes=0-9999999": [0]
      }
      for (const [range, [start, end]] of Object.entries(ranges)) {
        const part = yield* send("GET", content("dir/a b"), { headers: { range } })
        assert.strictEqual(part.status, 206, range)
        assert.isTrue(part.bytes.equals(bytes.subarray(start, end)), range)
        assert.include(String(part.headers["content-range"]), `bytes ${start}-`)
      }
      assert.strictEqual((yield* send("GET", content("dir/a b"), { headers: { range: "bytes=9000000-" } })).status, 416)
      assert.strictEqual((yield* send("GET", content("dir/a b"), { headers: { range: "lines=1-2" } })).status, 200)
      assert.strictEqual((yield* send("DELETE", content("dir/a b"))).status, 204)
      assert.strictEqual((yield* send("DELETE", content("dir/a b"))).status, 204)
      const gone = yield* send("GET", content("dir/a b"))
      assert.deepStrictEqual([gone.status, gone.json.code], [404, "not_found"])
    })
  )

  it.live("never shows a part as the whole, and takes none for it", () =>
    Effect.gen(function* () {
      const { send, content } = yield* connected
      const etag = String((yield* send("PUT", content("a"), { body: "0123456789" })).headers["etag"])
      assert.strictEqual((yield* send("GET", content("a"), { headers: { range: "bytes=-0" } })).status, 416)
      // A client that resumes asks for the rest only of what it has the beginning of.
      for (const condition of [etag, '"x"', "Mon, 23 Nov 2026 00:00:00 GMT"]) {
        const headers = { range: "bytes=5-", "if-range": condition }
        const answer = yield* send("GET", content("a"), { headers })
        assert.deepStrictEqual([answer.status, answer.bytes.toString()], [200, "0123456789"], condition)
      }
      const part = yield* send("PUT", content("a"), { body: "xx", headers: { "content-range": "bytes 2-3/10" } })
      assert.strictEqual(part.status, 400)
      assert.strictEqual((yield* send("GET", content("a"))).bytes.toString(), "0123456789")
      yield* send("PUT", content("empty"), { body: "" })
      for (const range of ["bytes=0-", "bytes=-5"]) {
        const answer = yield* send("GET", content("empty"), { headers: { range } })
        assert.deepStrictEqual([answer.status, answer.bytes.length], [200, 0], range)
      }
    })
  )

  it.live("honours conditions", () =>
    Effect.gen(function* () {
      const { send, content } = yield* connected
      const etag = String((yield* send("PUT", content("a"), { body: "one" })).headers["etag"])
      const answers = [
        [yield* send("GET", content("a"), { headers: { "if-none-match": etag } }), 304],
        [yield* send("HEAD", content("a"), { headers: { "if-none-match": `"x", ${etag}` } }), 304],
        [yield* send("GET", content("a"), { headers: { "if-match": etag } }), 200],
        [yield* send("GET", content("a"), { headers: { "if-match": '"x"' } }), 412],
        [yield* send("PUT", content("a"), { body: "two", headers: { "if-none-match": "*" } }), 412],
        [yield* send("PUT", content("a"), { body: "two", headers: { "if-match": '"x"' } }), 412],
        [yield* send("PUT", content("a"), { body: "two", headers: { "if-match": etag } }), 201],
        [yield* send("PUT", content("a"), { body: "x", headers: { "if-match": `${etag}, "x"` } }), 501],
        [yield* send("PUT", content("a"), { body: "x", headers: { "if-match": "*" } }), 501],
        [yield* send("DELETE", content("a"), { headers: { "if-match": etag } }), 501]
      ] as const
      assert.deepStrictEqual(
        answers.map(([{ status }]) => status),
        answers.map(([, status]) => status)
      )
      assert.strictEqual((yield* send("GET", content("a"))).bytes.toString(), "two")
    })
  )

  it.live("reaches what the caller names and nothing else", () =>
    Effect.gen(function* () {
      const { send, content, root, base } = yield* connected
      writeFileSync(join(root, "..", "secret"), "CANARY")
      for (const path of ["../secret", "a/../../secret", "/secret", "..", ".", "%2e%2e/secret"]) {
        const answer = yield* send("GET", content(path))
        assert.isTrue(answer.status >= 400 && answer.status < 500, path)
        assert.notInclude(answer.bytes.toString(), "CANARY")
      }
      // A literal ‛ is doubled in a path, as core's codec says.
      const odd = ["a\nb", "100%", "a+b", "a&b=c", "#?", "ü‛‛", " "]
      for (const name of odd) {
        assert.strictEqual((yield* send("PUT", content(name), { body: name })).status, 201, name)
        assert.strictEqual((yield* send("GET", content(name))).bytes.toString(), name)
      }
      const listed = yield* send("GET", `${base}/entries`)
      const names = (listed.json.data.entries as Array<{ path: string }>).map(({ path }) => path)
      assert.sameMembers(names, odd)
      assert.strictEqual((yield* send("GET", `${base}/content?path=%ff`)).json.code, "invalid_value")
      assert.strictEqual((yield* send("GET", `${base}/content?path=a&path=b`)).json.code, "invalid_value")
      assert.strictEqual((yield* send("GET", `${base}/content`)).json.code, "is_a_directory")
      assert.isTrue(readdirSync(root).length > 0)
    })
  )

  it.live("is listed page by page", () =>
    Effect.gen(function* () {
      const { send, content, base } = yield* connected
      for (const name of ["a", "b", "d/c", "d/e"]) yield* send("PUT", content(name), { body: name })
      const seen: Array<string> = []
      let cursor = ""
      do {
        const next = cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`
        const { data } = (yield* send("GET", `${base}/entries?recursive=true&limit=1${next}`)).json
        assert.isAtMost(data.entries.length, 1)
        seen.push(...data.entries.map(({ path }: { path: string }) => path))
        cursor = data.cursor ?? ""
      } while (cursor !== "")
      assert.deepStrictEqual(seen, ["a", "b", "d/c", "d/e"])
      const below = (yield* send("GET", `${base}/entries?path=d`)).json.data.entries as Array<{
        kind: string
        path: string
      }>
      assert.deepStrictEqual(
        below.map(({ kind, path }) => [kind, path]),
        [
          ["object", "d/c"],
          ["object", "d/e"]
        ]
      )
      for (const wrong of ["limit=0", "limit=x", "recursive=perhaps", "cursor=%00"]) {
        assert.strictEqual((yield* send("GET", `${base}/entries?${wrong}`)).status, 400, wrong)
      }
    })
  )
})
