/**
 * Names and sizes of files.
 */
import { isSource, type FileRule } from "./SourceFile.ts"

const roomsWithoutName = /\/(utils?|helpers?|common|misc|types|shared)\.ts$/
const maxLines = 400
/** Data in the form of code, whose length is that of the facts. */
const data = /\/(specification|presets|vectors)\//

export const naming: FileRule = ({ path, text }) => {
  if (!isSource(path)) return []
  const violation = (detail: string) => ({ path, rule: "naming", detail })
  const lines = text.split("\n").length
  return [
    ...(roomsWithoutName.test(path) ? [violation("the name says nothing of what is inside")] : []),
    ...(lines > maxLines && !data.test(path) ? [violation(`${lines} lines; at most ${maxLines}`)] : []),
    ...(/^(#!.*\n)?\/\*\*/.test(text) ? [] : [violation("does not open with a paragraph on what it holds")])
  ]
}
