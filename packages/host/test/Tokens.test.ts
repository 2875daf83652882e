import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as sqlite from "../src/sqlite/layer.ts"
import { Tokens } from "../src/Tokens.ts"
import { temporaryFolder } from "./temporaryFolder.ts"

describe("tokens", () => {
  it.effect("are given out once, and verified over a restart", () =>
    Effect.gen(function* () {
      const layer = Layer.provide(Tokens.layer, sqlite.layer(yield* temporaryFolder))
      const given = yield* Effect.provide(
        Effect.flatMap(Tokens, ({ first }) => first),
        layer
      )
      assert.isDefined(given)
      yield* Effect.gen(function* () {
        const { first, verify } = yield* Tokens
        assert.isUndefined(yield* first)
        assert.isTrue(yield* verify(given!))
        assert.isFalse(yield* verify(Redacted.make(`${Redacted.value(given!)}x`)))
      }).pipe(Effect.provide(layer))
    })
  )
})
