import { assert, describe, it } from "@effect/vitest"
import { StorageError } from "@mooring/core"
import { errorCodes, type ErrorCode } from "@mooring/core/errorCodes"
import * as Cause from "effect/Cause"
import { constants } from "node:os"
import { Errno, errnoOf, errnoOfCause } from "../../src/protocol/errno.ts"

describe("errno", () => {
  it("has the numbers of this platform", () => {
    for (const [name, number] of Object.entries(Errno)) {
      const known = (constants.errno as Readonly<Record<string, number>>)[name]
      if (name !== "EDQUOT") assert.strictEqual(number, known, name)
    }
  })

  it.each(Object.keys(errorCodes) as Array<ErrorCode>)(
    "has a number for %s, and never one that the kernel acts on",
    (code) => {
      const { errno } = errorCodes[code]
      assert.property(Errno, errno)
      const number = errnoOf(StorageError.of(code, "x"))
      assert.notInclude([Errno.ENOSYS, Errno.EAGAIN], number)
      assert.strictEqual(number, errno === "ENOSYS" ? Errno.ENOTSUP : Errno[errno as keyof typeof Errno])
    }
  )

  it("says EINTR of an interruption, and EIO of what is no error of ours", () => {
    assert.strictEqual(errnoOfCause(Cause.interrupt(1)), Errno.EINTR)
    assert.strictEqual(errnoOfCause(Cause.die(new Error("x"))), Errno.EIO)
    assert.strictEqual(errnoOfCause(Cause.fail(StorageError.of("no_space", "x"))), Errno.ENOSPC)
  })

  it("takes an error of another copy of core", () => {
    const foreign = Object.assign(new Error("x"), { _tag: "StorageError", reason: { _tag: "not_empty", detail: "" } })
    assert.strictEqual(errnoOfCause(Cause.fail(foreign as unknown as StorageError)), Errno.ENOTEMPTY)
  })
})
