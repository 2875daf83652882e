/**
 * An element of an XML document, as answers of storage services use it: names without prefixes, text, children, and
 * attributes where there are some.
 */
export interface XmlElement {
  readonly name: string
  /** The text directly inside, all pieces joined. */
  readonly text: string
  readonly children: ReadonlyArray<XmlElement>
  /** By name as written; absent where there are none. */
  readonly attributes?: Readonly<Record<string, string>>
}

/** The first child of this name. */
export const child = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((one) => one.name === name)

/** All children of this name. */
export const childrenOf = (element: XmlElement, name: string): ReadonlyArray<XmlElement> =>
  element.children.filter((one) => one.name === name)

/** The text of the first child of this name. */
export const textOf = (element: XmlElement, name: string): string | undefined => child(element, name)?.text
