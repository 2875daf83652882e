import { assert, describe, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import { authorise, authorisePart } from "../src/Authority.ts"
import { authorization } from "../src/sharedKey.ts"

const time = Date.UTC(2026, 10, 27)
const date = "Fri, 27 Nov 2026 00:00:00 GMT"
const request = { method: "DELETE", path: "/box/name", headers: { "content-length": "0" } }
const key = { account: "acme", key: Redacted.make("a2V5") }
const expires = time + 1000

describe("a request is authorised", () => {
  it("with its version and time, a part of a batch with its time only", () => {
    const authority = { kind: "bearer", token: Redacted.make("t"), expires } as const
    const headers = { "content-length": "0", "x-ms-date": date, authorization: "Bearer t" }
    assert.deepStrictEqual(authorisePart(authority, request, time), { path: "/box/name", headers })
    assert.deepStrictEqual(authorise(authority, request, time).headers, { ...headers, "x-ms-version": "2022-11-02" })
  })
  it("by a key, over all headers that are sent", () => {
    for (const by of [authorise, authorisePart]) {
      const { authorization: signed, ...headers } = by({ kind: "sharedKey", ...key }, request, time).headers
      assert.strictEqual(signed, authorization(key, { ...request, headers }))
    }
  })
  it("by a signature behind the query that is there, and by nothing", () => {
    const sas = { kind: "sas", query: Redacted.make("sig=x") } as const
    assert.strictEqual(authorise(sas, request, time).path, "/box/name?sig=x")
    assert.strictEqual(authorise(sas, { ...request, path: "/box?comp=list" }, time).path, "/box?comp=list&sig=x")
    assert.notProperty(authorise({ kind: "anonymous" }, request, time).headers, "authorization")
  })
})
