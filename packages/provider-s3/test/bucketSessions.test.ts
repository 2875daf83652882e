import { assert, describe, it } from "@effect/vitest"
import { StorageError } from "@mooring/core"
import { constant } from "@mooring/core/Credentials"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import { makeBucketSessions } from "../src/credentials/bucketSessions.ts"
import type { S3Credentials } from "../src/credentials/CredentialSource.ts"
import { reasonOf } from "./reasonOf.ts"

const keys = (accessKeyId: string): S3Credentials => ({ accessKeyId, secretAccessKey: Redacted.make("CANARY") })
const minutes = 60_000

/** Sessions of five minutes, counted, for an account whose keys can be swapped. */
const arrange = (fails: () => boolean = () => false) => {
  const begun: Array<string> = []
  let account: S3Credentials | undefined = keys("AKIA1")
  const session = { ...constant(Effect.sync(() => account)), invalidate: () => Effect.void }
  const sessionWith = makeBucketSessions(session, (bucket) =>
    Effect.gen(function* () {
      begun.push(bucket)
      const number = begun.length
      yield* Effect.yieldNow
      if (fails()) return yield* StorageError.of("provider_unavailable", "the service failed")
      return { ...keys(`ASIA${number}`), ofBucket: true, expires: (yield* Clock.currentTimeMillis) + 5 * minutes }
    })
  )
  const swap = (to: S3Credentials | undefined) => {
    account = to
  }
  const idOf = (bucket: string) => Effect.map(sessionWith(bucket).get, (found) => found?.accessKeyId)
  return { begun, sessionWith, swap, idOf }
}

describe("sessions with directory buckets", () => {
  it.effect("are begun once for all who wait, one for each bucket", () =>
    Effect.gen(function* () {
      const { begun, idOf } = arrange()
      const calls = Array.from({ length: 16 }, (_, index) => idOf(index % 2 === 0 ? "a" : "b"))
      const ids = yield* Effect.all(calls, { concurrency: "unbounded" })
      assert.strictEqual(new Set(ids).size, 2)
      assert.sameMembers(begun, ["a", "b"])
    })
  )

  it.effect("are begun anew in the minute before they end, and not before", () =>
    Effect.gen(function* () {
      const { begun, idOf } = arrange()
      assert.strictEqual(yield* idOf("a"), "ASIA1")
      yield* TestClock.adjust(4 * minutes - 1000)
      assert.strictEqual(yield* idOf("a"), "ASIA1")
      yield* TestClock.adjust(2000)
      assert.strictEqual(yield* idOf("a"), "ASIA2")
      assert.deepStrictEqual(begun, ["a", "a"])
    })
  )

  it.effect("that are refused are forgotten, by value and for one bucket", () =>
    Effect.gen(function* () {
      const { begun, sessionWith, idOf } = arrange()
      const first = yield* sessionWith("a").get
      yield* idOf("b")
      yield* Effect.all([sessionWith("a").invalidate(first), sessionWith("a").invalidate(first)])
      assert.strictEqual(yield* idOf("a"), "ASIA3")
      yield* sessionWith("a").invalidate(first)
      yield* sessionWith("unknown").invalidate(first)
      assert.strictEqual(yield* idOf("a"), "ASIA3")
      assert.strictEqual(yield* idOf("b"), "ASIA2")
      assert.deepStrictEqual(begun, ["a", "b", "a"])
    })
  )

  it.effect("end with the keys of the account, and there are none without any", () =>
    Effect.gen(function* () {
      const { begun, idOf, swap } = arrange()
      yield* idOf("a")
      swap(keys("AKIA2"))
      assert.strictEqual(yield* idOf("a"), "ASIA2")
      swap(undefined)
      assert.isUndefined(yield* idOf("a"))
      assert.deepStrictEqual(begun, ["a", "a"])
    })
  )

  it.effect("that could not be begun are asked for again", () =>
    Effect.gen(function* () {
      let failing = true
      const { sessionWith, idOf } = arrange(() => failing)
      assert.strictEqual((yield* reasonOf(sessionWith("a").get))._tag, "provider_unavailable")
      failing = false
      assert.strictEqual(yield* idOf("a"), "ASIA2")
    })
  )
})
