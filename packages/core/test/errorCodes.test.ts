import { assert, describe, it } from "@effect/vitest"
import * as os from "node:os"
import { errorCodes, isErrorCode } from "../src/errorCodes.ts"
import { StorageError } from "../src/StorageError.ts"

describe("errorCodes", () => {
  it.each(Object.entries(errorCodes))("%s has a status, an errno of this platform, and a title", (_code, meaning) => {
    assert.isTrue(meaning.status >= 400 && meaning.status < 600)
    assert.property(os.constants.errno, meaning.errno === "EDQUOT" ? "ENOSPC" : meaning.errno)
    assert.match(meaning.title, /^[A-Z].*[^.]$/)
  })

  it("tells programs nothing that means more than an error: a retry without end", () => {
    for (const [code, { errno }] of Object.entries(errorCodes)) {
      assert.notInclude(["EAGAIN", "EWOULDBLOCK", "ERESTART"], errno, code)
    }
  })

  it("has the errno by which mv copies instead, and the one of a name that is too long", () => {
    assert.strictEqual(errorCodes.cross_device.errno, "EXDEV")
    assert.strictEqual(errorCodes.name_too_long.errno, "ENAMETOOLONG")
    assert.strictEqual(errorCodes.rate_limited.errno, "EIO")
  })

  it("knows own names only", () => {
    assert.isTrue(isErrorCode("not_found"))
    for (const name of ["constructor", "__proto__", "toString", ""]) assert.isFalse(isErrorCode(name))
  })
})

describe("StorageError", () => {
  it("takes retryable from the table unless the provider knows better", () => {
    assert.isTrue(StorageError.of("rate_limited", "x").reason.retryable)
    assert.isFalse(StorageError.of("not_found", "x").reason.retryable)
    assert.isTrue(StorageError.of("not_found", "x", { retryable: true }).reason.retryable)
  })

  it("knows an error of another copy by its tag, and nothing else", () => {
    const foreign = Object.assign(new Error("x"), { _tag: "StorageError", reason: { _tag: "not_found", detail: "" } })
    assert.isTrue(StorageError.is(foreign))
    assert.strictEqual(StorageError.from(foreign), foreign)
    for (const other of [
      null,
      new Error("x"),
      { _tag: "StorageError" },
      { _tag: "StorageError", reason: { _tag: "x" } }
    ]) {
      assert.isFalse(StorageError.is(other))
    }
  })

  it("keeps nothing of a foreign error", () => {
    const error = StorageError.from(Object.assign(new Error("SECRET"), { headers: { authorization: "SECRET" } }))
    assert.strictEqual(error.reason._tag, "internal")
    assert.notInclude(JSON.stringify(error) + String(error), "SECRET")
  })
})
