/**
 * Percent-encoding of names, byte by byte, so that no dot segment, slash or invalid UTF-8 means anything else on the way.
 */
import { bytesFromText } from "@mooring/core/encoding/surrogateEscape"

const unreserved = /[A-Za-z0-9\-._~]/

const escapes = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte)
  return unreserved.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`
})

/** A name or value of a query: everything but the unreserved characters of RFC 3986. Takes surrogate-escaped text. */
export const encodeQuery = (text: string): string => {
  let encoded = ""
  for (const byte of bytesFromText(text)) encoded += escapes[byte]
  return encoded
}

/** A key for a path: as `encodeQuery`, with slashes kept. */
export const encodeKey = (text: string): string => encodeQuery(text).replaceAll("%2F", "/")

/** `?name=value&…` in the order of the names; nothing for no parameters. Undefined values are left out. */
export const queryText = (query: Readonly<Record<string, string | undefined>> = {}): string => {
  const parts = Object.entries(query)
    .filter((part): part is [string, string] => part[1] !== undefined)
    .map(([name, value]) => `${encodeQuery(name)}=${encodeQuery(value)}`)
    .toSorted()
  return parts.length === 0 ? "" : `?${parts.join("&")}`
}
