import { assert, describe, it } from "@effect/vitest"
import { storageErrorOf } from "../src/errors.ts"

describe("storageErrorOf", () => {
  it("names the reason of each status", () => {
    const reasons: ReadonlyArray<readonly [number, string, boolean]> = [
      [400, "invalid_value", false],
      [401, "auth_invalid", false],
      [403, "permission_denied", false],
      [404, "not_found", false],
      [408, "timeout", true],
      [409, "provider_unavailable", true],
      [412, "precondition_failed", false],
      [413, "quota_exceeded", false],
      [416, "invalid_value", false],
      [422, "integrity_error", true],
      [429, "rate_limited", true],
      [498, "rate_limited", true],
      [499, "provider_unavailable", true],
      [500, "provider_unavailable", true],
      [503, "provider_unavailable", true],
      [507, "no_space", false],
      [302, "not_a_storage_endpoint", false],
      [418, "internal", false]
    ]
    for (const [status, reason, retryable] of reasons) {
      const found = storageErrorOf({ status }).reason
      assert.deepStrictEqual([found._tag, found.retryable, found.status], [reason, retryable, status])
    }
  })

  it("keeps an id and a time to wait, if they have their form", () => {
    const { requestId, retryAfter } = storageErrorOf({ status: 503, requestId: "tx1-2", retryAfter: "7" }).reason
    assert.deepStrictEqual([requestId, retryAfter], ["tx1-2", 7000])
    const strange = storageErrorOf({ status: 503, requestId: "<script>", retryAfter: "soon" }).reason
    assert.deepStrictEqual([strange.requestId, strange.retryAfter], [undefined, undefined])
  })
})
