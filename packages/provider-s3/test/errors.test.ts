import { assert, describe, it } from "@effect/vitest"
import { storageErrorOf, type S3Refusal } from "../src/errors.ts"

const reasonOf = (refusal: S3Refusal) => storageErrorOf(refusal).reason

/** Status, code, reason, pointer. */
const table: ReadonlyArray<readonly [number, string | undefined, string, string?]> = [
  [404, "NoSuchKey", "not_found"],
  [404, "NoSuchBucket", "not_found"],
  [404, "NoSuchVersion", "not_found"],
  [404, "NoSuchUpload", "not_found"],
  [404, undefined, "not_found"],
  [403, "AccessDenied", "permission_denied"],
  [403, undefined, "permission_denied"],
  [403, "InvalidAccessKeyId", "auth_invalid", "#/access_key_id"],
  [403, "SignatureDoesNotMatch", "auth_invalid", "#/secret_access_key"],
  [401, undefined, "auth_invalid"],
  [400, "ExpiredToken", "auth_expired", "#/session_token"],
  [400, "InvalidToken", "auth_invalid", "#/session_token"],
  [403, "SecondLevelDomainForbidden", "unsupported", "#/force_path_style"],
  [403, "PathStyleDomainForbidden", "unsupported", "#/force_path_style"],
  [511, undefined, "not_a_storage_endpoint"],
  [403, "RequestTimeTooSkewed", "clock_skew"],
  [400, "AuthorizationHeaderMalformed", "wrong_region", "#/region"],
  [301, "PermanentRedirect", "wrong_region", "#/region"],
  [301, undefined, "wrong_region", "#/region"],
  [400, "IllegalLocationConstraintException", "wrong_region", "#/region"],
  [400, "InvalidLocationConstraint", "invalid_value", "#/location_constraint"],
  [503, "SlowDown", "rate_limited"],
  [503, undefined, "rate_limited"],
  [429, undefined, "rate_limited"],
  [500, "InternalError", "provider_unavailable"],
  [502, undefined, "provider_unavailable"],
  [599, "Whatever", "provider_unavailable"],
  [409, "OperationAborted", "provider_unavailable"],
  [409, "ConditionalRequestConflict", "provider_unavailable"],
  [400, "RequestTimeout", "timeout"],
  [504, undefined, "timeout"],
  [400, "InvalidBucketName", "invalid_name"],
  [400, "KeyTooLongError", "invalid_name"],
  [409, "BucketNotEmpty", "not_empty"],
  [409, "BucketAlreadyExists", "already_exists"],
  [409, "BucketAlreadyOwnedByYou", "already_exists"],
  [412, "PreconditionFailed", "precondition_failed"],
  [304, undefined, "precondition_failed"],
  [416, "InvalidRange", "invalid_value"],
  [400, "InvalidArgument", "invalid_value"],
  [400, "EntityTooSmall", "invalid_value", "#/chunk_size"],
  [400, "BadDigest", "integrity_error"],
  [400, "XAmzContentSHA256Mismatch", "integrity_error"],
  [400, "InvalidPart", "integrity_error"],
  [403, "InvalidObjectState", "archived_tier"],
  [403, "QuotaExceeded", "quota_exceeded"],
  [507, "XMinioStorageFull", "no_space"],
  [400, "EntityTooLarge", "unsupported"],
  [501, "NotImplemented", "unsupported"],
  [405, "MethodNotAllowed", "unsupported"],
  [302, undefined, "not_a_storage_endpoint"],
  [418, "Teapot", "internal"],
  // A code that is not in the table leaves the word to the status.
  [404, "SomethingNew", "not_found"],
  [403, "constructor", "permission_denied"]
]

describe("storageErrorOf", () => {
  for (const [status, code, reason, pointer] of table) {
    it(`reads ${status} ${code ?? "without a code"} as ${reason}`, () => {
      const found = reasonOf({ status, ...(code !== undefined && { code }) })
      assert.deepStrictEqual(
        [found._tag, found.pointer, found.status, found.providerCode],
        [reason, pointer, status, code]
      )
    })
  }

  it("tries again what may pass, and nothing else", () => {
    const retryable = (code: string, status = 400) => reasonOf({ status, code }).retryable
    for (const code of ["SlowDown", "InternalError", "RequestTimeout", "OperationAborted", "BadDigest"]) {
      assert.isTrue(retryable(code), code)
    }
    for (const code of ["NoSuchKey", "AccessDenied", "ExpiredToken", "PreconditionFailed", "NotImplemented"]) {
      assert.isFalse(retryable(code), code)
    }
  })

  it("names the right region, also of an answer to HEAD that has no code", () => {
    const malformed = reasonOf({ status: 400, code: "AuthorizationHeaderMalformed", region: "eu-west-1" })
    assert.strictEqual(malformed.suggestion, "eu-west-1")
    const head = reasonOf({ status: 400, region: "eu-west-1" })
    assert.deepStrictEqual([head._tag, head.suggestion, head.pointer], ["wrong_region", "eu-west-1", "#/region"])
    assert.strictEqual(reasonOf({ status: 400 })._tag, "invalid_value")
  })

  it("measures the skew of clocks, also of an answer to HEAD that has no code", () => {
    const serverTime = Date.UTC(2026, 0, 1)
    const behind = reasonOf({
      status: 403,
      code: "RequestTimeTooSkewed",
      serverTime,
      localTime: serverTime - 1_800_000
    })
    assert.strictEqual(behind.detail, "the clock here is 1800 seconds behind that of the service")
    const ahead = reasonOf({ status: 403, serverTime, localTime: serverTime + 1_000_000 })
    assert.deepStrictEqual(
      [ahead._tag, ahead.detail],
      ["clock_skew", "the clock here is 1000 seconds ahead of that of the service"]
    )
    assert.strictEqual(reasonOf({ status: 403, serverTime, localTime: serverTime - 1_000_000 })._tag, "clock_skew")
    assert.strictEqual(reasonOf({ status: 403, serverTime, localTime: serverTime + 1000 })._tag, "permission_denied")
  })

  it("waits as long as the service asks, in seconds or until a date", () => {
    assert.strictEqual(reasonOf({ status: 503, retryAfter: "3" }).retryAfter, 3000)
    const serverTime = Date.UTC(2026, 0, 1)
    const date = "Thu, 01 Jan 2026 00:00:05 GMT"
    assert.strictEqual(reasonOf({ status: 503, retryAfter: date, serverTime }).retryAfter, 5000)
    assert.strictEqual(reasonOf({ status: 503, retryAfter: date, serverTime: serverTime + 60_000 }).retryAfter, 0)
    for (const retryAfter of ["", "soon", "-1", "1e9", "99999999999"]) {
      assert.isUndefined(reasonOf({ status: 503, retryAfter }).retryAfter, retryAfter)
    }
  })

  it("keeps of an answer only what has the form of a code, region or id", () => {
    const text = "<b>secret</b> text"
    const reason = reasonOf({ status: 400, code: text, region: text, requestId: text })
    assert.notInclude(JSON.stringify(reason), "secret")
    const malformed = { status: 400, code: "AuthorizationHeaderMalformed" }
    assert.isUndefined(reasonOf({ ...malformed, region: text }).suggestion)
    assert.strictEqual(reasonOf({ status: 404, requestId: "tx0-1a/b+c=" }).requestId, "tx0-1a/b+c=")
  })
})
