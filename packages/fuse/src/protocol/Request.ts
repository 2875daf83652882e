/**
 * One request as the kernel wrote it: a view of the buffer that it was read into, valid until the buffer is read into
 * again, so whatever outlives the call is copied.
 */
import { Size } from "./constants.ts"
import { nameEnd, readName } from "./names.ts"
import { getInt64, getUint64 } from "./words.ts"

/** The first word behind the header. */
const body = Size.IN_HEADER / 4

export class Request {
  readonly bytes: Buffer
  readonly #words: Uint32Array

  /** A view of a buffer that starts at the start of its memory. */
  constructor(bytes: Buffer) {
    this.bytes = bytes
    this.#words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2)
  }

  get length(): number {
    return this.#words[0]!
  }
  get opcode(): number {
    return this.#words[1]!
  }
  /** What the reply and an interruption name the request by. */
  get unique(): number {
    return getUint64(this.#words, 2)
  }
  get node(): number {
    return getUint64(this.#words, 4)
  }

  /** The word at an index behind the header. */
  word(index: number): number {
    return this.#words[body + index]!
  }

  /** The 64 bits that start at a word behind the header. */
  long(index: number): number {
    return getUint64(this.#words, body + index)
  }

  /** The same, signed. */
  signedLong(index: number): number {
    return getInt64(this.#words, body + index)
  }

  /** The name that starts so many bytes behind the header. */
  name(offset: number): string {
    return readName(this.bytes, Size.IN_HEADER + offset)
  }

  /** Two names, one behind the other. */
  names(offset: number): readonly [string, string] {
    const start = Size.IN_HEADER + offset
    return [readName(this.bytes, start), readName(this.bytes, nameEnd(this.bytes, start) + 1)]
  }

  /** A copy of so many bytes that start so many bytes behind the header. */
  copy(offset: number, length: number): Uint8Array {
    const start = Size.IN_HEADER + offset
    const copied = Buffer.allocUnsafeSlow(length)
    this.bytes.copy(copied, 0, start, start + length)
    return copied
  }
}
