import { assert, describe, it } from "@effect/vitest"
import { bytesFromText, textFromBytes } from "../../src/encoding/surrogateEscape.ts"
import { anyBytes } from "./arbitraryNames.ts"

describe("surrogateEscape", () => {
  /** From Unicode's table 3-7 and, for the escapes, Python: `bytes.fromhex(…).decode("utf-8", "surrogateescape")`. */
  it.each([
    ["61c3a9e6bca2f09f9880", "aé漢😀"],
    ["efbbbf61", "\ufeffa"],
    ["efbfbd", "\ufffd"],
    ["ff", "\udcff"],
    ["c080", "\udcc0\udc80"],
    ["e08080", "\udce0\udc80\udc80"],
    ["eda080", "\udced\udca0\udc80"],
    ["f08fbfbf", "\udcf0\udc8f\udcbf\udcbf"],
    ["f4908080", "\udcf4\udc90\udc80\udc80"],
    ["f5808080", "\udcf5\udc80\udc80\udc80"],
    ["61f09f98", "a\udcf0\udc9f\udc98"],
    ["c3efbfbdc3a9", "\udcc3\ufffdé"]
  ])("%s", (hex, text) => {
    assert.strictEqual(textFromBytes(Buffer.from(hex, "hex")), text)
    assert.strictEqual(Buffer.from(bytesFromText(text)).toString("hex"), hex)
  })

  it.prop(
    "any bytes come back",
    { bytes: anyBytes },
    ({ bytes }) => {
      assert.deepStrictEqual(bytesFromText(textFromBytes(bytes)), bytes)
    },
    { arbitrary: { runs: 5000 } }
  )

  it("a surrogate that stands for no byte becomes U+FFFD", () => {
    assert.deepStrictEqual(bytesFromText("a\ud800\udc41"), bytesFromText("a\u{10041}"))
    assert.deepStrictEqual(bytesFromText("a\udc41\udcff"), Uint8Array.of(0x61, 0xef, 0xbf, 0xbd, 0xff))
  })
})
