/**
 * What the kernel is told unasked: that what it has cached is not right any more.
 */
import type { Change } from "../Filesystem.ts"
import { Notification, Size } from "./constants.ts"
import { nameBytes } from "./names.ts"
import { setUint64 } from "./words.ts"

const innerOfInode = 24
const innerOfEntry = 16

const message = (code: number, length: number): { readonly bytes: Buffer; readonly words: Uint32Array } => {
  const bytes = Buffer.from(new ArrayBuffer((length + 3) & ~3), 0, length)
  const words = new Uint32Array(bytes.buffer)
  words[0] = length
  words[1] = code
  return { bytes, words }
}

/** INVAL_INODE drops attributes and all pages of a node; INVAL_ENTRY drops what a name in a directory leads to. */
export const notificationOf = (change: Change): Uint8Array => {
  const body = Size.OUT_HEADER / 4
  if (change.kind === "node") {
    const { bytes, words } = message(Notification.INVAL_INODE, Size.OUT_HEADER + innerOfInode)
    setUint64(words, body, change.node)
    return bytes
  }
  const name = nameBytes(change.name)
  const start = Size.OUT_HEADER + innerOfEntry
  const { bytes, words } = message(Notification.INVAL_ENTRY, start + name.length + 1)
  setUint64(words, body, change.parent)
  words[body + 2] = name.length
  bytes.set(name, start)
  return bytes
}
