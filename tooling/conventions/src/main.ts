/** `node tooling/conventions/src/main.ts`: prints every violation of the tree and fails if there is one. */
import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { check } from "./rules.ts"

const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
  encoding: "utf8"
})
const textual = /(\.(ts|json|md|sh|yaml)|\/(up|down|run|install|selftest))$/
const files = listed
  .split("\0")
  .filter((path) => textual.test(path) && !path.includes("/vectors/") && existsSync(path))
  .map((path) => ({ path, text: readFileSync(path, "utf8") }))

const violations = check(files)
for (const { path, line, rule, detail } of violations) {
  process.stdout.write(`${path}${line === undefined ? "" : `:${line}`} ${rule}: ${detail}\n`)
}
process.stdout.write(`conventions: ${files.length} files, ${violations.length} violations\n`)
process.exitCode = violations.length === 0 ? 0 : 1
