import { assert, it } from "@effect/vitest"
import { specification } from "../../src/specification/options.ts"

it("has fifteen providers and 273 options, each once, with a default of its type", () => {
  const providers = Object.entries(specification)
  assert.strictEqual(providers.length, 15)
  assert.strictEqual(
    providers.reduce((sum, [, { options }]) => sum + options.length, 0),
    273
  )
  for (const [id, { options }] of providers) {
    assert.strictEqual(new Set(options.map(([name]) => name)).size, options.length, id)
    for (const [name, type, , initial, listed = []] of options) {
      const expected = type === "integer" ? "number" : type
      for (const value of [initial, ...listed]) assert.strictEqual(typeof value, expected, `${id}.${name}`)
    }
  }
})
