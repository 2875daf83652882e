/**
 * Characters that XML 1.0 cannot hold: S3 servers write `&#x1;` and its like for such characters in keys, and Ceph writes
 * U+FFFE and U+FFFF as they are.
 *
 * Reading the document as XML 1.1 would permit them, but also turn U+0085 and U+2028 in keys into line feeds. So they
 * become references to entities that the parser is told of.
 */

/** CDATA sections and comments, in which a reference is plain text, references by number, and what Ceph writes. */
const pattern = /<!\[CDATA\[[^]*?(?:\]\]>|$)|<!--[^]*?(?:-->|$)|&#(?:x([\da-fA-F]+)|(\d+));|[\ufffe\uffff]/g

/** Whether XML 1.0 forbids a character (production 2) that text can have: neither NUL nor a surrogate. */
const isForbidden = (code: number): boolean =>
  (code > 0 && code < 0x20 && code !== 9 && code !== 10 && code !== 13) || code === 0xfffe || code === 0xffff

const entityOf = (code: number): string => `forbidden-${code.toString(16)}`

/** The document with references by name to such characters. */
export const nameControlReferences = (document: string): string =>
  document.replace(pattern, (match, hexadecimal?: string, decimal?: string) => {
    const number = hexadecimal === undefined ? Number(decimal) : parseInt(hexadecimal, 16)
    const code = match.length === 1 ? match.charCodeAt(0) : number
    return isForbidden(code) ? `&${entityOf(code)};` : match
  })

/** Name to character. */
export const controlEntities: Readonly<Record<string, string>> = Object.fromEntries(
  [...Array(0x20).keys(), 0xfffe, 0xffff].filter(isForbidden).map((code) => [entityOf(code), String.fromCharCode(code)])
)
