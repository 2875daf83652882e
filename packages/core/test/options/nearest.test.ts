import { assert, describe, it } from "@effect/vitest"
import { nearest } from "../../src/options/nearest.ts"

describe("nearest", () => {
  it("is what a slip meant, as it is written in the list, in any case", () => {
    assert.strictEqual(nearest("acess_key", ["secret_key", "access_key"]), "access_key")
    assert.strictEqual(nearest("glacier", ["STANDARD", "GLACIER"]), "GLACIER")
    assert.strictEqual(nearest("GLACIR", ["glacier", "standard"]), "glacier")
  })

  it("is nothing where all are far, or there are none", () => {
    assert.isUndefined(nearest("cold", ["STANDARD", "GLACIER"]))
    assert.isUndefined(nearest("ab", ["cd"]))
    assert.isUndefined(nearest("ab", []))
  })
})
