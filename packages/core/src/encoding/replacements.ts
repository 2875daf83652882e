/**
 * What a mask replaces by what, as tables: printable ASCII by its full-width form, control characters by the symbol for
 * them.
 */
import { flags, type Flag } from "./mask.ts"

export const quote = "\u201b"
const fullWidth = (character: string) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)
const symbol = (code: number) => String.fromCharCode(0x2400 + code)

/** Flags that replace each of some characters wherever it stands. */
const printable: Partial<Record<Flag, string>> = {
  Slash: "/",
  LtGt: "<>",
  DoubleQuote: '"',
  SingleQuote: "'",
  BackQuote: "`",
  Dollar: "$",
  Colon: ":",
  Question: "?",
  Asterisk: "*",
  Pipe: "|",
  Hash: "#",
  Percent: "%",
  BackSlash: "\\",
  SquareBracket: "[]",
  Semicolon: ";",
  Exclamation: "!"
}

/** A rule for the first or the last character only. */
interface EdgeRule {
  readonly flag: number
  readonly replace: ReadonlyMap<string, string>
  readonly restore: ReadonlyMap<string, string>
}

const inverse = (map: ReadonlyMap<string, string>) => new Map([...map].map(([from, to]) => [to, from]))

const edgeRule = (flag: Flag, pairs: ReadonlyArray<readonly [string, string]>): EdgeRule => {
  const replace = new Map(pairs)
  return { flag: flags[flag], replace, restore: inverse(replace) }
}

const breaks = [0x09, 0x0a, 0x0b, 0x0d].map((code) => [String.fromCharCode(code), symbol(code)] as const)

/** In the order in which they are tried; the first that applies is the only one. */
export const leftRules = [
  edgeRule("LeftSpace", [[" ", symbol(0x20)]]),
  edgeRule("LeftPeriod", [[".", fullWidth(".")]]),
  edgeRule("LeftTilde", [["~", fullWidth("~")]]),
  edgeRule("LeftCrLfHtVt", breaks)
]
export const rightRules = [
  edgeRule("RightSpace", [[" ", symbol(0x20)]]),
  edgeRule("RightPeriod", [[".", fullWidth(".")]]),
  edgeRule("RightCrLfHtVt", breaks)
]

/** What a mask replaces anywhere in a name, and back. */
export interface Replacements {
  readonly replace: ReadonlyMap<string, string>
  readonly restore: ReadonlyMap<string, string>
}

const cache = new Map<number, Replacements>()

const build = (mask: number): Replacements => {
  const replace = new Map([["\0", symbol(0)]])
  const has = (flag: Flag) => (mask & flags[flag]) !== 0
  for (const [flag, characters] of Object.entries(printable)) {
    if (has(flag as Flag)) for (const character of characters) replace.set(character, fullWidth(character))
  }
  if (has("CrLf")) for (const code of [0x0a, 0x0d]) replace.set(String.fromCharCode(code), symbol(code))
  if (has("Ctl")) for (let code = 1; code < 0x20; code += 1) replace.set(String.fromCharCode(code), symbol(code))
  if (has("Del")) replace.set("\x7f", symbol(0x21))
  return { replace, restore: inverse(replace) }
}

/** The replacements of a mask. */
export const replacementsOf = (mask: number): Replacements => {
  const known = cache.get(mask) ?? build(mask)
  cache.set(mask, known)
  return known
}
