/**
 * Which names a file can have, here and at the provider. Pure.
 */
import { StorageError } from "@mooring/core"
import { nameFromSegment } from "@mooring/core/encoding/segment"
import { bytesFromText } from "@mooring/core/encoding/surrogateEscape"
import type { Limits } from "@mooring/core/Capabilities"
import type { Path } from "@mooring/core"

/** NAME_MAX of Linux: `readdir` of most programs has room for so many bytes. */
const longest = 255

const ascii = /^[ -~]*$/

/** How many bytes the name has that a segment stands for. */
export const byteLength = (segment: string): number =>
  ascii.test(segment) ? segment.length : bytesFromText(nameFromSegment(segment)).byteLength

/** Whether a name is one that POSIX reserves or that no program can pass on: such keys are not shown. */
const impossible = (segment: string): boolean =>
  segment === "" || segment === "." || segment === ".." || segment.includes("/") || segment.includes("\0")

/** Whether a listed segment can be shown. */
export const isVisible = (segment: string): boolean => !impossible(segment) && byteLength(segment) <= longest

/** Why nothing can be made with this path; undefined if it can. The last segment is the new name. */
export const refusal = (path: Path, limits: Limits): StorageError | undefined => {
  const name = path.at(-1)
  if (name === undefined || impossible(name)) return StorageError.of("invalid_name", "no file can have this name")
  if (!name.isWellFormed()) return StorageError.of("invalid_name", "the name is not well-formed Unicode")
  if (byteLength(name) > Math.min(longest, limits.maxSegment ?? Infinity)) {
    return StorageError.of("name_too_long", "the provider cannot store a name of this length")
  }
  const key = path.reduce((sum, segment) => sum + byteLength(segment) + 1, -1)
  return key > (limits.maxKey ?? Infinity)
    ? StorageError.of("name_too_long", "the provider cannot store a path of this length")
    : undefined
}
