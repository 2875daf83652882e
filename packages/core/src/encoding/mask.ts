/**
 * Which characters of names a provider replaces: rclone's encoding flags, as data.
 *
 * Names, values and meaning are rclone's (`lib/encoder`, documented at https://rclone.org/overview/#encoding), so that
 * both tools see the same names over the same data.
 */

/** One bit of a mask. */
export interface EncodingFlag {
  readonly value: number
  /** What it does, for people. */
  readonly replaces: string
  /** The characters it replaces; none for the flags that act on bytes or on a whole name. */
  readonly characters?: string
  /** Where in a name it replaces them; anywhere if absent. */
  readonly only?: "first" | "last"
}

const controls = String.fromCharCode(...Array.from({ length: 31 }, (_, index) => index + 1))
const newlinesAndTabs = "\t\n\v\r"

/** Name to flag, in the order of the bits. */
export const encodingFlags = {
  Raw: { value: 0x1, replaces: "nothing, not even NUL; only if it is the whole mask" },
  Slash: { value: 0x2, replaces: "a slash", characters: "/" },
  LtGt: { value: 0x4, replaces: "< and >", characters: "<>" },
  DoubleQuote: { value: 0x8, replaces: "a double quote", characters: '"' },
  SingleQuote: { value: 0x10, replaces: "a single quote", characters: "'" },
  BackQuote: { value: 0x20, replaces: "a back quote", characters: "`" },
  Dollar: { value: 0x40, replaces: "a dollar sign", characters: "$" },
  Colon: { value: 0x80, replaces: "a colon", characters: ":" },
  Question: { value: 0x100, replaces: "a question mark", characters: "?" },
  Asterisk: { value: 0x200, replaces: "an asterisk", characters: "*" },
  Pipe: { value: 0x400, replaces: "a vertical bar", characters: "|" },
  Hash: { value: 0x800, replaces: "a hash sign", characters: "#" },
  Percent: { value: 0x1000, replaces: "a percent sign", characters: "%" },
  BackSlash: { value: 0x2000, replaces: "a backslash", characters: "\\" },
  CrLf: { value: 0x4000, replaces: "CR and LF", characters: "\r\n" },
  Del: { value: 0x8000, replaces: "DEL", characters: "\x7f" },
  Ctl: { value: 0x10000, replaces: "the control characters 0x01 to 0x1F", characters: controls },
  LeftSpace: { value: 0x20000, replaces: "a leading space", characters: " ", only: "first" },
  LeftPeriod: { value: 0x40000, replaces: "a leading dot", characters: ".", only: "first" },
  LeftTilde: { value: 0x80000, replaces: "a leading tilde", characters: "~", only: "first" },
  LeftCrLfHtVt: { value: 0x100000, replaces: "a leading CR, LF, HT or VT", characters: newlinesAndTabs, only: "first" },
  RightSpace: { value: 0x200000, replaces: "a trailing space", characters: " ", only: "last" },
  RightPeriod: { value: 0x400000, replaces: "a trailing dot", characters: ".", only: "last" },
  RightCrLfHtVt: {
    value: 0x800000,
    replaces: "a trailing CR, LF, HT or VT",
    characters: newlinesAndTabs,
    only: "last"
  },
  InvalidUtf8: { value: 0x1000000, replaces: "a byte that is not valid UTF-8" },
  Dot: { value: 0x2000000, replaces: "the whole names . and .." },
  SquareBracket: { value: 0x4000000, replaces: "square brackets", characters: "[]" },
  Semicolon: { value: 0x8000000, replaces: "a semicolon", characters: ";" },
  Exclamation: { value: 0x10000000, replaces: "an exclamation mark", characters: "!" }
} as const satisfies Record<string, EncodingFlag>

/** One of the names of `encodingFlags`. */
export type EncodingFlagName = keyof typeof encodingFlags

const flags: ReadonlyArray<readonly [string, EncodingFlag]> = Object.entries(encodingFlags)
const values: ReadonlyMap<string, number> = new Map([
  ["None", 0],
  ...flags.map(([name, { value }]) => [name, value] as const)
])
const allFlags = flags.reduce((mask, [, { value }]) => mask | value, 0)

const bitsFromText = (text: string): number | undefined => {
  if (!/^(0|[1-9]\d*|0x[\da-f]+)$/i.test(text)) return values.get(text)
  const bits = Number(text)
  return bits <= allFlags ? bits : undefined
}

/** A mask from names and numbers, decimal or `0x…`, separated by commas; undefined if a part is no flag. */
export const maskFromText = (text: string): number | undefined =>
  text
    .split(",")
    .map((part) => bitsFromText(part.trim()))
    .reduce((mask, bits) => (mask === undefined || bits === undefined ? undefined : mask | bits), 0)

/** The names of the flags of a mask, in the order of the bits; `["None"]` for 0. */
export const maskToNames = (mask: number): ReadonlyArray<string> =>
  mask === 0 ? ["None"] : flags.filter(([, { value }]) => (mask & value) !== 0).map(([name]) => name)
