import { assert, describe, it } from "@effect/vitest"
import { isListable, nameBytes, readName } from "../../src/protocol/names.ts"

describe("names", () => {
  it.each([
    ["plain", "plain"],
    ["naïve 文", "naïve 文"],
    ["‛", "‛‛"]
  ])("%s is the segment %s", (name, segment) => {
    assert.strictEqual(readName(Buffer.from(`${name}\0rest`), 0), segment)
    assert.deepStrictEqual(Buffer.from(nameBytes(segment)), Buffer.from(name))
  })

  it("come back as the same bytes, whatever they are", () => {
    for (let pair = 0; pair < 0x10000; pair += 7) {
      const bytes = Buffer.of(0x61, pair >> 8, pair & 0xff, 0xac).filter((byte) => byte !== 0)
      const segment = readName(Buffer.concat([Buffer.from("ab"), bytes, Buffer.from([0])]), 2)
      assert.isTrue(segment.isWellFormed())
      assert.deepStrictEqual(Buffer.from(nameBytes(segment)), Buffer.from(bytes))
    }
  })

  it("are listed unless a kernel would refuse the listing for them", () => {
    const listed = (segment: string) => isListable(segment, nameBytes(segment))
    for (const segment of ["", ".", "..", "a/b", "nul\0", "n".repeat(1025)]) assert.isFalse(listed(segment), segment)
    for (const segment of ["...", "a b", "‛E9", "n".repeat(1024)]) assert.isTrue(listed(segment), segment)
  })
})
