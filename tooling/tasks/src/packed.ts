/**
 * `pnpm packed`: what a user of npm gets. Packs every published package and installs the tarballs with plain npm; loads
 * each on the oldest Node that is supported; runs the bundled command there; and proves the plugin boundary with the
 * bundled command and a plugin that brings another version of effect.
 */
import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { root, step } from "./step.ts"
import { workspaces } from "./workspaces.ts"

const oldestNode = join(root, "node_modules/node-22/bin/node")
const oldestVersion = "v22.19.0"
/** The lower bound of the peer range of core and the providers. */
const oldestEffect = "effect@4.0.6"
const newestEffect = "effect@4.1.0"

const published = workspaces().filter((workspace) => workspace.published)
const libraries = published.filter(({ folder }) => folder !== "apps/cli")
const scratch = mkdtempSync(join(tmpdir(), "mooring-packed-"))
const tarballs = join(scratch, "tarballs")
mkdirSync(tarballs)

const tarballOf = (name: string) => join(tarballs, `${name.slice(1).replace("/", "-")}-0.0.0.tgz`)

const all = (results: ReadonlyArray<boolean>): boolean => results.every(Boolean)

const pack = (): boolean =>
  all(
    published.map(({ folder, name }) =>
      step({ name: `pack ${name}`, run: ["pnpm", "pack", "--pack-destination", tarballs], cwd: join(root, folder) })
    )
  )

/** Installs tarballs and packages into a new folder with plain npm, as a user would. */
const install = (name: string, wanted: ReadonlyArray<string>): string | undefined => {
  const folder = join(scratch, name)
  mkdirSync(folder)
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "user", private: true, type: "module" }))
  const run = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", ...wanted]
  return step({ name: `npm install (${name})`, run, cwd: folder }) ? folder : undefined
}

/** Packages of ours that another names as dependency; they are not on npm before the release. */
const ourDependencies: Readonly<Record<string, ReadonlyArray<string>>> = {
  "@mooring/host": ["@mooring/core", "@mooring/fuse", "@mooring/vfs"],
  "@mooring/server": [
    "@mooring/core",
    "@mooring/contract",
    "@mooring/fuse",
    "@mooring/host",
    "@mooring/provider-local",
    "@mooring/vfs"
  ],
  "@mooring/provider-azureblob": ["@mooring/core", "@mooring/azure"]
}

/** What is loaded of a package whose whole is not for Node alone, or that has no whole. */
const entries: Readonly<Record<string, string>> = { "@mooring/testkit": "memory", "@mooring/azure": "identityOf" }

const entryOf = (name: string) => (entries[name] === undefined ? name : `${name}/${entries[name]}`)

/** Each library alone, with what it names as dependency or peer and nothing more, on the oldest Node. */
const loadEachAlone = (): boolean =>
  all(
    libraries.map(({ name, bundled }) => {
      const wanted = [...new Set([name, ...(ourDependencies[name] ?? ["@mooring/core"])])].map(tarballOf)
      const peers = name === "@mooring/testkit" ? ["vitest@5.1.1"] : []
      const folder = install(name.slice("@mooring/".length), [...wanted, newestEffect, ...peers])
      if (folder === undefined) return false
      const entryPoints = [entryOf(name), ...(bundled ? [`${name}/bundle`] : [])]
      const code = entryPoints.map((entry) => `await import(${JSON.stringify(entry)})`).join("; ")
      const imported = `import ${entryPoints.join(", ")}`
      return step({ name: imported, run: [oldestNode, "--input-type=module", "-e", code], cwd: folder })
    })
  )

/** The command alone: its bundle has all that it needs. */
const runCommand = (): boolean => {
  const folder = install("command", [tarballOf("@mooring/cli")])
  if (folder === undefined) return false
  const mooring = (args: ReadonlyArray<string>) =>
    step({
      name: `mooring ${args.join(" ")}`,
      run: [oldestNode, join(folder, "node_modules/.bin/mooring"), ...args],
      cwd: folder,
      env: { MOORING_STATE: join(scratch, "state") }
    })
  return all([mooring(["--version"]), mooring(["connect", "local", "--root", folder]), mooring(["backends"])])
}

/**
 * The bundled command, and beside it a plugin with the oldest effect: what users have who install both with npm. Of the
 * plugin without the file that has all in one, which the command would prefer, and which brings the effect of its author.
 */
const crossBoundary = (): boolean => {
  const ours = ["@mooring/cli", "@mooring/core", "@mooring/provider-s3"].map(tarballOf)
  const folder = install("boundary", [...ours, oldestEffect])
  if (folder === undefined) return false
  rmSync(join(folder, "node_modules/@mooring/provider-s3/bundle"), { recursive: true })
  const main = join(root, "tooling/boundary/src/main.ts")
  return step({ name: `cross to ${oldestEffect}`, run: [process.execPath, main, oldestNode, folder] })
}

const version = spawnSync(oldestNode, ["--version"], { encoding: "utf8" }).stdout.trim()
if (version !== oldestVersion) process.stdout.write(`FAILED  the oldest Node is ${version} and not ${oldestVersion}\n`)
const passed = version === oldestVersion && pack() && all([loadEachAlone(), runCommand(), crossBoundary()])
rmSync(scratch, { recursive: true, force: true })
process.exitCode = passed ? 0 : 1
