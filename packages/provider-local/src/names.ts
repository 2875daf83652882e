/**
 * Paths of the store to paths of the file system, as bytes.
 */
import { StorageError, type Path } from "@mooring/core"
import { nameFromSegment, segmentFromName } from "@mooring/core/encoding/segment"
import { bytesFromText, textFromBytes } from "@mooring/core/encoding/surrogateEscape"
import * as Effect from "effect/Effect"
import { dotsOfFile, fileOfDots } from "./dots.ts"

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
  const bytes = bytesFromText(fileOfDots(nameFromSegment(segment)))
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

/** The segment of a file name: every name has one. */
export const segmentOf = (name: Uint8Array): string => segmentFromName(dotsOfFile(textFromBytes(name)))
