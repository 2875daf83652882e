/**
 * What failed, in the words of a JSON report of vitest: for the end of a log.
 */
import { relative } from "node:path"
import { stripVTControlCharacters } from "node:util"

/** One test of a report. */
export interface TestResult {
  readonly ancestorTitles: ReadonlyArray<string>
  readonly title: string
  readonly status: string
  readonly failureMessages?: ReadonlyArray<string> | null
}

/** One file of a report; it has a message of its own if it could not be loaded or prepared. */
export interface FileResult {
  readonly name: string
  readonly status: string
  readonly message?: string
  readonly assertionResults: ReadonlyArray<TestResult>
}

const mostLines = 8

/** The first lines of a message, without its stack. */
const firstLines = (message: string): ReadonlyArray<string> => {
  const lines = stripVTControlCharacters(message).split("\n")
  const stack = lines.findIndex((line) => /^ +at /.test(line))
  const said = (stack < 0 ? lines : lines.slice(0, stack)).filter((line) => line.trim() !== "")
  return said.length > mostLines ? [...said.slice(0, mostLines), "…"] : said
}

const block = (file: string, titles: ReadonlyArray<string>, messages: ReadonlyArray<string>): string =>
  [`FAILED  ${[file, ...titles].join(" > ")}`, ...messages.flatMap(firstLines).map((line) => `        ${line}`)].join(
    "\n"
  )

/** For each failed test, and each file that failed without one: file, full name and first lines of the message. */
export const failuresOf = (files: ReadonlyArray<FileResult>, root: string): ReadonlyArray<string> =>
  files.flatMap(({ name, status, message = "", assertionResults }) => {
    const file = relative(root, name)
    const failed = assertionResults.filter((test) => test.status === "failed")
    const tests = failed.map(({ ancestorTitles, title, failureMessages }) =>
      block(file, [...ancestorTitles, title], failureMessages ?? [])
    )
    return tests.length === 0 && status === "failed" ? [block(file, [], [message])] : tests
  })
