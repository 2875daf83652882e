import { assert, describe, it } from "@effect/vitest"
import { parseIni } from "../src/credentials/ini.ts"

const sectionsOf = (text: string) => {
  const sections = parseIni(Buffer.from(text)) ?? assert.fail("is text")
  return Object.fromEntries([...sections].map(([name, properties]) => [name, Object.fromEntries(properties)]))
}

describe("ini", () => {
  it("is the same with any line ends, a mark of byte order and spaces around names", () => {
    const wanted = { default: { a: "1", b: "2=3" }, "profile x y": { a: "4" } }
    const lines = ["[ default ]", "A = 1", "\tb=2=3  ", "", "[profile \t 'x y']", "a=4"]
    for (const end of ["\n", "\r\n", "\r"]) {
      assert.deepStrictEqual(sectionsOf(lines.join(end)), wanted)
      assert.deepStrictEqual(sectionsOf(`\uFEFF${lines.join(end)}${end}`), wanted)
    }
  })

  it("has comments on lines of their own and after a space", () => {
    const text = "# [no]\n; a=0\n[x] ; why\na=1 # one\nb=p#w;d\nc=2\t;two\n  # d=3"
    assert.deepStrictEqual(sectionsOf(text), { x: { a: "1", b: "p#w;d", c: "2" } })
  })

  it("makes one section of two with one name, and the later property wins", () => {
    assert.deepStrictEqual(sectionsOf("[x]\na=1\nb=1\n[y]\na=9\n[x]\na=2\na=3"), {
      x: { a: "3", b: "1" },
      y: { a: "9" }
    })
  })

  it("leaves nested blocks out, and only them", () => {
    const text = "[x]\n  a=1\ns3 =\n  a=2\n\n  region = no\nb=3\n  c=4\nsso=\n[y]\n  a=5"
    assert.deepStrictEqual(sectionsOf(text), { x: { a: "1", s3: "", b: "3", c: "4", sso: "" }, y: { a: "5" } })
  })

  it("gives no property to a section whose header is broken, nor to the one before it", () => {
    assert.deepStrictEqual(sectionsOf("a=0\n[x]\na=1\n[y\na=2\n=3\nwords\n[]\na=4"), { x: { a: "1" }, "": { a: "4" } })
    assert.deepStrictEqual([...(parseIni(Buffer.from("[__proto__]\na=1"))?.keys() ?? [])], ["__proto__"])
  })

  it("is no text with a byte of zero, such as that of Windows in UTF-16", () => {
    assert.isUndefined(parseIni(Buffer.from("\uFEFF[x]\na=1", "utf16le")))
    assert.isUndefined(parseIni(Buffer.from("[x]\na=1\0")))
    assert.deepStrictEqual(parseIni(Buffer.from([0x23, 0xe9, 0x0a, 0x5b, 0x78, 0x5d]))?.has("x"), true)
  })

  it("takes time in proportion to a file of 1 MiB, whatever is in it", () => {
    const mebibyte = 1024 * 1024
    const fill = (piece: string) => `[x]\n${piece.repeat(mebibyte / piece.length)}`
    const hostile = [" ", "\t ", "[", "]", "=", "[profile ", "a=", "a b\n", "#", " x;", "\n", "[p]\na=1\n", "profile '"]
    for (const piece of hostile) assert.isDefined(parseIni(Buffer.from(fill(piece))), JSON.stringify(piece))
    assert.isDefined(parseIni(Buffer.from(`[profile ${" ".repeat(mebibyte)}]`)))
  })
})
