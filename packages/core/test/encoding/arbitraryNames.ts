/**
 * Names made of what the encoder treats specially, and masks with any flags.
 */
import * as Arbitrary from "effect/Arbitrary"
import * as Schema from "effect/Schema"
import { canonicalText, textFromBytes } from "../../src/encoding/surrogateEscape.ts"

const byte = Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 255 })))

/** Any bytes at all. */
export const anyBytes = Arbitrary.map(Arbitrary.array(byte, { maxLength: 40 }), (bytes) => Uint8Array.from(bytes))

const pieces = [
  ..."‛‛‛.． ␠~～/／\\＼<＜>＞\"＂'＇`｀$＄:：?？*＊|｜#＃%％[］;；!！aZ09Ff-é漢😀",
  ..."\0␀\x01␁\t␉\n␊\v␋\r␍\x1f␟\x7f␡\ufeff\ufffd\uffff",
  ..."\udc80\udcc3\udca9\udcff"
]

/** Surrogate-escaped names in the one form that `textFromBytes` gives. */
export const anyName = Arbitrary.map(
  Arbitrary.array(Arbitrary.schema(Schema.Literals(pieces)), { maxLength: 12 }),
  (parts) => canonicalText(parts.join(""))
)

/** The names of random bytes: mostly escapes. */
export const anyByteName = Arbitrary.map(anyBytes, textFromBytes)

/** The name without its slashes. What stood on both sides of one may together be valid UTF-8. */
export const withoutSlashes = (name: string): string => canonicalText(name.replaceAll("/", ""))

/** Any of the 2^29 masks. */
export const anyMask = Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 0x1fffffff })))
