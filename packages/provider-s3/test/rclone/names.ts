/**
 * Names of files, as surrogate-escaped text of their bytes, with a slash between directories.
 */
import { maskFromText } from "@mooring/core/encoding/mask"
import { NameCodec } from "@mooring/core/encoding/NameCodec"
import { nameFromSegment, segmentFromName } from "@mooring/core/encoding/segment"
import type { Path } from "@mooring/core/Path"
import { hostileNames } from "@mooring/testkit"
import { uploadDifferences } from "./differences.ts"

/** The path below a place that stands for the bytes of a name. */
export const pathOfName = (name: string): Path => name.split("/").map(segmentFromName)

/** The name whose bytes a path below a place stands for. */
export const nameOfPath = (path: Path): string => path.map(nameFromSegment).join("/")

const standard = NameCodec.make(maskFromText("Slash,Ctl,Del,Dot") as number)

/** The name as rclone prints it, in JSON, which has no place for bytes that are not UTF-8. */
export const printedName = (name: string): string => pathOfName(name).map(standard.encode).join("/").toWellFormed()

/** Whether Linux can have a file of this name. */
const isFile = (name: string): boolean =>
  !name.includes("\0") && name.split("/").every((segment) => !["", ".", ".."].includes(segment))

const controls = Array.from({ length: 31 }, (_, index) => `control${String.fromCharCode(index + 1)}x`)

/** What the conformance suites do not name: bytes that are no text, what looks like an option, depth, and length. */
const more = [
  "caf\udce9",
  "\udcff\udcfe",
  "surrogate\udced\udca0\udc80",
  "cut\udce2\udc80",
  "-x",
  "--flag",
  "\u0001",
  "\u007f",
  "name\r",
  "replacement\ufffd",
  "%2F+?#&=",
  "漢".repeat(85),
  Array.from({ length: 40 }, (_, depth) => `d${depth}`).join("/")
]

/** Names that both tools take for the same. */
export const sameNames: ReadonlyArray<string> = [
  ...hostileNames.map(({ text }) => nameOfPath(text.split("/"))).filter(isFile),
  ...controls,
  ...more
].filter((name) => !uploadDifferences.some((difference) => difference.name === name))
