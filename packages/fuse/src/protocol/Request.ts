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
  readonly #released: () => void
  #held = false

  /** A view of a buffer that starts at the start of its memory. `released` is called when one that was held is not any more. */
  constructor(bytes: Buffer, released: () => void = () => {}) {
    this.bytes = bytes
    this.#released = released
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

  /** Which thread of this machine asks; 0 if it is not to be seen from here. */
  get thread(): number {
    return this.#words[8]!
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

  /** So many bytes that start so many bytes behind the header, where they are: valid as long as the request. */
  view(offset: number, length: number): Uint8Array {
    const start = Size.IN_HEADER + offset
    return this.bytes.subarray(start, start + length)
  }

  /** Has the buffer not be read into again before what this gives is called. */
  hold(): () => void {
    this.#held = true
    return () => {
      this.#held = false
      this.#released()
    }
  }

  get isHeld(): boolean {
    return this.#held
  }

  /** A copy of so many bytes that start so many bytes behind the header. */
  copy(offset: number, length: number): Uint8Array {
    const copied = Buffer.allocUnsafeSlow(length)
    copied.set(this.view(offset, length))
    return copied
  }
}
