/** Percent-encoding as S3 reads and signs it: bytes, one round, upper-case hex, `+` read as a space. */
import { S3Failure } from "./S3Failure.ts"

const invalid = () => new S3Failure(400, "InvalidURI", "Couldn't parse the specified URI.")

/** The bytes behind the text of a request target. A stray `%` is refused. */
export const decodeBytes = (raw: string): Buffer => {
  if (/%(?![\da-fA-F]{2})/.test(raw)) throw invalid()
  return Buffer.from(
    raw.replace(/\+/g, " ").replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1"
  )
}

/** As decodeBytes, and then the bytes must be UTF-8. Nothing is normalised: dots and doubled slashes stay. */
export const decodeText = (raw: string): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(decodeBytes(raw))
  } catch {
    throw invalid()
  }
}

/** The UriEncode of Signature Version 4: everything but `A-Za-z0-9-._~`, and `/` where told. */
export const uriEncode = (bytes: Uint8Array, keepSlash: boolean): string =>
  Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte)
    return /[\w.~-]/.test(character) || (keepSlash && character === "/")
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`
  }).join("")

/** The encoding of `encoding-type=url`: a form's, with `/` kept. */
export const listingEncode = (text: string): string =>
  uriEncode(Buffer.from(text), true).replace(/%20/g, "+").replace(/%2A/g, "*").replace(/~/g, "%7E")
