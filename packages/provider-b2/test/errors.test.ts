import { assert, it } from "@effect/vitest"
import { storageErrorOf } from "../src/errors.ts"

const cases: ReadonlyArray<readonly [number, string | undefined, string, boolean]> = [
  [401, "expired_auth_token", "auth_expired", false],
  [401, "bad_auth_token", "auth_invalid", false],
  [401, "unauthorized", "permission_denied", false],
  [401, undefined, "permission_denied", false],
  [400, "bad_bucket_id", "not_found", false],
  [400, "no_such_file", "not_found", false],
  [400, "file_not_present", "not_found", false],
  [400, "already_hidden", "not_found", false],
  [400, "duplicate_bucket_name", "already_exists", false],
  [400, "cannot_delete_non_empty_bucket", "not_empty", false],
  [400, "bad_request", "invalid_value", false],
  [403, "storage_cap_exceeded", "quota_exceeded", false],
  [404, undefined, "not_found", false],
  [408, "request_timeout", "timeout", true],
  [416, "range_not_satisfiable", "invalid_value", false],
  [429, "too_many_requests", "rate_limited", true],
  [500, "internal_error", "provider_unavailable", true],
  [503, "service_unavailable", "provider_unavailable", true],
  [599, "never heard of", "provider_unavailable", true],
  [511, undefined, "not_a_storage_endpoint", false],
  [302, undefined, "not_a_storage_endpoint", false],
  [418, undefined, "internal", false]
]

for (const [status, code, reason, retryable] of cases) {
  it(`${status} ${code ?? "without a code"} is ${reason}`, () => {
    const error = storageErrorOf({ status, code })
    assert.deepStrictEqual([error.reason._tag, error.reason.retryable], [reason, retryable])
    assert.strictEqual(error.reason.status, status)
  })
}

it("the service says how long to wait in seconds, and nothing of its words is kept that is no code", () => {
  const { reason } = storageErrorOf({ status: 503, code: "no code\n<b>", retryAfter: "7", requestId: "a b" })
  assert.deepStrictEqual([reason.retryAfter, reason.providerCode, reason.requestId], [7000, undefined, undefined])
  assert.isUndefined(storageErrorOf({ status: 503, retryAfter: "soon" }).reason.retryAfter)
})
