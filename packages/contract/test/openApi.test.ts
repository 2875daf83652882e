import { assert, describe, it } from "@effect/vitest"
import { errorCodes } from "@mooring/core/errorCodes"
import * as Schema from "effect/Schema"
import { endpoints, ErrorBody, errorBody, openApi } from "../src/index.ts"

const paths = (): Record<string, Record<string, unknown>> =>
  openApi([{ id: "s3", title: "S3", jsonSchema: { title: "the options of s3" } }])["paths"] as never

describe("openApi", () => {
  it("has the concrete path of each provider and no template of one", () => {
    assert.isTrue(Object.hasOwn(paths(), "/api/v1/backends/s3"))
    assert.isTrue(Object.hasOwn(paths(), "/api/v1/providers/s3/test"))
    assert.isFalse(Object.keys(paths()).some((path) => path.startsWith("/api/v1/backends/{provider}")))
    assert.include(JSON.stringify(paths()["/api/v1/backends/s3"]), "the options of s3")
  })

  it("documents every route", () => {
    const operations = Object.values(paths()).flatMap((item) => Object.keys(item))
    assert.strictEqual(operations.length, Object.keys(endpoints).length)
  })
})

describe("errorBody", () => {
  it("is of its schema for every code", () => {
    for (const code of Object.keys(errorCodes) as Array<keyof typeof errorCodes>) {
      const body = errorBody({ code, detail: "no", requestId: "req_1" })
      assert.deepStrictEqual(Schema.decodeUnknownSync(ErrorBody)(JSON.parse(JSON.stringify(body))), body)
    }
  })
})
