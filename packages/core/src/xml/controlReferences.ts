/**
 * References to characters that XML 1.0 cannot hold, as `&#x1;`: S3 servers write them for such characters in keys.
 *
 * Reading the document as XML 1.1 would permit them, but also turn U+0085 and U+2028 in keys into line feeds. So they
 * become references to entities that the parser is told of.
 */

/** CDATA sections and comments, in which a reference is plain text, and references by number. */
const pattern = /<!\[CDATA\[[^]*?(?:\]\]>|$)|<!--[^]*?(?:-->|$)|&#(?:x([\da-fA-F]+)|(\d+));/g

/** Whether XML 1.0 forbids a character (production 2) that text can have: neither NUL nor a surrogate. */
const isForbidden = (code: number): boolean =>
  (code > 0 && code < 0x20 && code !== 9 && code !== 10 && code !== 13) || code === 0xfffe || code === 0xffff

const entityOf = (code: number): string => `forbidden-${code.toString(16)}`

/** The document with such references by name. */
export const nameControlReferences = (document: string): string =>
  document.replace(pattern, (match, hexadecimal?: string, decimal?: string) => {
    const code = hexadecimal === undefined ? Number(decimal) : parseInt(hexadecimal, 16)
    return isForbidden(code) ? `&${entityOf(code)};` : match
  })

/** Name to character. */
export const controlEntities: Readonly<Record<string, string>> = Object.fromEntries(
  [...Array(0x20).keys(), 0xfffe, 0xffff].filter(isForbidden).map((code) => [entityOf(code), String.fromCharCode(code)])
)
