/**
 * Bytes as text without loss: a byte that is not valid UTF-8 becomes the lone surrogate U+DC00 + byte, as Python's
 * `surrogateescape` (PEP 383) does. Such text is not well formed, so it cannot be mistaken for a name that is.
 */

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
const lowSurrogate = 0xdc00

/** The length of the valid UTF-8 sequence at `offset`, or 0 (Unicode 16, table 3-7). */
const sequenceLength = (bytes: Uint8Array, offset: number): number => {
  const first = bytes[offset] as number
  if (first < 0x80) return 1
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0
  const second = bytes[offset + 1] ?? 0
  const least = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
  const most = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
  if (length === 0 || second < least || second > most) return 0
  for (let index = 2; index < length; index += 1) {
    if (((bytes[offset + index] ?? 0) & 0xc0) !== 0x80) return 0
  }
  return length
}

/** The text of bytes, each invalid byte a lone surrogate. */
export const textFromBytes = (bytes: Uint8Array): string => {
  let text = ""
  let offset = 0
  while (offset < bytes.length) {
    let end = offset
    for (let length = sequenceLength(bytes, end); length > 0; length = sequenceLength(bytes, end)) {
      end += length
      if (end >= bytes.length) break
    }
    text += strict.decode(bytes.subarray(offset, end))
    if (end < bytes.length) text += String.fromCharCode(lowSurrogate + (bytes[end] as number))
    offset = end + 1
  }
  return text
}

/** The byte that a code point stands for, if it is an escaped one. */
export const escapedByte = (codePoint: number): number | undefined =>
  codePoint >= lowSurrogate + 0x80 && codePoint <= lowSurrogate + 0xff ? codePoint - lowSurrogate : undefined

/** The escaped form of an invalid byte. */
export const escapeByte = (byte: number): string => String.fromCharCode(lowSurrogate + byte)

/** The bytes of such a text. */
export const bytesFromText = (text: string): Uint8Array => {
  if (text.isWellFormed()) return Buffer.from(text, "utf8")
  return Buffer.concat(
    Array.from(text, (character) => {
      const byte = escapedByte(character.codePointAt(0) as number)
      return byte === undefined ? Buffer.from(character, "utf8") : Buffer.of(byte)
    })
  )
}
