import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { looksLikeHtml, parseXml } from "../../src/xml/parseXml.ts"
import { writeXml } from "../../src/xml/writeXml.ts"
import { child, childrenOf, textOf } from "../../src/xml/XmlElement.ts"

const parse = (text: string, limits = {}) => parseXml(Buffer.from(text), limits)
const refusal = (text: string, limits = {}) => Effect.map(Effect.flip(parse(text, limits)), ({ reason }) => reason)

describe("parseXml", () => {
  it.effect("gives names without prefix, text and children", () =>
    Effect.gen(function* () {
      const root = yield* parse(
        `<?xml version="1.0"?><s:List xmlns:s="http://x/"><Key>a&amp;b&#10;<![CDATA[<c>]]></Key><Key>2</Key><Empty/></s:List>`
      )
      assert.strictEqual(root.name, "List")
      assert.strictEqual(textOf(root, "Key"), "a&b\n<c>")
      assert.strictEqual(childrenOf(root, "Key").length, 2)
      assert.strictEqual(textOf(root, "Empty"), "")
      assert.isUndefined(child(root, "None"))
    })
  )

  it.effect("reads control characters by number, as S3 servers write them", () =>
    Effect.gen(function* () {
      const root = yield* parse(`<?xml version="1.0" encoding="UTF-8"?><Key>a&#x1;b&#31;</Key>`)
      assert.strictEqual(root.text, "a\x01b\x1f")
    })
  )

  const laughs = `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>`
  it.effect.each([
    { what: "entities that expand", text: laughs },
    { what: "an external document type", text: `<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>` },
    { what: "an unknown entity", text: `<x>&nbsp;</x>` },
    { what: "a cut document", text: `<x><y>` },
    { what: "two roots", text: `<x/><y/>` },
    { what: "no element", text: `` },
    { what: "text", text: `Bad Gateway` },
    { what: "JSON", text: `{"a":1}` },
    { what: "a zero character", text: `<x>&#0;</x>` }
  ])("refuses $what", ({ text }) =>
    Effect.gen(function* () {
      const reason = yield* refusal(text)
      assert.strictEqual(reason._tag, "integrity_error")
      assert.notInclude(reason.detail, "passwd")
    })
  )

  it.effect("refuses what is too large, too deep or too much, and bytes that are not UTF-8", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* refusal("<x>12345</x>", { maxBytes: 10 }))._tag, "integrity_error")
      assert.strictEqual((yield* refusal("<a><b><c/></b></a>", { maxDepth: 2 }))._tag, "integrity_error")
      assert.strictEqual((yield* refusal("<a><b/><b/></a>", { maxElements: 2 }))._tag, "integrity_error")
      const latin = yield* Effect.flip(parseXml(Buffer.from("<x>\xff</x>", "latin1")))
      assert.strictEqual(latin.reason._tag, "integrity_error")
    })
  )
})

describe("looksLikeHtml", () => {
  it("tells a web page from an answer", () => {
    const pages = ["<!DOCTYPE html><html>", "<html>", "\n <HTML lang=en>", "<!-- x --><html>", '<?xml version="1.0"?><html>']
    for (const page of pages) assert.isTrue(looksLikeHtml(Buffer.from(page)), page)
    for (const page of ["<Error/>", "<ListBucketResult/>", "", "{}"]) assert.isFalse(looksLikeHtml(Buffer.from(page)), page)
  })
})

describe("writeXml", () => {
  it.effect("is read back", () =>
    Effect.gen(function* () {
      const bytes = Result.getOrThrow(writeXml(["Delete", [["Object", [["Key", `a<&>"\r\n'ü😀`]]]]], "http://s3/"))
      const root = yield* parseXml(bytes)
      assert.strictEqual(textOf(child(root, "Object") as never, "Key"), `a<&>"\r\n'ü😀`)
      assert.include(Buffer.from(bytes).toString(), `<Delete xmlns="http://s3/">`)
    })
  )

  it("refuses what XML cannot hold", () => {
    for (const text of ["\x01", "\0", "\ud800", "\uffff"]) {
      const result = writeXml(["Key", text])
      assert.isTrue(Result.isFailure(result) && result.failure.reason._tag === "invalid_name")
    }
  })
})
