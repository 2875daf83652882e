/**
 * What every published package.json says.
 */
import type { FileRule } from "./SourceFile.ts"

interface Manifest {
  readonly name?: string
  readonly type?: string
  readonly license?: string
  readonly sideEffects?: boolean
  readonly engines?: { readonly node?: string }
  readonly description?: string
  readonly exports?: Readonly<Record<string, unknown>>
  readonly publishConfig?: { readonly access?: string; readonly exports?: Readonly<Record<string, unknown>> }
  readonly dependencies?: Readonly<Record<string, string>>
}

const exact = /^(\d+\.\d+\.\d+(-[\w.]+)?|catalog:|workspace:[*^~])$/

export const manifests: FileRule = ({ path, text }) => {
  if (!/^(packages|apps)\/[^/]+\/package\.json$/.test(path)) return []
  const manifest = JSON.parse(text) as Manifest
  const expectations: ReadonlyArray<readonly [boolean, string]> = [
    [manifest.name === `@mooring/${path.split("/")[1]}`, "the name is @mooring/ and the folder"],
    [manifest.type === "module", "type is module"],
    [manifest.license === "Apache-2.0", "license is Apache-2.0"],
    [manifest.sideEffects === false, "sideEffects is false"],
    [manifest.engines?.node === ">=22.19", "engines.node is >=22.19"],
    [(manifest.description ?? "").length > 10, "there is a description"],
    [manifest.publishConfig?.access === "public", "publishConfig.access is public"],
    [
      Object.keys(manifest.exports ?? {}).join() === Object.keys(manifest.publishConfig?.exports ?? {}).join(),
      "the same entry points in the workspace and when published"
    ],
    ...Object.entries(manifest.dependencies ?? {}).map(
      ([name, range]) => [exact.test(range), `${name} is pinned exactly`] as const
    )
  ]
  return expectations
    .filter(([holds]) => !holds)
    .map(([, detail]) => ({ path, rule: "manifests", detail: `expected: ${detail}` }))
}
