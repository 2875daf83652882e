/**
 * `pnpm generate`: a page of options for each provider in `docs/providers`, from its schema. With `--check` nothing is
 * written and a page that is out of date fails.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { optionTable, type PluginModule } from "./optionTable.ts"
import { root } from "./step.ts"
import { workspaces } from "./workspaces.ts"

const checkOnly = process.argv.includes("--check")
const stale: Array<string> = []

for (const { folder } of workspaces().filter(({ folder: path }) => path.startsWith("packages/provider-"))) {
  const page = join(root, "docs/providers", `${folder.slice("packages/provider-".length)}.md`)
  const { default: plugin } = (await import(join(root, folder, "src/index.ts"))) as PluginModule
  const current = existsSync(page) ? readFileSync(page, "utf8") : ""
  const next = optionTable(plugin.describe())
  if (next === current) continue
  stale.push(page.slice(root.length))
  if (checkOnly) continue
  mkdirSync(join(root, "docs/providers"), { recursive: true })
  writeFileSync(page, next)
}

process.stdout.write(
  stale.length === 0
    ? "generated files are in sync\n"
    : `${checkOnly ? "out of date" : "written"}: ${stale.join(", ")}\n`
)
process.exitCode = checkOnly && stale.length > 0 ? 1 : 0
