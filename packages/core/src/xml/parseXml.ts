/**
 * XML documents of storage services, by saxes. No document type, no entities but the five of XML and characters by
 * number, and caps on everything that a hostile server could make large.
 */
import * as Effect from "effect/Effect"
import { SaxesParser } from "saxes"
import { StorageError } from "../StorageError.ts"
import type { XmlElement } from "./XmlElement.ts"

export interface XmlLimits {
  readonly maxBytes?: number
  readonly maxDepth?: number
  readonly maxElements?: number
}

const refused = (detail: string) => StorageError.of("integrity_error", detail)

interface OpenElement {
  readonly name: string
  text: string
  readonly children: Array<XmlElement>
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1)

/**
 * S3 servers write control characters of keys as `&#x1;`, which only XML 1.1 permits; so the document is read as 1.1
 * whatever its declaration says.
 */
const makeParser = () => new SaxesParser({ fragment: false, xmlns: false, forceXMLVersion: true, defaultXMLVersion: "1.1" })

const parse = (text: string, { maxDepth = 32, maxElements = 200_000 }: XmlLimits): XmlElement => {
  const parser = makeParser()
  const open: Array<OpenElement> = []
  let root: XmlElement | undefined
  let elements = 0
  const fail = (detail: string): never => {
    throw refused(detail)
  }
  parser.on("doctype", () => fail("the answer has a document type, which no storage service sends"))
  parser.on("error", () => fail("the answer is not well-formed XML"))
  parser.on("opentag", ({ name }) => {
    elements += 1
    if (elements > maxElements) fail(`the answer has more than ${maxElements} elements`)
    if (open.length >= maxDepth) fail(`the answer is nested deeper than ${maxDepth} elements`)
    open.push({ name: localName(name), text: "", children: [] })
  })
  const addText = (piece: string) => {
    const current = open.at(-1)
    if (current !== undefined) current.text += piece
  }
  parser.on("text", addText)
  parser.on("cdata", addText)
  parser.on("closetag", () => {
    const element = open.pop() as OpenElement
    const parent = open.at(-1)
    if (parent === undefined) root = element
    else parent.children.push(element)
  })
  parser.write(text).close()
  return root ?? fail("the answer has no XML element")
}

/** The root element of a document. Fails with `integrity_error`, whose detail holds nothing of the document. */
export const parseXml = (bytes: Uint8Array, limits: XmlLimits = {}): Effect.Effect<XmlElement, StorageError> =>
  Effect.suspend(() => {
    const { maxBytes = 32 * 1024 * 1024 } = limits
    if (bytes.byteLength > maxBytes) return Effect.fail(refused(`the answer is larger than ${maxBytes} bytes`))
    return Effect.try({
      try: () => parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes), limits),
      catch: (error) => (StorageError.is(error) ? error : refused("the answer is not well-formed XML"))
    })
  })

/** Whether an answer is a web page: a login form, a console, a captive portal. */
export const looksLikeHtml = (bytes: Uint8Array): boolean =>
  /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<(!doctype\s+html|html|head|body)\b/i.test(
    Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024)).toString("latin1")
  )
