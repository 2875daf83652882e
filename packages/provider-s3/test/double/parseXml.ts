/** Reads the few XML documents S3 takes; anything beyond elements, text and the five entities is MalformedXML. */
import { S3Failure } from "./S3Failure.ts"

export interface XmlElement {
  readonly name: string
  readonly children: Array<XmlElement>
  text: string
}

const malformed = () =>
  new S3Failure(
    400,
    "MalformedXML",
    "The XML you provided was not well-formed or did not validate against our published schema"
  )

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }

const unescape = (text: string): string => {
  if (/&(?!(?:#\d+|#x[\da-fA-F]+|amp|lt|gt|quot|apos);)/.test(text)) throw malformed()
  return text.replace(/&(#x?)?([^;]+);/g, (_, numeric: string | undefined, name: string) =>
    numeric === undefined ? entities[name]! : String.fromCodePoint(Number.parseInt(name, numeric === "#x" ? 16 : 10))
  )
}

const declaration = /^\uFEFF?\s*(?:<\?xml\s[^?]*\?>)?\s*/
const token = /<(\/?)([A-Za-z][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/y

/** The root element, which must have the given name. A DOCTYPE, a comment or a second root is refused. */
export const parseXml = (body: Uint8Array, root: string): XmlElement => {
  const text = new TextDecoder().decode(body).replace(declaration, "")
  const top: XmlElement = { name: "", children: [], text: "" }
  const open = [top]
  token.lastIndex = 0
  for (let at = 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at
    const found = token.exec(text)
    const parent = open.at(-1)
    if (found === null || parent === undefined) throw malformed()
    const [, closing, name, , selfClosing, characters] = found
    if (characters !== undefined) parent.text += unescape(characters)
    else if (closing === "/") {
      if (open.length < 2 || open.pop()?.name !== name) throw malformed()
    } else {
      const child: XmlElement = { name: name!, children: [], text: "" }
      parent.children.push(child)
      if (selfClosing !== "/") open.push(child)
    }
  }
  const [first, ...rest] = top.children
  if (open.length !== 1 || first?.name !== root || rest.length > 0 || top.text.trim() !== "") throw malformed()
  return first
}

/** The children by name; a name that is not listed, or a listed one that comes twice, is malformed. */
export const fields = (parent: XmlElement, names: ReadonlyArray<string>): ReadonlyMap<string, string> => {
  const found = new Map(parent.children.map(({ name, text }) => [name, text]))
  if (found.size !== parent.children.length || [...found.keys()].some((name) => !names.includes(name)))
    throw malformed()
  return found
}

/** The text of a mandatory child. */
export const required = (values: ReadonlyMap<string, string>, name: string): string => {
  const value = values.get(name)
  if (value === undefined || value === "") throw malformed()
  return value
}

export const malformedXml = malformed
