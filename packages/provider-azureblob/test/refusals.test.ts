import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { fakeService, refusal, type FakeAnswer } from "./fakeService.ts"
import { openWith, settingsOf } from "./store.ts"

const withKey = { account: "acme", key: "bW9vcmluZw==" }
const withSas = (query: string) => ({ sas_url: `https://acme.blob.core.windows.net/?sv=2022-11-02&${query}&sig=c2ln` })

/** The reason with which a stat fails that is answered so. */
const reasonOf = Effect.fnUntraced(function* (options: object, answer: FakeAnswer) {
  const { store } = yield* openWith(settingsOf(options), fakeService(() => answer).transport)
  const { reason } = yield* Effect.flip(store.check)
  assert.notInclude(JSON.stringify(reason), "CANARY")
  return reason
}, Effect.scoped)

const refuses = Effect.fnUntraced(function* (options: object, answer: FakeAnswer, code: string, pointer?: string) {
  const reason = yield* reasonOf(options, answer)
  assert.deepStrictEqual([reason._tag, reason.pointer], [code, pointer])
})

const httpDate = (offset: number) =>
  Effect.map(Clock.currentTimeMillis, (now) => ({ date: new Date(now + offset).toUTCString() }))

describe("a refusal", () => {
  it.live("of a key is a wrong key, or a wrong clock", () =>
    Effect.gen(function* () {
      yield* refuses(withKey, refusal(403, "AuthenticationFailed", yield* httpDate(0)), "auth_invalid", "#/key")
      const skewed = refusal(403, "AuthenticationFailed", yield* httpDate(3_600_000))
      const reason = yield* reasonOf(withKey, skewed)
      assert.strictEqual(reason._tag, "clock_skew")
      assert.match(reason.detail, /^the clock here is 3(600|599|601) seconds behind/)
      yield* refuses(withKey, refusal(403, "KeyBasedAuthenticationNotPermitted"), "auth_invalid", "#/key")
    })
  )
  it.live("of a signature is one that ended, that has not begun, or that is for something else", () =>
    Effect.gen(function* () {
      const failed = refusal(403, "AuthenticationFailed")
      const all = "ss=b&srt=sco&sp=rl"
      yield* refuses(withSas(`${all}&se=2020-01-01T00:00:00Z`), failed, "auth_expired", "#/sas_url")
      yield* refuses(withSas(`${all}&se=2999-01-01&st=2998-01-01`), failed, "auth_invalid", "#/sas_url")
      yield* refuses(withSas("ss=q&srt=sco&sp=rl&se=2999-01-01"), failed, "auth_invalid", "#/sas_url")
      yield* refuses(withSas(`${all}&se=2999-01-01`), failed, "auth_invalid", "#/sas_url")
    })
  )
  it.live("has the reason of its code, else of its status", () =>
    Effect.gen(function* () {
      const rows = [
        [refusal(409, "BlobArchived"), "archived_tier", undefined],
        [refusal(409, "SnapshotsPresent"), "not_empty", "#/delete_snapshots"],
        [refusal(409, "BlobAlreadyExists"), "precondition_failed", undefined],
        [refusal(400, "Md5Mismatch"), "integrity_error", undefined],
        [refusal(418, "SomethingNew"), "internal", undefined],
        [{ status: 412 }, "precondition_failed", undefined],
        [{ status: 302 }, "not_a_storage_endpoint", undefined],
        [{ status: 404, body: "<!doctype html><title>CANARY</title>" }, "not_a_storage_endpoint", undefined],
        [{ status: 200, body: "<html/>" }, "not_a_storage_endpoint", undefined],
        [{ status: 200, body: "<Other/>" }, "not_a_storage_endpoint", undefined],
        [{ status: 200, body: "CANARY" }, "not_a_storage_endpoint", undefined]
      ] as const
      for (const [answer, code, pointer] of rows) yield* refuses(withKey, answer, code, pointer)
    })
  )
  it.live("to list shows that an identity was accepted, but for a key, which may do everything", () =>
    Effect.gen(function* () {
      const denied = () => refusal(403, "AuthorizationPermissionMismatch")
      const { store } = yield* openWith(settingsOf(withSas("sp=r")), fakeService(denied).transport)
      yield* store.check
      yield* refuses(withKey, denied(), "permission_denied")
    }).pipe(Effect.scoped)
  )
})
