/**
 * Names between the kernel's bytes and the segments of core's paths.
 */
import { nameFromSegment, segmentFromName } from "@mooring/core/encoding/segment"
import { bytesFromText, textFromBytes } from "@mooring/core/encoding/surrogateEscape"
import { longestName } from "./constants.ts"

const isAscii = (bytes: Uint8Array, start: number, end: number): boolean => {
  for (let index = start; index < end; index++) if (bytes[index]! >= 0x80) return false
  return true
}

/** Where the name that starts here ends: at its NUL. */
export const nameEnd = (bytes: Uint8Array, start: number): number => bytes.indexOf(0, start)

/** The segment of the bytes up to a NUL. Most names are ASCII, whose segment is their text. */
export const readName = (bytes: Buffer, start: number): string => {
  const end = nameEnd(bytes, start)
  return isAscii(bytes, start, end)
    ? bytes.toString("latin1", start, end)
    : segmentFromName(textFromBytes(bytes.subarray(start, end)))
}

/** The bytes of a segment. */
export const nameBytes = (segment: string): Uint8Array => bytesFromText(nameFromSegment(segment))

const reserved = new Set(["", ".", ".."])

/** Whether the kernel takes a name in a listing; one name that it does not would fail the listing as a whole. */
export const isListable = (segment: string, bytes: Uint8Array): boolean =>
  !reserved.has(segment) && bytes.length <= longestName && !bytes.includes(0) && !bytes.includes(0x2f)
