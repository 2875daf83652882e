/**
 * Requests about open directories.
 */
import type { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { Filesystem, Found } from "../Filesystem.ts"
import { FileType, Opcode, rootNode, Size } from "../protocol/constants.ts"
import { isListable, nameBytes } from "../protocol/names.ts"
import { smallest, type Reply } from "../protocol/Reply.ts"
import { nothing, type Operation, type Operations } from "./Operation.ts"

type Named = Found & { readonly name: string }

/** Entries that every directory has first; those of the snapshot follow at this offset. */
const dots = [".", ".."]

/** One answer of a directory: what to write, and which nodes the kernel knows by it. */
interface Listing {
  readonly node: number
  readonly offset: number
  /** Bytes that the kernel has room for. */
  readonly room: number
  readonly entries: ReadonlyArray<Named>
  readonly remembered: Array<number>
}

/** No entry takes less than this, so no more of them are asked for than may fit. */
const shortestEntry = Size.DIRENT + 8

const dirent = ({ attributes: { kind } }: Found) => (kind === "directory" ? FileType.DIRECTORY : FileType.FILE)

/** The bytes that an entry takes: names are padded to 8 bytes. */
const spaceOf = (name: Uint8Array): number => (Size.DIRENT + name.length + 7) & ~7

/** Writes `.` and `..`, which are no look-ups: their number is 0 where a look-up would have one. */
const writeDots = (reply: Reply, { node, offset }: Listing, plus: boolean): void => {
  for (let index = offset; index < dots.length; index++) {
    if (plus) reply.zeros(Size.ENTRY)
    reply.dirent(index === 0 ? node : rootNode, index + 1, FileType.DIRECTORY, Buffer.from(dots[index]!))
  }
}

/** READDIR, or READDIRPLUS, whose entries are look-ups at once. Entries that do not fit are asked for again. */
const readDirectory = (filesystem: Filesystem, plus: boolean): Operation<Listing> => ({
  call: (request) => {
    const { node } = request
    const offset = request.long(2)
    const room = Math.min(request.word(4), smallest)
    const count = Math.floor(room / (shortestEntry + (plus ? Size.ENTRY : 0)))
    const handle = request.long(0)
    // An answer without entries is the end to the kernel: what cannot be shown is passed over here.
    const from = (start: number): Effect.Effect<Listing, StorageError> =>
      Effect.flatMap(filesystem.readDirectory(handle, Math.max(start - dots.length, 0), count), (entries) =>
        start >= dots.length && entries.length > 0 && entries.every(({ name }) => !isListable(name, nameBytes(name)))
          ? from(start + entries.length)
          : Effect.succeed({ node, offset: start, room, entries, remembered: [] })
      )
    return from(offset)
  },
  reply: (reply, listing) => {
    writeDots(reply, listing, plus)
    const end = Size.OUT_HEADER + listing.room
    let next = Math.max(listing.offset, dots.length)
    for (const entry of listing.entries) {
      next += 1
      const name = nameBytes(entry.name)
      if (!isListable(entry.name, name)) continue
      if (reply.length + spaceOf(name) + (plus ? Size.ENTRY : 0) > end) break
      if (plus) {
        reply.entry(entry)
        filesystem.remember(entry.attributes.node)
        listing.remembered.push(entry.attributes.node)
      }
      reply.dirent(entry.attributes.node, next, dirent(entry), name)
    }
  },
  undo: ({ remembered }) => Effect.sync(() => remembered.forEach((node) => filesystem.forget(node, 1)))
})

/** The operations on directories. */
export const directoryOperations = (filesystem: Filesystem): Operations => {
  const open: Operation<number> = {
    call: (request) => filesystem.openDirectory(request.node),
    reply: (reply, handle) => reply.opened({ handle, keepCache: false, direct: false }),
    undo: (handle) => filesystem.releaseDirectory(handle)
  }
  const release: Operation<void> = {
    call: (request) => filesystem.releaseDirectory(request.long(0)),
    reply: nothing
  }
  return {
    [Opcode.OPENDIR]: open,
    [Opcode.READDIR]: readDirectory(filesystem, false),
    [Opcode.READDIRPLUS]: readDirectory(filesystem, true),
    [Opcode.RELEASEDIR]: release
  }
}
