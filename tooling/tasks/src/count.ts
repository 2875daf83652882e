/**
 * The end of a run: what failed, and in the last line how many tests passed, failed and were skipped, over all reports
 * that the runs left.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { failuresOf, type FileResult } from "./failures.ts"
import { root } from "./step.ts"
import { sum, type Report } from "./sum.ts"
import { workspaces } from "./workspaces.ts"

const reports = workspaces()
  .map(({ folder }) => join(root, folder, ".vitest"))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .map(
        (name) =>
          JSON.parse(readFileSync(join(folder, name), "utf8")) as Report & {
            readonly testResults: ReadonlyArray<FileResult>
          }
      )
  )

for (const failure of reports.flatMap(({ testResults }) => failuresOf(testResults, root))) {
  process.stdout.write(`${failure}\n`)
}
const { passed, failed, skipped } = sum(reports)
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
