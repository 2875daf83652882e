/**
 * XML documents that we send.
 */
import * as Result from "effect/Result"
import { StorageError } from "../StorageError.ts"

/** An element: its name, and text or children. */
export type XmlNode = readonly [name: string, content: string | ReadonlyArray<XmlNode>]

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;"
}

// oxlint-disable-next-line no-control-regex -- these are the characters that are looked for
const impossible = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/

/** Whether XML 1.0 can hold a text, escaped or not (its production 2). */
export const fitsXml = (text: string): boolean => text.isWellFormed() && !impossible.test(text)

const render = ([name, content]: XmlNode): string => {
  if (typeof content !== "string") return `<${name}>${content.map(render).join("")}</${name}>`
  if (!fitsXml(content)) {
    throw StorageError.of("invalid_name", "a name holds a character that the protocol's XML cannot carry")
  }
  return `<${name}>${content.replaceAll(/[&<>"\r]/g, (character) => escapes[character] as string)}</${name}>`
}

/** The bytes of a document. Fails with `invalid_name` if a text holds what XML 1.0 cannot. */
export const writeXml = ([name, content]: XmlNode, namespace?: string): Result.Result<Uint8Array, StorageError> =>
  Result.try({
    try: () => {
      const rendered = render([name, content])
      const opened =
        namespace === undefined ? rendered : rendered.replace(`<${name}>`, `<${name} xmlns="${namespace}">`)
      return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${opened}`)
    },
    catch: StorageError.from
  })
