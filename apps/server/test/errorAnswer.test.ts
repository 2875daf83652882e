import { assert, describe, it } from "@effect/vitest"
import { StorageError } from "@mooring/core/StorageError"
import { errorAnswer } from "../src/errorAnswer.ts"
import { methodRefused } from "../src/RequestRefused.ts"

describe("errorAnswer", () => {
  it("says in whole seconds when to come back, if the reason knows", () => {
    const answer = errorAnswer(StorageError.of("rate_limited", "slower", { retryAfter: 1_500 }), "req_1")
    assert.deepStrictEqual([answer.status, answer.headers["retry-after"]], [429, "2"])
    assert.notProperty(errorAnswer(StorageError.of("rate_limited", "slower"), "req_1").headers, "retry-after")
  })

  it("names what is asked for and what is taken", () => {
    const missing = errorAnswer(StorageError.of("unauthenticated", "no token"), "req_1")
    assert.deepStrictEqual([missing.status, missing.headers["www-authenticate"]], [401, "Bearer"])
    const method = errorAnswer(methodRefused(["GET", "PUT"]), "req_1")
    assert.deepStrictEqual([method.status, method.headers["allow"]], [405, "GET, PUT"])
  })
})
