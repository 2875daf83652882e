/** Writing S3's XML. */

const references: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }

/** Control characters become numeric references, as S3 sends them, although XML 1.0 forbids most of them. */
const escape = (text: string): string =>
  // oxlint-disable-next-line no-control-regex
  text.replace(/[&<>"\u0000-\u001f]/g, (found) => references[found] ?? `&#x${found.charCodeAt(0).toString(16)};`)

/** A scalar is text and is escaped; a list holds elements that are rendered already. */
export const element = (name: string, content: string | number | boolean | ReadonlyArray<string>): string =>
  `<${name}>${typeof content === "object" ? content.join("") : escape(String(content))}</${name}>`

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/"

/** A whole document; an error has no namespace. */
export const document = (root: string, children: ReadonlyArray<string>): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${root === "Error" ? "" : ` xmlns="${namespace}"`}>${children.join("")}</${root}>`
