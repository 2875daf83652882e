/**
 * Options that are a number of bytes.
 */
import * as Schema from "effect/Schema"
import { annotated, type OptionMarks, type OptionSchema } from "./annotation.ts"
import { decodedFromJson } from "./decodedFromJson.ts"

/** Powers of 1024, as in rclone: `K` and `Ki` are the same. */
const units = ["", "K", "M", "G", "T", "P", "E"]
const pattern = /^(\d+(?:\.\d+)?)(?:([KMGTPE])i?)?B?$/i

/**
 * Bytes from `5Mi`, `200M`, `1.5G`, `off` (-1) or a whole number; undefined if it is none of them. A bare number is
 * bytes. (rclone reads a bare number in a configuration file as KiB; its importer converts.)
 */
export const parseSize = (value: string | number): number | undefined => {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= -1 ? value : undefined
  if (value === "off") return -1
  const match = pattern.exec(value)
  if (match === null) return undefined
  const bytes = Number(match[1]) * 1024 ** units.indexOf((match[2] ?? "").toUpperCase())
  return Number.isSafeInteger(bytes) || bytes === 2 ** 63 ? bytes : undefined
}

/** The shortest exact form: `5Mi`, or bytes. */
export const formatSize = (bytes: number): string => {
  if (bytes === -1) return "off"
  const power = units.findLastIndex((_, index) => bytes > 0 && bytes % 1024 ** index === 0)
  return power <= 0 ? String(bytes) : `${bytes / 1024 ** power}${units[power]}i`
}

/** The marks of such an option. */
export interface SizeMarks extends OptionMarks<number> {
  /** As the specification writes it: bytes in a string. */
  readonly default: string
}

/** A number of bytes, -1 for `off`. What a preset permits is checked by `normalize`. */
export const size = ({ default: initial, ...marks }: SizeMarks): OptionSchema<number> =>
  annotated(
    decodedFromJson(Schema.Finite, parseSize, formatSize),
    {
      kind: "size",
      secret: false,
      default: initial,
      expects: "a number of bytes, or a size such as 5Mi or 200M, or off",
      jsonSchema: { type: ["string", "integer"] }
    },
    marks
  )
