/**
 * Finds and loads provider packages: `@mooring/provider-<id>`, resolvable from folders that the operator chose.
 *
 * Nothing of a request reaches `import`: names come from folders on disk and from a fixed list. A package that cannot be
 * loaded is an entry that says why, so that one broken plugin does not take the others with it.
 */
import * as Effect from "effect/Effect"
import { pluginApi, type ProviderPlugin } from "@mooring/core/ProviderPlugin"
import { readdir, readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { knownProviders, packageOf } from "./knownProviders.ts"

/** One package that was found: its plugin, or a sentence that says why there is none. */
export type PluginEntry =
  | { readonly packageName: string; readonly id: string; readonly plugin: ProviderPlugin }
  | { readonly packageName: string; readonly id: string; readonly problem: string }

const prefix = "@mooring/provider-"
const idOf = (packageName: string) => packageName.slice(prefix.length)
const isPackageName = (name: unknown): name is string =>
  typeof name === "string" && /^@mooring\/provider-[a-z0-9][a-z0-9-]*$/.test(name)

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null

/** The default export of a module as a plugin, or why it is none. Own properties only. */
const pluginIn = (module: unknown): { readonly plugin: ProviderPlugin } | { readonly problem: string } => {
  const value = isRecord(module) && Object.hasOwn(module, "default") ? module["default"] : undefined
  const has = (name: string, type: string) =>
    isRecord(value) && Object.hasOwn(value, name) && typeof value[name] === type
  if (!isRecord(value) || !has("pluginApi", "number")) return { problem: "its default export is no provider plugin" }
  if (value["pluginApi"] !== pluginApi) {
    return { problem: `it is made for plugin API ${String(value["pluginApi"])}, and this host has ${pluginApi}` }
  }
  const whole = has("id", "string") && has("describe", "function") && has("prepare", "function")
  return whole && Array.isArray(value["aliases"])
    ? { plugin: value as unknown as ProviderPlugin }
    : { problem: "its default export lacks members of a provider plugin" }
}

const readOr = <A>(read: () => Promise<A>, otherwise: A) =>
  Effect.orElseSucceed(Effect.tryPromise({ try: read, catch: () => undefined }), () => otherwise)

/** The provider packages that a folder may resolve: in its `node_modules`, those above it, or the folder itself. */
const candidatesFrom = Effect.fnUntraced(function* (folder: string) {
  const require = createRequire(join(folder, "package.json"))
  const scopes = (require.resolve.paths(packageOf("local")) ?? []).map((path) => join(path, "@mooring"))
  const names = yield* Effect.forEach(scopes, (scope) => readOr(() => readdir(scope), [] as Array<string>))
  const own = yield* readOr(
    () => readFile(join(folder, "package.json"), "utf8").then((text) => JSON.parse(text) as unknown),
    null
  )
  return [
    ...names.flat().map((name) => `@mooring/${name}`),
    ...knownProviders.map(packageOf),
    ...(isRecord(own) ? [own["name"]] : [])
  ].filter(isPackageName)
})

const load = Effect.fnUntraced(function* (packageName: string, path: string): Effect.fn.Return<PluginEntry> {
  const found = yield* readOr<ReturnType<typeof pluginIn>>(() => import(pathToFileURL(path).href).then(pluginIn), {
    problem: "it threw while it was loaded"
  })
  const entry = { packageName, id: idOf(packageName) }
  if ("problem" in found) return { ...entry, problem: found.problem }
  return found.plugin.id === entry.id
    ? { ...entry, plugin: found.plugin }
    : { ...entry, problem: "its plugin has another id than its package" }
})

/** How packages are loaded. */
export interface LoadOptions {
  /**
   * Prefers the entry point `bundle` of a package: one file with all that it imports. Right for a host that is a bundle
   * itself and shares no module with its plugins: hundreds of small files cost it more than all its own code.
   */
  readonly bundled?: boolean
}

/** Loads every provider package that is resolvable from the folders; the first folder wins. Never fails. */
export const loadPlugins = Effect.fn("PluginLoader.loadPlugins")(function* (
  folders: ReadonlyArray<string>,
  { bundled = false }: LoadOptions = {}
) {
  const paths = new Map<string, string>()
  for (const folder of folders) {
    const require = createRequire(join(folder, "package.json"))
    const resolve = (entry: string) => Effect.try({ try: () => require.resolve(entry), catch: () => undefined })
    for (const name of yield* candidatesFrom(folder)) {
      const own = resolve(name)
      const found = bundled ? Effect.catch(resolve(`${name}/bundle`), () => own) : own
      const path = yield* Effect.orElseSucceed(found, () => undefined)
      if (path !== undefined && !paths.has(name)) paths.set(name, path)
    }
  }
  return yield* Effect.forEach([...paths], ([name, path]) => load(name, path), { concurrency: 8 })
})
