/**
 * The format of AWS's shared files (https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html). Pure.
 */

/** Section to property, in lower case, to value. */
export type Sections = ReadonlyMap<string, ReadonlyMap<string, string>>

/** A comment is a line, or what comes after a space. */
const withoutComment = (line: string): string => line.split(/(?:^|\s)[#;]/, 1)[0] as string

/** The name of a section: `profile  "x"` is `profile x`. */
const nameOf = (header: string): string => header.trim().replace(/^profile\s+(["']?)(.+)\1$/, "profile $2")

/**
 * The sections of a file; undefined if it holds no text in UTF-8. Sections of one name are one, in which the later
 * property wins; blocks nested below an empty property are left out. A header that is broken ends the section before
 * it, so that keys never become those of another profile; any other line that is none is left out.
 */
export const parseIni = (bytes: Uint8Array): Sections | undefined => {
  if (bytes.includes(0)) return undefined
  const sections = new Map<string, Map<string, string>>()
  let section: Map<string, string> | undefined
  let nests = false
  for (const line of new TextDecoder().decode(bytes).split(/\r\n|\r|\n/)) {
    const text = withoutComment(line).trim()
    const equals = text.indexOf("=")
    if (text.startsWith("[")) {
      nests = false
      section = undefined
      if (!text.endsWith("]")) continue
      const name = nameOf(text.slice(1, -1))
      section = sections.get(name) ?? new Map()
      sections.set(name, section)
    } else if (section !== undefined && equals > 0 && !(nests && /^\s/.test(line))) {
      const value = text.slice(equals + 1).trim()
      nests = value === ""
      section.set(text.slice(0, equals).trim().toLowerCase(), value)
    }
  }
  return sections
}
