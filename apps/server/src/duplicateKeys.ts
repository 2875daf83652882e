/**
 * Whether a JSON text names a key of an object twice: readers disagree on which of the two counts.
 */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/gs

/** The text is valid JSON. */
export const hasDuplicateKeys = (json: string): boolean => {
  const open: Array<Set<string> | undefined> = []
  let before = ""
  for (const [text] of json.matchAll(token)) {
    const keys = open.at(-1)
    if (text === "{") open.push(new Set())
    else if (text === "[") open.push(undefined)
    else if (text === "}" || text === "]") open.pop()
    else if (text === ":" && keys !== undefined) {
      // Escapes spell the same key in many ways.
      const key = JSON.parse(before) as string
      if (keys.has(key)) return true
      keys.add(key)
    }
    before = text
  }
  return false
}
