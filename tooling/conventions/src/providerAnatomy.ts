/**
 * The same file names in every provider.
 */
import type { TreeRule, Violation } from "./SourceFile.ts"

const required = [
  "index.ts",
  "normalize.ts",
  "errors.ts",
  "testConnection.ts",
  "stat.ts",
  "list.ts",
  "read.ts",
  "write.ts",
  "remove.ts"
]
const maxConformanceLines = 25
const maxReadmeLines = 60

/** Packages that are a name of another provider and have no files of their own. */
const aliases = ["packages/provider-tardigrade"]

export const providerAnatomy: TreeRule = (files) => {
  const byPath = new Map(files.map((file) => [file.path, file.text]))
  const providers = new Set(
    files.map(({ path }) => /^packages\/provider-[^/]+/.exec(path)?.[0]).filter((path) => path !== undefined)
  )
  return [...providers].flatMap((provider): ReadonlyArray<Violation> => {
    const missing = (path: string, detail = "every provider has this file") => ({ path, rule: "anatomy", detail })
    const tooLong = (path: string, most: number) => {
      const lines = byPath.get(path)?.trimEnd().split("\n").length ?? 0
      return lines > most ? [missing(path, `${lines} lines; at most ${most}`)] : []
    }
    const config = [...byPath.keys()].filter((path) => new RegExp(`^${provider}/src/[A-Z]\\w*Config\\.ts$`).test(path))
    const conformance = `${provider}/test/conformance.test.ts`
    return [
      ...(aliases.includes(provider)
        ? []
        : required
            .map((name) => `${provider}/src/${name}`)
            .filter((path) => !byPath.has(path))
            .map((path) => missing(path))),
      ...(config.length === 1 || aliases.includes(provider) ? [] : [missing(`${provider}/src/<Name>Config.ts`)]),
      ...(byPath.has(`${provider}/README.md`) ? [] : [missing(`${provider}/README.md`)]),
      ...(byPath.has(conformance) ? [] : [missing(conformance)]),
      ...tooLong(conformance, maxConformanceLines),
      ...tooLong(`${provider}/README.md`, maxReadmeLines)
    ]
  })
}
