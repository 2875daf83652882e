/**
 * `pnpm check`: everything that is not a test. Format, lint, types, Effect diagnostics, conventions, unused code,
 * generated files, and the packages as they will be published.
 */
import { mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { root, steps, type Command } from "./step.ts"
import { workspaces } from "./workspaces.ts"

const tarballs = join(root, "node_modules/.tarballs")
const published = workspaces().filter((workspace) => workspace.published)

const perPackage = ({ folder, name }: { readonly folder: string; readonly name: string }): ReadonlyArray<Command> => {
  const tarball = join(tarballs, `${name.slice(1).replace("/", "-")}-0.0.0.tgz`)
  return [
    {
      name: `pack ${name}`,
      run: ["pnpm", "pack", "--pack-destination", tarballs],
      cwd: join(root, folder)
    },
    { name: `publint ${name}`, run: ["publint", "--strict", tarball] },
    { name: `attw ${name}`, run: ["attw", "--profile", "esm-only", tarball] }
  ]
}

const diagnostics = published.map(({ folder, name }): Command => ({
  name: `effect diagnostics ${name}`,
  run: [
    "effect-tsgo",
    "diagnostics",
    "--strict",
    "--severity",
    "error,warning",
    "--project",
    join(folder, "tsconfig.build.json")
  ]
}))

rmSync(tarballs, { recursive: true, force: true })
mkdirSync(tarballs, { recursive: true })
steps([
  { name: "format", run: ["oxfmt", "--check", "."] },
  { name: "lint", run: ["oxlint"] },
  { name: "types", run: ["turbo", "run", "typecheck"] },
  { name: "build", run: ["tsc", "-b"] },
  ...diagnostics,
  { name: "conventions", run: ["node", "tooling/conventions/src/main.ts"] },
  { name: "unused code", run: ["knip"] },
  { name: "generated files", run: ["node", "tooling/tasks/src/generate.ts", "--check"] },
  ...published.flatMap(perPackage)
])
