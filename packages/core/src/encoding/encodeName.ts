/**
 * A name as a provider stores it. A character that decoding would turn into another is quoted with `‛`, so nothing is
 * lost. Works on surrogate-escaped text.
 */
import { flags } from "./mask.ts"
import { leftRules, quote, replacementsOf, rightRules } from "./replacements.ts"
import { escapedByte } from "./surrogateEscape.ts"

const dots: Readonly<Record<string, string>> = {
  ".": "\uff0e",
  "..": "\uff0e\uff0e",
  "\uff0e": `${quote}\uff0e`,
  "\uff0e\uff0e": `${quote}\uff0e${quote}\uff0e`
}

/** The stored form of the first or last character, if one of the rules that the mask has takes it. */
const edge = (rules: typeof leftRules, mask: number, character: string): string | undefined => {
  for (const { flag, replace, restore } of rules) {
    if ((mask & flag) === 0) continue
    if (replace.has(character)) return replace.get(character)
    if (restore.has(character)) return quote + character
  }
  return undefined
}

/** Encodes a name by a mask of `mask.ts`. */
export const encodeName = (name: string, mask: number): string => {
  if (mask === flags.Raw || name === "") return name
  if ((mask & flags.Dot) !== 0 && Object.hasOwn(dots, name)) return dots[name] as string
  const { replace, restore } = replacementsOf(mask)
  const characters = Array.from(name)
  const first = edge(leftRules, mask, characters[0] as string)
  const rest = first === undefined ? characters : characters.slice(1)
  const last = rest.length === 0 ? undefined : edge(rightRules, mask, rest.at(-1) as string)
  const middle = last === undefined ? rest : rest.slice(0, -1)
  const encoded = middle.map((character) => {
    const replaced = replace.get(character)
    if (replaced !== undefined) return replaced
    if (character === quote || restore.has(character)) return quote + character
    const byte = (mask & flags.InvalidUtf8) === 0 ? undefined : escapedByte(character.codePointAt(0) as number)
    return byte === undefined ? character : quote + byte.toString(16).toUpperCase()
  })
  return (first ?? "") + encoded.join("") + (last ?? "")
}
