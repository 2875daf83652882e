import { assert, describe, it } from "@effect/vitest"
import { readRequest, type ValueClass } from "../../src/vendorDiff/reading.ts"
import { differencesOf, formFields, jsonFields, lineOf, type SentRequest } from "../../src/vendorDiff/index.ts"

const classes: ReadonlyArray<ValueClass> = [
  ["segment", "", /^mooring-[\da-f]{4}$/, "a bucket"],
  ["parameter", "token", /^\d+$/, "a token"],
  ["field", "bucketId", /^\d+$/, "an id"],
  ["field", "parts.id", /^\d+$/, "an id"]
]

const post: SentRequest = {
  operation: "finish",
  method: "POST",
  path: "/api/mooring-12ab/finish?token=17&prefix=a=b&empty",
  headers: { host: "h" },
  body: Buffer.from(JSON.stringify({ bucketId: "1", parts: [{ id: "7" }, { id: "x" }], size: 3, none: null, list: [] }))
}

describe("readRequest", () => {
  it("gives each kind of value the name of its class, and leaves all others", () => {
    assert.deepStrictEqual(readRequest({ classes, fields: ({ body }) => jsonFields(body) }, post), {
      operation: "finish",
      method: "POST",
      path: "/api/a bucket/finish",
      parameters: { token: "a token", prefix: "a=b", empty: "" },
      headers: { host: "h" },
      fields: {
        bucketId: "an id",
        "parts.0.id": "an id",
        "parts.1.id": "x",
        size: "3",
        none: "null",
        list: "[]"
      }
    })
  })

  it("looks at no body unless told how", () => {
    assert.deepStrictEqual(readRequest({ classes }, post).fields, {})
  })
})

describe("fields", () => {
  it("are those of JSON, or the text where it is none", () => {
    assert.deepStrictEqual(jsonFields(Buffer.from('{"a":{"b":true,"c":{}}}')), { "a.b": "true", "a.c": "{}" })
    assert.deepStrictEqual(jsonFields("[1]"), { "0": "1" })
    assert.deepStrictEqual(jsonFields("no json"), { "": "no json" })
    assert.deepStrictEqual([jsonFields(), jsonFields(""), jsonFields("{}")], [{}, {}, {}])
  })

  it("are those of a form", () => {
    assert.deepStrictEqual(formFields(Buffer.from("grant_type=refresh+me&a=%2F")), { grant_type: "refresh me", a: "/" })
  })

  it("differ by name", () => {
    const sent = (body: object) => ({
      requests: [{ ...post, body: Buffer.from(JSON.stringify(body)) }],
      outcome: "success" as const
    })
    const work = { title: "finish", operation: "finish" }
    const reading = { classes, fields: ({ body }: SentRequest) => jsonFields(body) }
    const found = differencesOf(reading, work, sent({ bucketId: "1", size: 3 }), sent({ bucketId: "2", large: true }))
    assert.deepStrictEqual(found.map(lineOf), [
      "finish: field size: theirs 3, ours absent",
      "finish: field large: theirs absent, ours true"
    ])
  })
})
