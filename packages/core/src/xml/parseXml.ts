/**
 * XML answers of storage services as trees, by saxes. Strict: a document type, an entity beyond XML's own five and a
 * document that is not well-formed are refused, and so is anything that a hostile server makes large.
 */
import * as Effect from "effect/Effect"
import { SaxesParser } from "saxes"
import { StorageError } from "../StorageError.ts"
import { controlEntities, nameControlReferences } from "./controlReferences.ts"
import type { XmlElement } from "./XmlElement.ts"

/** What is refused as too large, and what is read beyond XML 1.0. */
export interface XmlOptions {
  /** Bytes of the document; 32 MiB if absent. */
  readonly maxBytes?: number
  /** Elements inside one another, the root included; 32 if absent. */
  readonly maxDepth?: number
  /** Elements, attributes and references together; 500,000 if absent, which several full pages of a listing stay below. */
  readonly maxNodes?: number
  /** Reads `&#x1;` and its like, and U+FFFE and U+FFFF, which XML 1.0 forbids and S3 servers send. */
  readonly allowControlReferences?: boolean
}

const refuse = (detail: string) => StorageError.of("integrity_error", detail)

const malformed = () => refuse("the answer is not well-formed XML")

const countOf = (text: string, char: string): number => {
  let count = 0
  for (let index = text.indexOf(char); index !== -1; index = text.indexOf(char, index + 1)) count += 1
  return count
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1)

interface OpenElement {
  readonly name: string
  text: string
  readonly children: Array<XmlElement>
  attributes?: Record<string, string>
}

/** The root. Throws a StorageError at what is refused, and anything of saxes at what is malformed. */
const readTree = (document: string, options: XmlOptions): XmlElement => {
  const { maxDepth = 32, maxNodes = 500_000, allowControlReferences = false } = options
  const parser = new SaxesParser({ position: false })
  if (allowControlReferences) Object.assign(parser.ENTITIES, controlEntities)
  const open: Array<OpenElement> = []
  let root: XmlElement | undefined
  let nodes = 0
  const count = (added: number): void => {
    nodes += added
    if (nodes > maxNodes) throw refuse(`the answer has more than ${maxNodes} elements, attributes and references`)
  }
  const addText = (piece: string): void => {
    const current = open.at(-1)
    if (current !== undefined) current.text += piece
  }
  parser.on("xmldecl", ({ encoding = "utf-8" }) => {
    if (!/^(utf-?8|us-ascii)$/i.test(encoding)) throw refuse("the answer is XML in another encoding than UTF-8")
  })
  parser.on("doctype", () => {
    throw refuse("the answer has a document type, which no storage service sends")
  })
  parser.on("opentagstart", ({ name }) => {
    count(1)
    if (open.length >= maxDepth) throw refuse(`the answer is nested deeper than ${maxDepth} elements`)
    open.push({ name: localName(name), text: "", children: [] })
  })
  parser.on("attribute", ({ name, value }) => {
    count(1)
    const current = open.at(-1)
    if (current === undefined || /^xmlns(?::|$)/.test(name)) return
    current.attributes ??= Object.create(null) as Record<string, string>
    current.attributes[name] = value
  })
  parser.on("text", addText)
  parser.on("cdata", addText)
  parser.on("closetag", () => {
    const element = open.pop() as XmlElement
    const parent = open.at(-1)
    if (parent === undefined) root = element
    else parent.children.push(element)
  })
  const named = allowControlReferences ? nameControlReferences(document) : document
  count(countOf(named, "&"))
  parser.write(named).close()
  if (root === undefined) throw malformed()
  return root
}

/** The root element of a document in UTF-8. Fails with `integrity_error`; no text of the document is in the detail. */
export const parseXml = (bytes: Uint8Array, options: XmlOptions = {}): Effect.Effect<XmlElement, StorageError> => {
  const { maxBytes = 32 * 1024 * 1024 } = options
  return bytes.byteLength > maxBytes
    ? Effect.fail(refuse(`the answer is longer than ${maxBytes} bytes`))
    : Effect.try({
        try: () => readTree(new TextDecoder("utf-8", { fatal: true }).decode(bytes), options),
        catch: (error) => (StorageError.is(error) ? error : malformed())
      })
}
