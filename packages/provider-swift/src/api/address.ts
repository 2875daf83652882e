/**
 * Where a request goes: the account, a container or an object, and the query.
 */
import { bytesFromText, textFromBytes } from "@mooring/core/encoding/surrogateEscape"

/** Percent-encodes all but the unreserved characters of RFC 3986. Takes surrogate-escaped bytes. */
export const encodeText = (text: string): string => {
  let encoded = ""
  for (const byte of bytesFromText(text)) {
    const char = String.fromCharCode(byte)
    encoded += /[A-Za-z0-9._~-]/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`
  }
  return encoded
}

/** The text of a percent-encoded one, surrogate-escaped; what is no escape stays. */
export const decodeText = (encoded: string): string =>
  textFromBytes(
    Buffer.from(
      encoded.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
      "latin1"
    )
  )

export interface Place {
  readonly container?: string | undefined
  readonly key?: string | undefined
}

/** The path of a container or object below the account, percent-encoded; slashes of keys are kept. */
export const placeText = ({ container, key }: Place): string => {
  if (container === undefined) return ""
  const inside = key === undefined ? "" : `/${encodeText(key).replaceAll("%2F", "/")}`
  return `/${encodeText(container)}${inside}`
}

/** Undefined values are left out. */
export type Query = Readonly<Record<string, string | undefined>>

const queryText = (query: Query = {}): string => {
  const parts = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [value === "" ? encodeText(name) : `${encodeText(name)}=${encodeText(value)}`]
  )
  return parts.length === 0 ? "" : `?${parts.join("&")}`
}

/** Origin and path of a place in the account at this address. */
export const addressOf = (storageUrl: string, place: Place, query?: Query) => {
  const { origin, pathname } = new URL(storageUrl)
  const path = `${pathname.replace(/\/+$/, "")}${placeText(place)}`
  return { origin, path: `${path === "" ? "/" : path}${queryText(query)}` }
}
