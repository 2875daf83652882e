import { assert, describe, it } from "@effect/vitest"
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { beginningOf } from "../src/api/refusal.ts"
import { blame, maybeReplaced } from "../src/credentials/blame.ts"
import { bodyOf } from "./openDouble.ts"

describe("beginningOf", () => {
  it.effect("takes 64 KiB of a body that never ends", () =>
    Effect.gen(function* () {
      let pulled = 0
      const block = new Uint8Array(10_000)
      const endless = Stream.fromEffectRepeat(
        Effect.sync(() => {
          pulled += block.length
          // Ends a reader that does not stop by itself.
          return pulled > 1_000_000 ? assert.fail("all of it is read") : block
        })
      )
      assert.strictEqual((yield* beginningOf(endless)).byteLength, 64 * 1024)
      assert.isAtMost(pulled, 80_000)
    })
  )

  it.effect("takes what came of a body that breaks off", () =>
    Effect.gen(function* () {
      const broken = Stream.concat(bodyOf("<Error>"), Stream.fail(StorageError.of("timeout", "silence")))
      assert.strictEqual(Buffer.from(yield* beginningOf(broken)).toString(), "<Error>")
    })
  )
})

describe("credentials that were refused", () => {
  const keys = { accessKeyId: "a" } as Parameters<typeof maybeReplaced>[1]
  const silent = StorageError.of("permission_denied", "no", { status: 403 })

  it("may have been replaced if they expired or are not known, or if HEAD does not say why", () => {
    for (const code of ["auth_invalid", "auth_expired"] as const) {
      assert.isTrue(maybeReplaced(StorageError.of(code, "no"), { ...keys, expires: 1 }))
    }
    assert.isTrue(maybeReplaced(silent, keys))
  })

  it("have not if their end is known, if the service says why, or if nothing answered", () => {
    assert.isFalse(maybeReplaced(silent, { ...keys, expires: 1 }))
    assert.isFalse(maybeReplaced(StorageError.with(silent, { providerCode: "AccessDenied" }), keys))
    assert.isFalse(maybeReplaced(StorageError.of("permission_denied", "no"), keys))
  })

  it("are put to the option that chose them", () => {
    const refused = StorageError.of("auth_invalid", "no", { pointer: "#/access_key_id" })
    const source = { kind: "ambient", environment: true, profile: undefined, file: undefined } as const
    assert.strictEqual(blame(refused, source).reason.pointer, "#/env_auth")
    assert.strictEqual(blame(refused, { ...source, profile: "work" }).reason.pointer, "#/profile")
    assert.strictEqual(blame(refused, { kind: "anonymous" }), refused)
  })
})
