/**
 * Bytes as text and back, without loss: a byte that is not valid UTF-8 becomes the lone surrogate U+DC00 + byte.
 *
 * This is the `surrogateescape` of Python (PEP 383). All names inside the encoder are in this form, so that it can work
 * on characters and still hold any name that a store returns.
 */

const decoder = new TextDecoder("utf-8", { ignoreBOM: true })
const encoder = new TextEncoder()

/** The length of the well-formed UTF-8 sequence that starts here, 0 if none does (Unicode, table 3-7). */
const sequenceLength = (bytes: Uint8Array, start: number): number => {
  const first = bytes[start] ?? 0
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
  for (let index = 1; index < length; index++) {
    const lowest = index > 1 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
    const highest = index > 1 ? 0xbf : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
    const next = bytes[start + index] ?? 0
    if (next < lowest || next > highest) return 0
  }
  return length
}

/** The lone surrogate that stands for a byte of 0x80 to 0xFF. */
export const escapeByte = (byte: number): string => String.fromCharCode(0xdc00 + byte)

/** Text for any bytes; `bytesFromText` gives the same bytes again. A byte order mark is kept. */
export const textFromBytes = (bytes: Uint8Array): string => {
  const text = decoder.decode(bytes)
  if (!text.includes("\ufffd")) return text
  let escaped = ""
  for (let index = 0; index < bytes.length;) {
    const length = sequenceLength(bytes, index)
    escaped += length === 0 ? escapeByte(bytes[index]!) : decoder.decode(bytes.subarray(index, index + length))
    index += Math.max(length, 1)
  }
  return escaped
}

/** The bytes of a text of `textFromBytes`. A lone surrogate that stands for no byte becomes U+FFFD. */
export const bytesFromText = (text: string): Uint8Array => {
  if (text.isWellFormed()) return encoder.encode(text)
  const parts = text
    .split(/([\udc80-\udcff])/u)
    .map((part, index) => (index % 2 === 0 ? encoder.encode(part) : Uint8Array.of(part.charCodeAt(0) - 0xdc00)))
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let end = 0
  for (const part of parts) {
    bytes.set(part, end)
    end += part.length
  }
  return bytes
}

/** The same bytes in the one form that `textFromBytes` gives, where escaped bytes may together be valid UTF-8. */
export const canonicalText = (text: string): string => (text.isWellFormed() ? text : textFromBytes(bytesFromText(text)))
