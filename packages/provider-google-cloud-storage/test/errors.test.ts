import { assert, it } from "@effect/vitest"
import { storageErrorOf } from "../src/errors.ts"

const tagOf = (status: number, reason?: string) => storageErrorOf({ status, reason }).reason._tag

it("reasons stand above statuses, and statuses for what has none", () => {
  const table: ReadonlyArray<readonly [number, string | undefined, string]> = [
    [400, "invalid", "invalid_value"],
    [400, "required", "invalid_value"],
    [401, "required", "permission_denied"],
    [401, "authError", "auth_invalid"],
    [401, undefined, "auth_invalid"],
    [403, "forbidden", "permission_denied"],
    [403, "rateLimitExceeded", "rate_limited"],
    [403, "userRateLimitExceeded", "rate_limited"],
    [403, "quotaExceeded", "quota_exceeded"],
    [403, "insufficientPermissions", "permission_denied"],
    [403, "userProjectAccessDenied", "permission_denied"],
    [404, "notFound", "not_found"],
    [404, undefined, "not_found"],
    [409, "conflict", "provider_unavailable"],
    [410, undefined, "not_found"],
    [412, "conditionNotMet", "precondition_failed"],
    [412, "orgPolicyConstraintFailed", "permission_denied"],
    [413, "uploadTooLarge", "body_too_large"],
    [416, "requestedRangeNotSatisfiable", "invalid_value"],
    [429, "rateLimitExceeded", "rate_limited"],
    [499, undefined, "not_found"],
    [500, "backendError", "provider_unavailable"],
    [503, undefined, "provider_unavailable"],
    [504, "gatewayTimeout", "timeout"],
    [302, undefined, "not_a_storage_endpoint"],
    [418, "teapot", "internal"]
  ]
  for (const [status, reason, expected] of table) {
    assert.strictEqual(tagOf(status, reason), expected, `${status} ${reason}`)
  }
})

it("what Google's table retries is retryable, and nothing else", () => {
  // https://cloud.google.com/storage/docs/retry-strategy
  for (const status of [408, 429, 500, 502, 503, 504]) {
    assert.isTrue(storageErrorOf({ status }).reason.retryable, String(status))
  }
  for (const status of [400, 401, 403, 404, 405, 409, 410, 411, 412, 413, 416]) {
    assert.isFalse(storageErrorOf({ status }).reason.retryable, String(status))
  }
})

it("only codes, ids and times are kept of an answer", () => {
  const { reason } = storageErrorOf({
    status: 429,
    reason: "rate limit of 'secret'",
    requestId: "AAwnv3Jx-_1",
    retryAfter: "7"
  })
  assert.deepStrictEqual([reason.providerCode, reason.requestId, reason.retryAfter], [undefined, "AAwnv3Jx-_1", 7000])
  assert.strictEqual(storageErrorOf({ status: 503, retryAfter: "Fri, 27 Nov 2026" }).reason.retryAfter, undefined)
})
