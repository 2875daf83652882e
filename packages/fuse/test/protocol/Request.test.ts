import { assert, describe, it } from "@effect/vitest"
import { Opcode } from "../../src/protocol/constants.ts"
import { made, request } from "./recorded.ts"

describe("Request", () => {
  it("reads the header of what the kernel wrote", () => {
    const lookup = request("LOOKUP")
    assert.deepStrictEqual([lookup.length, lookup.opcode, lookup.unique, lookup.node], [45, Opcode.LOOKUP, 12, 1])
  })

  it("reads names as segments, also two in a row", () => {
    assert.strictEqual(request("LOOKUP").name(0), "caf‛E9")
    assert.strictEqual(request("CREATE").name(16), "caf‛E9")
    assert.strictEqual(request("MKDIR").name(8), "d")
    assert.deepStrictEqual(request("RENAME2").names(16), ["caf‛E9", "new"])
  })

  it("copies what it is asked to, so that the buffer may be used again", () => {
    const write = request("WRITE_AT_5")
    const copied = write.copy(40, write.word(4))
    write.bytes.fill(0)
    assert.strictEqual(Buffer.from(copied).toString(), "more")
  })

  it("reads 64 bits up to 2^53, and signed ones", () => {
    const large = made(
      Opcode.READ,
      2 ** 52 + 3,
      [0xffff_ffff, 0x1f_ffff, 0xffff_fffe, 0xffff_ffff],
      undefined,
      2 ** 40 + 1
    )
    assert.deepStrictEqual(
      [large.node, large.unique, large.long(0)],
      [2 ** 52 + 3, 2 ** 40 + 1, Number.MAX_SAFE_INTEGER]
    )
    assert.strictEqual(large.signedLong(2), -2)
  })
})
