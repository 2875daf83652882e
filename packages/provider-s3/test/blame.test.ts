import { assert, describe, it } from "@effect/vitest"
import { StorageError } from "@mooring/core"
import { blame, maybeReplaced } from "../src/credentials/blame.ts"

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
