/**
 * Imports point down only: which workspace may import which.
 */
import { codeOf, lineAt, workspaceOf, type FileRule } from "./SourceFile.ts"

/** Workspace to what its `src` may import of ours. A provider may import core and nothing else, with two exceptions. */
const allowed: Readonly<Record<string, ReadonlyArray<string>>> = {
  "packages/core": [],
  "packages/testkit": ["core"],
  "packages/vfs": ["core"],
  "packages/fuse": ["core"],
  "packages/azure": ["core"],
  "packages/contract": ["core"],
  "packages/client": ["core", "contract"],
  "packages/host": ["core", "vfs", "fuse"],
  "packages/provider-azureblob": ["core", "azure"],
  "packages/provider-azurefiles": ["core", "azure"],
  "packages/provider-tardigrade": ["core", "provider-storj"],
  "apps/server": ["core", "contract", "host", "provider-local"],
  "apps/cli": ["core", "contract", "client", "host", "server", "provider-local"]
}

const allowedFor = (workspace: string): ReadonlyArray<string> | undefined =>
  allowed[workspace] ?? (workspace.startsWith("packages/provider-") ? ["core"] : undefined)

/** Tests may also import testkit, except core's: testkit depends on core, not even the other way in development. */
const extraInTests = (workspace: string): ReadonlyArray<string> => {
  if (workspace === "packages/core") return []
  if (workspace === "packages/host" || workspace.startsWith("apps/"))
    return ["testkit", "provider-local", "provider-s3"]
  // A directory of this machine is the oracle of a filesystem.
  return workspace === "packages/vfs" ? ["testkit", "provider-local"] : ["testkit"]
}

const importPattern = /(?:from|import)\s*\(?\s*"@mooring\/([a-z0-9-]+)(?:\/[^"]*)?"/g

export const arrows: FileRule = ({ path, text }) => {
  const workspace = workspaceOf(path)
  const targets = allowedFor(workspace)
  if (targets === undefined || !/\/(src|test)\/.*\.ts$/.test(path)) return []
  const own = workspace.split("/")[1] as string
  const permitted = [own, ...targets, ...(path.includes("/test/") ? extraInTests(workspace) : [])]
  return [...codeOf(text).matchAll(importPattern)]
    .filter(([, target]) => !permitted.includes(target as string))
    .map((match) => ({
      path,
      line: lineAt(text, match.index),
      rule: "arrows",
      detail: `${workspace} may not import @mooring/${match[1]}`
    }))
}
