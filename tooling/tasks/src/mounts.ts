/**
 * `pnpm mounts [--soak] [file …]`: boots Ceph and tests mounts of it, and of a directory, on this machine's kernel: as the
 * user that runs this, and if that is root, as one without rights too. No /dev/fuse is a failure, never a skip.
 * `--soak` runs what gains by more of it: a hundred times as many steps of random programs, twenty times as many kills.
 */
import { spawnSync } from "node:child_process"
import { accessSync, constants, cpSync, existsSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { root, step } from "./step.ts"
import { places, unprivileged } from "./unprivileged.ts"

const folder = "apps/cli"
const asked = process.argv.slice(2)
const soak = asked.includes("--soak")
const named = asked.filter((word) => word !== "--soak")
const files = soak && named.length === 0 ? ["differential", "crash"] : named
/** Steps of random programs, and rounds of kills. */
const sizes = soak
  ? { MOORING_STEPS: "200000", MOORING_ROUNDS: "200" }
  : { MOORING_STEPS: "2000", MOORING_ROUNDS: "10" }

/** vitest without a file of its own beside its config: the repository may be read only. */
const vitest = (repository: string): ReadonlyArray<string> => [
  join(repository, "node_modules/.bin/node"),
  join(repository, "node_modules/vitest/vitest.mjs"),
  "run",
  `--config=${join(repository, "vitest.mount.ts")}`,
  "--configLoader=native",
  ...files
]

const asThisUser = (setup: string): boolean =>
  step({
    name: "mounts",
    run: vitest(root),
    cwd: join(root, folder),
    env: { ...sizes, MOORING_SETUP: setup, MOORING_REPORT: "mounts" }
  })

const asNobody = (setup: string, scratch: string): boolean => {
  const { repository, home, reports } = places(scratch)
  try {
    return step({
      name: "mounts without rights",
      run: unprivileged(scratch, root, folder, vitest(repository)),
      env: {
        ...sizes,
        MOORING_SETUP: setup,
        MOORING_REPORT: "mounts-unprivileged",
        MOORING_CACHE: join(home, "cache")
      }
    })
  } finally {
    // Nothing is there if the namespace could not be made, which has failed the step.
    if (existsSync(reports)) cpSync(reports, join(root, folder, ".vitest"), { recursive: true })
  }
}

/** Runs with a server of its own: it keeps all in memory, and what one user stores in a soak fills most of that. */
const withServer = (scratch: string, run: (setup: string) => boolean): boolean => {
  const setup = join(root, "setups/s3/ceph")
  const server = join(scratch, "server")
  try {
    const up = spawnSync(join(setup, "up"), [server], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] })
    if (up.status === 0) return run(up.stdout.trim())
    process.stdout.write("FAILED  s3/ceph did not start\n")
    return false
  } finally {
    spawnSync(join(setup, "down"), [server], { stdio: "inherit" })
    rmSync(server, { recursive: true, force: true })
  }
}

const test = (scratch: string): boolean => {
  const user = mkdtempSync(join(tmpdir(), "mooring-nobody-"))
  try {
    const runs = [withServer(scratch, asThisUser)]
    if (process.getuid?.() === 0) runs.push(withServer(scratch, (setup) => asNobody(setup, user)))
    return runs.every(Boolean)
  } finally {
    rmSync(user, { recursive: true, force: true })
  }
}

const canMount = (): boolean => {
  try {
    accessSync("/dev/fuse", constants.R_OK | constants.W_OK)
    return true
  } catch {
    process.stdout.write("FAILED  /dev/fuse is missing or may not be opened: nothing can be mounted here\n")
    return false
  }
}

const installed = () => step({ name: "packages", run: [join(root, "setups/install"), "mount/kernel", "s3/ceph"] })

const scratch = mkdtempSync(join(tmpdir(), "mooring-mounts-"))
const passed = installed() && canMount() && test(scratch)
rmSync(scratch, { recursive: true, force: true })
process.exitCode = passed ? 0 : 1
