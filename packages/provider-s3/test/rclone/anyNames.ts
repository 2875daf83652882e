/**
 * Trees of random names, made of what clients and servers mistake, of which both tools take every one for the same.
 */
import { canonicalText } from "@mooring/core/encoding/surrogateEscape"
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"

const pieces = [
  ..."abcXYZ019 .-_~+%&?#=;:,@!$'\"`*()[]{}<>|\\^",
  ..."\u0001\b\t\n\v\f\r\u001b\u001f\u007f\u0085\u00a0\u200b\u2028\ufeff\ufffd\uffff\uff0f\uff0e\uff0b\u2401\u2420\u2421é漢😀",
  "e\u0301",
  "%2F",
  "%00",
  "..",
  "&amp;",
  "\udc80",
  "\udcc3",
  "\udca9",
  "\udced",
  "\udcff"
]

const anySegment = Arbitrary.map(
  Arbitrary.array(Arbitrary.schema(Schema.Literals(pieces)), { minLength: 1, maxLength: 24 }),
  (parts) => canonicalText(parts.join(""))
)

/** Names of which rclone takes a file for another, and such as no file has. */
const isDot = (segment: string): boolean => /^[.\uff0e]{1,2}$/.test(segment)

const anyName = Arbitrary.map(Arbitrary.array(anySegment, { minLength: 1, maxLength: 4 }), (segments) =>
  segments.map((segment) => (isDot(segment) ? `${segment}x` : segment)).join("/")
)

/** Up to forty names, none of which is also a directory of another. */
export const anyNames = Arbitrary.map(Arbitrary.array(anyName, { minLength: 1, maxLength: 40 }), (names) =>
  [...new Set(names)].filter((name) => !names.some((other) => other.startsWith(`${name}/`)))
)
