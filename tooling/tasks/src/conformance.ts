/**
 * `pnpm conformance [provider/setup …]`: boots each real server of `setups/`, runs its provider's conformance suites
 * against it, and takes it down. A server that does not start is a failure, never a skip.
 */
import { spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { root, step } from "./step.ts"

const all = readdirSync(join(root, "setups"))
  .flatMap((provider) => {
    const folder = join(root, "setups", provider)
    return existsSync(join(root, "packages", `provider-${provider}`))
      ? readdirSync(folder).map((setup) => `${provider}/${setup}`)
      : []
  })
  .filter((setup) => existsSync(join(root, "setups", setup, "up")))

const conform = (setup: string): boolean => {
  const [provider, name] = setup.split("/") as [string, string]
  const folder = join(root, "setups", setup)
  const scratch = mkdtempSync(join(tmpdir(), "mooring-setup-"))
  try {
    const up = spawnSync(join(folder, "up"), [join(scratch, "server")], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"]
    })
    if (up.status !== 0) {
      process.stdout.write(`FAILED  ${setup} did not start\n`)
      return false
    }
    return step({
      name: `conformance ${setup}`,
      run: ["vitest", "run", "--config", join(root, "vitest.conformance.ts")],
      cwd: join(root, "packages", `provider-${provider}`),
      env: { MOORING_SETUP: up.stdout.trim(), MOORING_REPORT: `conformance-${name}` }
    })
  } finally {
    spawnSync(join(folder, "down"), [join(scratch, "server")], { stdio: "inherit" })
    rmSync(scratch, { recursive: true, force: true })
  }
}

const asked = process.argv.slice(2)
const chosen = asked.length === 0 ? all : asked
const unknown = chosen.filter((setup) => !all.includes(setup))
if (unknown.length > 0 || chosen.length === 0) {
  process.stdout.write(`there is no setup ${unknown.join(", ")}; there are: ${all.join(", ")}\n`)
  process.exitCode = 1
} else {
  const failed = chosen.filter((setup) => !conform(setup))
  process.exitCode = failed.length === 0 ? 0 : 1
}
