/**
 * The mask that says which characters of a name are replaced: rclone's MultiEncoder, bit for bit.
 */

/** Flag to bit value, as rclone names them. */
export const flags = {
  Raw: 0x1,
  Slash: 0x2,
  LtGt: 0x4,
  DoubleQuote: 0x8,
  SingleQuote: 0x10,
  BackQuote: 0x20,
  Dollar: 0x40,
  Colon: 0x80,
  Question: 0x100,
  Asterisk: 0x200,
  Pipe: 0x400,
  Hash: 0x800,
  Percent: 0x1000,
  BackSlash: 0x2000,
  CrLf: 0x4000,
  Del: 0x8000,
  Ctl: 0x10000,
  LeftSpace: 0x20000,
  LeftPeriod: 0x40000,
  LeftTilde: 0x80000,
  LeftCrLfHtVt: 0x100000,
  RightSpace: 0x200000,
  RightPeriod: 0x400000,
  RightCrLfHtVt: 0x800000,
  InvalidUtf8: 0x1000000,
  Dot: 0x2000000,
  SquareBracket: 0x4000000,
  Semicolon: 0x8000000,
  Exclamation: 0x10000000
} as const

export type Flag = keyof typeof flags

const all = Object.values(flags).reduce((mask, bit) => mask | bit, 0)

const valueOf = (word: string): number | undefined => {
  if (word === "None") return 0
  if (Object.hasOwn(flags, word)) return flags[word as Flag]
  const value = /^(0x[0-9a-f]+|\d+)$/i.test(word) ? Number(word) : Number.NaN
  return Number.isSafeInteger(value) && value <= all ? value : undefined
}

/** The mask of a number, or of names and numbers separated by commas; undefined if a word is neither. */
export const maskFromText = (text: string): number | undefined => {
  const values = text.split(",").map((word) => valueOf(word.trim()))
  return values.includes(undefined) ? undefined : values.reduce<number>((mask, value) => mask | (value as number), 0)
}

/** The names of the bits of a mask. */
export const maskToNames = (mask: number): ReadonlyArray<Flag> =>
  (Object.keys(flags) as ReadonlyArray<Flag>).filter((flag) => (mask & flags[flag]) !== 0)
