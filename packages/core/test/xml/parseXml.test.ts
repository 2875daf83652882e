import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { parseXml, type XmlOptions } from "../../src/xml/parseXml.ts"
import { child, childrenOf, textOf } from "../../src/xml/XmlElement.ts"

const limits: XmlOptions = { maxBytes: 1_000_000, maxDepth: 20, maxNodes: 50_000 }
const parse = (text: string, options: Partial<XmlOptions> = {}) =>
  parseXml(new TextEncoder().encode(text), { ...limits, ...options })

const assertRefused = Effect.fnUntraced(function* (text: string, options: Partial<XmlOptions> = {}) {
  const { reason } = yield* Effect.flip(parse(text, options))
  assert.strictEqual(reason._tag, "integrity_error")
  assert.notMatch(reason.detail, /canary/)
})

describe("parseXml", () => {
  it.effect("reads names without prefix, text, CDATA, references and children", () =>
    Effect.gen(function* () {
      const root = yield* parse(
        `\ufeff<?xml version="1.0" encoding="UTF-8"?>\n<s:List xmlns:s="urn:x" a="1"><!-- no --><s:Key> a&amp;&#x62;&#99;` +
          `<![CDATA[<d>&#x1;]]>é😀</s:Key><Key>2</Key><Empty/></s:List>`
      )
      assert.strictEqual(root.name, "List")
      assert.strictEqual(textOf(root, "Key"), " a&bc<d>&#x1;é😀")
      assert.deepStrictEqual(childrenOf(root, "Key").map(({ text }) => text)[1], "2")
      assert.strictEqual(child(root, "Empty")?.text, "")
      assert.isUndefined(textOf(root, "None"))
      assert.lengthOf(childrenOf(root, "constructor"), 0)
    })
  )

  it.effect("keeps U+0085 and U+2028, which XML 1.1 would turn into line feeds", () =>
    Effect.gen(function* () {
      assert.strictEqual(
        (yield* parse("<k>a\u0085b\u2028c\u007fd</k>", { allowControlReferences: true })).text,
        "a\u0085b\u2028c\u007fd"
      )
    })
  )

  const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join("")
  it.effect.each<readonly [string, string]>([
    ["billion laughs", `<!DOCTYPE x [<!ENTITY l0 "canary">${laughs}]><x>&l9;</x>`],
    [
      "one large entity, often",
      `<!DOCTYPE x [<!ENTITY a "${"canary".repeat(10_000)}">]><x>${"&a;".repeat(100_000)}</x>`
    ],
    ["an external entity", `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///canary">]><x>&a;</x>`],
    ["an external document type", `<!DOCTYPE x SYSTEM "http://canary/"><x/>`],
    ["a document type without entities", `<!DOCTYPE x><x/>`],
    ["an undefined entity", `<x>&canary;</x>`],
    ["100,000 undefined entities", `<x>${"&canary;".repeat(100_000)}</x>`],
    ["100,000 references", `<x>${"&#65;".repeat(100_000)}</x>`],
    ["a name of an object's own members", `<x>&constructor;</x>`],
    ["deep nesting", "<a>".repeat(100_000)],
    ["many elements", `<x>${"<a/>".repeat(100_000)}</x>`],
    ["many attributes", `<x${Array.from({ length: 60_000 }, (_, i) => ` a${i}=""`).join("")}/>`],
    ["many bytes", `<x>${"a".repeat(1_000_000)}</x>`],
    ["a cut document", "<x><canary>"],
    ["crossed elements", "<x><y></x></y>"],
    ["two roots", "<x/><y/>"],
    ["text after the root", "<x/>canary"],
    ["nothing", ""],
    ["white space", " \n"],
    ["text", "canary"],
    ["JSON", `{"canary":1}`],
    ["a control character", "<x>\u0001</x>"],
    ["a reference to one", "<x>&#x1;</x>"],
    ["a reference to NUL", "<x>&#0;</x>"],
    ["a reference to a surrogate", "<x>&#xd800;</x>"],
    ["a reference beyond Unicode", "<x>&#x110000;</x>"],
    ["another encoding", `<?xml version="1.0" encoding="ISO-8859-1"?><x/>`]
  ])("refuses %s", ([, text]) => assertRefused(text))

  it.effect("refuses bytes that are not UTF-8", () =>
    Effect.gen(function* () {
      const { reason } = yield* Effect.flip(
        parseXml(Uint8Array.of(0x3c, 0x78, 0x3e, 0xff, 0x3c, 0x2f, 0x78, 0x3e), limits)
      )
      assert.strictEqual(reason._tag, "integrity_error")
    })
  )

  it.effect("takes what is just within the caps", () =>
    Effect.gen(function* () {
      const text = `<a b=""><c>&amp;</c></a>`
      yield* parse(text, { maxBytes: text.length, maxDepth: 2, maxNodes: 4 })
      yield* assertRefused(text, { maxBytes: text.length - 1 })
      yield* assertRefused(text, { maxDepth: 1 })
      yield* assertRefused(text, { maxNodes: 3 })
    })
  )
})

describe("allowControlReferences", () => {
  const allowed = { allowControlReferences: true }

  it.effect.each([
    ["&#x1;&#31;&#x0000B;", "\u0001\u001f\u000b"],
    ["&#XFFFF;", undefined],
    ["&#xFFFF;&#65534;", "\uffff\ufffe"],
    ["&#9;&#10;&#13;&#x41;", "\t\n\rA"],
    ["&amp;#x1;", "&#x1;"],
    ["<![CDATA[&#x1;]]>&#x2;", "&#x1;\u0002"],
    ["<!-- <![CDATA[ -->&#x1;", "\u0001"],
    ["&#0;", undefined],
    ["&#xd800;", undefined],
    ["a\uffff\ufffeb", "a\uffff\ufffeb"],
    ["<![CDATA[\uffff]]>", undefined],
    ["\u0001", undefined],
    ["&canary;", undefined]
  ] as const)("%s", ([text, expected]) =>
    Effect.gen(function* () {
      if (expected === undefined) return yield* assertRefused(`<x>${text}</x>`, allowed)
      assert.strictEqual((yield* parse(`<x>${text}</x>`, allowed)).text, expected)
    })
  )

  it.effect("counts each as a reference", () =>
    assertRefused(`<x>${"\uffff".repeat(3)}</x>`, { ...allowed, maxNodes: 3 })
  )

  it.effect.each(["<![CDATA[", "<!--", "&#", "&#x"])("refuses many unclosed %s", (piece) =>
    assertRefused(`<x>${piece.repeat(90_000)}`, { ...allowed, maxNodes: 1_000_000 })
  )
})

describe("attributes", () => {
  it.effect("are kept by their names, but for namespaces, also such that every object has", () =>
    Effect.gen(function* () {
      const text = '<a xmlns="urn:a" xmlns:b="urn:b"><Name Encoded="true" constructor="c">x</Name><Name>y</Name></a>'
      const root = yield* parseXml(Buffer.from(text))
      assert.isUndefined(root.attributes)
      const found: Readonly<Record<string, string>> = { ...root.children[0]?.attributes }
      assert.deepEqual(Object.entries(found), [
        ["Encoded", "true"],
        ["constructor", "c"]
      ])
      assert.isUndefined(root.children[1]?.attributes)
    })
  )
})
