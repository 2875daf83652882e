/**
 * The last line of a run: how many tests passed, failed and were skipped, over all reports that the runs left.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "./step.ts"
import { sum, type Report } from "./sum.ts"
import { workspaces } from "./workspaces.ts"

const reports = workspaces()
  .map(({ folder }) => join(root, folder, ".vitest"))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Report)
  )

const { passed, failed, skipped } = sum(reports)
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
