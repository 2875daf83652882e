import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import type { Authority } from "../src/Authority.ts"
import type { Identity } from "../src/Identity.ts"
import { makeSession } from "../src/session.ts"
import { fakeAmbient } from "./entra/fakeAmbient.ts"
import { makeTokenDouble } from "./entra/tokenDouble.ts"

const application = (secret: string): Identity => ({
  kind: "token",
  source: { kind: "secret", tenant: "t", clientId: "c", secret: Redacted.make(secret) }
})

const tokenOf = (authority: Authority): string => (authority.kind === "bearer" ? Redacted.value(authority.token) : "")

const setup = (initial: Identity) => {
  const double = makeTokenDouble({ tenant: "t", clientId: "c", secret: "old" })
  const state = { identity: initial }
  const session = makeSession(
    Effect.sync(() => state.identity),
    double.transport,
    fakeAmbient()
  )
  return { double, state, session, token: Effect.map(session.get, tokenOf) }
}

describe("a session", () => {
  it.effect("fetches one token for all who wait, and another five minutes before it expires", () =>
    Effect.gen(function* () {
      const { double, token } = setup(application("old"))
      const found = yield* Effect.all(
        Array.from({ length: 20 }, () => token),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual([...new Set(found)], ["token-1"])
      yield* TestClock.adjust("54 minutes")
      assert.strictEqual(yield* token, "token-1")
      yield* TestClock.adjust("2 minutes")
      assert.strictEqual(yield* token, "token-2")
      assert.strictEqual(double.requests.length, 2)
    })
  )

  it.effect("fetches one anew for many refusals of the same", () =>
    Effect.gen(function* () {
      const { session, token } = setup(application("old"))
      const refused = yield* session.get
      yield* session.invalidate(refused)
      assert.strictEqual(yield* token, "token-2")
      yield* session.invalidate(refused)
      assert.strictEqual(yield* token, "token-2")
    })
  )

  it.effect("follows options that are replaced while it is open", () =>
    Effect.gen(function* () {
      const { double, state, token } = setup(application("old"))
      assert.strictEqual(yield* token, "token-1")
      double.state.world = { ...double.state.world, secret: "new" }
      state.identity = application("new")
      assert.strictEqual(yield* token, "token-2")
      state.identity = { kind: "sharedKey", account: "a", key: Redacted.make("") }
      assert.strictEqual(yield* token, "")
      state.identity = application("wrong")
      assert.strictEqual((yield* Effect.flip(token)).reason.pointer, "#/client_secret")
    })
  )
})
