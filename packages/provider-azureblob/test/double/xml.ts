/** XML as the double writes it. */
export const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\r", "&#xD;")

export const element = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`

export const parent = (name: string, children: ReadonlyArray<string>): string =>
  `<${name}>${children.join("")}</${name}>`

/** An element for each value that is there. */
export const elements = (values: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(values)
    .map(([name, value]) => (value === undefined ? "" : element(name, value)))
    .join("")

// oxlint-disable-next-line no-control-regex
const outsideXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/

/** A name; one that XML cannot hold is escaped as in a URL and says so. */
export const nameElement = (name: string): string =>
  outsideXml.test(name) ? `<Name Encoded="true">${encodeURIComponent(name)}</Name>` : element("Name", name)
