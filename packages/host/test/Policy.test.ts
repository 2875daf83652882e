import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { policyOf } from "../src/Policy.ts"

const dangers = (value: string) => [
  { pointer: "#/endpoint", danger: "url" as const, value },
  { pointer: "#/file", danger: "server-file" as const, value },
  { pointer: "#/identity", danger: "ambient-identity" as const, value },
  { pointer: "#/command", danger: "exec" as const, value }
]

describe("policy", () => {
  it.effect("permits everything of its user's under local", () => policyOf("local").check(dangers("/etc/passwd")))

  it.effect("refuses files, identity and programs of the server under multi-tenant, all at once", () =>
    Effect.gen(function* () {
      const refused = yield* Effect.flip(policyOf("multi-tenant").check(dangers("/etc/passwd")))
      assert.deepStrictEqual(
        refused.problems.map(({ pointer, code }) => [pointer, code]),
        [
          ["#/file", "server_path_forbidden"],
          ["#/identity", "ambient_credentials_forbidden"],
          ["#/command", "ambient_credentials_forbidden"]
        ]
      )
      const other = yield* Effect.flip(policyOf("multi-tenant").check(dangers("/missing")))
      assert.deepStrictEqual(other.problems, refused.problems)
    })
  )

  it("has an egress policy that denies the server's own network to strangers only", () => {
    assert.isTrue(policyOf("local").egress.permits("127.0.0.1"))
    assert.isFalse(policyOf("multi-tenant").egress.permits("127.0.0.1"))
    assert.isFalse(policyOf("multi-tenant").egress.permits("169.254.169.254"))
  })
})
