import { assert, it } from "@effect/vitest"
import { choiceOf } from "../../src/connectionTest/Authentication.ts"

it("a choice is a sentence, whoever is chosen, and there is none without others", () => {
  assert.strictEqual(choiceOf({ used: ["key"], ignored: [] }), undefined)
  assert.strictEqual(choiceOf({ used: ["key"], ignored: ["token"] }), "key is used, token is ignored")
  assert.strictEqual(
    choiceOf({ used: [], ignored: ["key", "token"] }),
    "no credentials are used, key and token are ignored"
  )
})
