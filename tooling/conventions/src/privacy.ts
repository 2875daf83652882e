/**
 * What a stranger's clone must not depend on or see: folders beside the repository, machine paths, marks of unfinished
 * work.
 */
import { lineAt, type FileRule } from "./SourceFile.ts"

const patterns: ReadonlyArray<readonly [RegExp, string]> = [
  [/\.\.\/shared\b/g, "a folder that a clone does not have"],
  [/(?<![\w.])\/(work|root|home\/\w+)\/[\w.]/g, "a path of one machine"],
  [/\b(TODO|FIXME|XXX|HACK)\b/g, "a mark of unfinished work: open an issue"],
  [/\b(it|describe|test)\.(only|todo)\b/g, "a test that hides others"]
]

export const privacy: FileRule = ({ path, text }) =>
  path.startsWith("tooling/conventions/") || /\.(lock|yaml|snap)$/.test(path)
    ? []
    : patterns.flatMap(([pattern, detail]) =>
        [...text.matchAll(pattern)].map((match) => ({ path, line: lineAt(text, match.index), rule: "privacy", detail }))
      )
