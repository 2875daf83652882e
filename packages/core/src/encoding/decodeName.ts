/**
 * The name of what a provider stores: the inverse of `encodeName`.
 */
import { flags } from "./mask.ts"
import { leftRules, quote, replacementsOf, rightRules } from "./replacements.ts"
import { bytesFromText, escapeByte, textFromBytes } from "./surrogateEscape.ts"

const dots: Readonly<Record<string, string>> = {
  "\uff0e": ".",
  "\uff0e\uff0e": "..",
  [`${quote}\uff0e`]: "\uff0e",
  [`${quote}\uff0e${quote}\uff0e`]: "\uff0e\uff0e"
}

/** What an encoded character at an edge stands for, if one of the rules that the mask has made it. */
const edge = (rules: typeof leftRules, mask: number, character: string): string | undefined =>
  rules.find(({ flag, restore }) => (mask & flag) !== 0 && restore.has(character))?.restore.get(character)

const hexByte = /^[0-9A-F]{2}$/

/** Decodes a stored name by a mask of `mask.ts`. Total: what no encoding gives stands for itself. */
export const decodeName = (stored: string, mask: number): string => {
  if (mask === flags.Raw || stored === "") return stored
  if ((mask & flags.Dot) !== 0 && Object.hasOwn(dots, stored)) return dots[stored] as string
  const { restore } = replacementsOf(mask)
  const characters = Array.from(stored)
  const length = characters.length
  const quotable = (index: number): boolean => {
    const character = characters[index] as string
    if (character === quote || restore.has(character)) return true
    return (
      (index === 1 && edge(leftRules, mask, character) !== undefined) ||
      (index === length - 1 && edge(rightRules, mask, character) !== undefined)
    )
  }
  let name = ""
  let hasBytes = false
  for (let index = 0; index < length; index += 1) {
    const character = characters[index] as string
    if (character === quote && index + 1 < length) {
      const hex = (characters[index + 1] ?? "") + (characters[index + 2] ?? "")
      if ((mask & flags.InvalidUtf8) !== 0 && hexByte.test(hex)) {
        const byte = Number.parseInt(hex, 16)
        name += byte < 0x80 ? String.fromCharCode(byte) : escapeByte(byte)
        hasBytes = true
        index += 2
        continue
      }
      if (quotable(index + 1)) {
        name += characters[index + 1]
        index += 1
        continue
      }
    }
    const atEdge =
      (index === 0 ? edge(leftRules, mask, character) : undefined) ??
      (index === length - 1 ? edge(rightRules, mask, character) : undefined)
    name += atEdge ?? restore.get(character) ?? character
  }
  return hasBytes ? textFromBytes(bytesFromText(name)) : name
}
