/**
 * Paths of the store to paths of the file system, as bytes.
 */
import type { Path } from "@mooring/core"
import { StorageError } from "@mooring/core"
import { NameCodec } from "@mooring/core/encoding/NameCodec"
import { bytesFromText, textFromBytes } from "@mooring/core/encoding/surrogateEscape"
import * as Effect from "effect/Effect"

/** InvalidUtf8 is left out: a file system takes any byte. Dot: `.` and `..` are names of directories there. */
const codec = NameCodec.make(0x2000000)

/** Linux and macOS: bytes of one name. */
export const maxSegment = 255

/** Names that Mooring itself writes beside files on their way; never listed, never addressed. */
export const temporaryPrefix = ".mooring-write-"

const segmentBytes = Effect.fnUntraced(function* (segment: string) {
  if (segment === "") return yield* StorageError.of("invalid_name", "a file name cannot be empty")
  if (!segment.isWellFormed()) return yield* StorageError.of("invalid_name", "the name is not well-formed Unicode")
  if (segment.includes("\0") || segment.includes("/")) {
    return yield* StorageError.of("invalid_name", "a file name cannot hold a slash or a zero byte")
  }
  const bytes = bytesFromText(codec.encode(segment))
  if (bytes.byteLength > maxSegment) {
    return yield* StorageError.of("invalid_name", `a file name has at most ${maxSegment} bytes`)
  }
  if (segment.startsWith(temporaryPrefix)) {
    return yield* StorageError.of("invalid_name", "names of this form are for files on their way")
  }
  return bytes
})

/** The file of a path below the root. Fails with `invalid_name` for what the file system cannot store. */
export const fileOf = Effect.fnUntraced(function* (root: string, path: Path) {
  const parts: Array<Uint8Array> = [Buffer.from(root)]
  for (const segment of path) parts.push(Buffer.from("/"), yield* segmentBytes(segment))
  return Buffer.concat(parts)
})

/** The file `name` in a directory, as `readdir` gives it. */
export const inDirectory = (directory: Uint8Array, name: Uint8Array): Buffer =>
  Buffer.concat([directory, Buffer.from("/"), name])

/** The segment of a file name, or undefined if no path reaches it or it is a file on its way. */
export const segmentOf = (name: Uint8Array): string | undefined => {
  const segment = codec.decode(textFromBytes(name))
  return segment?.startsWith(temporaryPrefix) === true ? undefined : segment
}

/** A name that cannot be a path, for people to see. */
export const displayOf = (name: Uint8Array): string => textFromBytes(name).toWellFormed()

export const isOnItsWay = (name: Uint8Array): boolean => textFromBytes(name).startsWith(temporaryPrefix)
