/**
 * The packages of the workspace.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "./step.ts"

/** A package of the workspace. */
export interface Workspace {
  /** From the root: `packages/core`. */
  readonly folder: string
  readonly name: string
  readonly published: boolean
  /** Whether it has an entry point of one file with all that it imports. */
  readonly bundled: boolean
}

/** All workspaces that have a package.json, published or not. */
export const workspaces = (): ReadonlyArray<Workspace> =>
  ["packages", "apps", "tooling"].flatMap((group) =>
    readdirSync(join(root, group))
      .map((name) => `${group}/${name}`)
      .filter((folder) => existsSync(join(root, folder, "package.json")))
      .map((folder) => {
        const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as {
          readonly name: string
          readonly private?: boolean
          readonly exports?: Readonly<Record<string, string>>
        }
        const { name, exports = {} } = manifest
        return { folder, name, published: manifest.private !== true, bundled: "./bundle" in exports }
      })
  )
