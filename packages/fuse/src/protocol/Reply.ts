/**
 * One reply as the kernel reads it: structures written one behind another into a buffer that is used again for the next.
 */
import type { Attributes, Found, Opened } from "../Filesystem.ts"
import { OpenFlag, Size } from "./constants.ts"
import { modeOf, type Presentation } from "./Presentation.ts"
import { setUint64 } from "./words.ts"

/** Bytes that are cheaper to copy behind the header than to be written from where they are. */
export const smallest = 64 * 1024

/** The blocks that `st_blocks` counts. */
const block = 512

/** No age is longer than a year: what the kernel may believe for ever it asks for once a year. */
const longestAge = 365 * 24 * 60 * 60 * 1000

const age = (milliseconds: number): number => Math.min(Math.max(milliseconds, 0), longestAge)

const nanoseconds = (milliseconds: number): number =>
  Math.floor((milliseconds - Math.floor(milliseconds / 1000) * 1000) * 1e6)

export class Reply {
  readonly bytes: Buffer = Buffer.allocUnsafeSlow(Size.OUT_HEADER + smallest)
  readonly #words = new Uint32Array(this.bytes.buffer, this.bytes.byteOffset, this.bytes.byteLength >>> 2)
  readonly #presentation: Presentation
  /** Bytes so far, header and all, but for the payload. */
  length: number = Size.OUT_HEADER
  /** Bytes that follow from where they are, since they are too many to copy. */
  payload: Uint8Array | undefined

  constructor(presentation: Presentation) {
    this.#presentation = presentation
  }

  /** Starts anew. */
  clear(): this {
    this.length = Size.OUT_HEADER
    this.payload = undefined
    return this
  }

  /** Writes the header last, when the length is known. `errno` is positive; with one, nothing follows the header. */
  finish(unique: number, errno: number): void {
    const words = this.#words
    if (errno !== 0) this.clear()
    words[0] = this.length + (this.payload?.length ?? 0)
    words[1] = -errno
    setUint64(words, 2, unique)
  }

  /** Bytes of a file. */
  data(bytes: Uint8Array): void {
    if (bytes.length > smallest) {
      this.payload = bytes
    } else {
      this.bytes.set(bytes, this.length)
      this.length += bytes.length
    }
  }

  /** A few words, as most answers without a structure of their own are. */
  values(...values: ReadonlyArray<number>): void {
    for (const value of values) {
      this.#words[this.length >>> 2] = value
      this.length += 4
    }
  }

  /** A 64-bit number. */
  long(value: number): void {
    setUint64(this.#words, this.length >>> 2, value)
    this.length += 8
  }

  /** `fuse_attr_out`: how long they hold, and the attributes. */
  attributes({ attributes, attributesAge }: Found): void {
    this.long(Math.floor(age(attributesAge) / 1000))
    this.values(nanoseconds(age(attributesAge)), 0)
    this.#attributes(attributes)
  }

  /** `fuse_entry_out`. The generation is 0: a number of a node is never used again. */
  entry({ attributes, nameAge, attributesAge }: Found): void {
    const words = this.#words
    const at = this.length >>> 2
    setUint64(words, at, attributes.node)
    setUint64(words, at + 2, 0)
    setUint64(words, at + 4, Math.floor(age(nameAge) / 1000))
    setUint64(words, at + 6, Math.floor(age(attributesAge) / 1000))
    words[at + 8] = nanoseconds(age(nameAge))
    words[at + 9] = nanoseconds(age(attributesAge))
    this.length += Size.ENTRY - (Size.ATTRIBUTES - 16)
    this.#attributes(attributes)
  }

  /** `fuse_open_out`. */
  opened({ handle, keepCache, direct }: Opened): void {
    this.long(handle)
    this.values((keepCache ? OpenFlag.KEEP_CACHE : 0) | (direct ? OpenFlag.DIRECT_IO : 0), 0)
  }

  /** `fuse_dirent` and its name, padded to 8 bytes. `next` is the offset of the entry behind it. */
  dirent(node: number, next: number, type: number, name: Uint8Array): void {
    this.long(node)
    this.long(next)
    this.values(name.length, type >>> 12)
    this.bytes.set(name, this.length)
    const end = this.length + name.length
    this.length = (end + 7) & ~7
    this.bytes.fill(0, end, this.length)
  }

  /** Nothing, over so many bytes. */
  zeros(length: number): void {
    this.bytes.fill(0, this.length, this.length + length)
    this.length += length
  }

  /** `fuse_attr`. Access and change are as old as the modification; one link each, which tools take for "not counted". */
  #attributes(attributes: Attributes): void {
    const words = this.#words
    const at = this.length >>> 2
    const seconds = Math.floor(attributes.modified / 1000)
    const fraction = nanoseconds(attributes.modified)
    setUint64(words, at, attributes.node)
    setUint64(words, at + 2, attributes.size)
    setUint64(words, at + 4, Math.ceil(attributes.size / block))
    setUint64(words, at + 6, seconds)
    setUint64(words, at + 8, seconds)
    setUint64(words, at + 10, seconds)
    words[at + 12] = fraction
    words[at + 13] = fraction
    words[at + 14] = fraction
    words[at + 15] = modeOf(attributes, this.#presentation)
    words[at + 16] = 1
    words[at + 17] = this.#presentation.uid
    words[at + 18] = this.#presentation.gid
    words[at + 19] = 0
    words[at + 20] = 4096
    words[at + 21] = 0
    this.length += Size.ATTRIBUTES - 16
  }
}
