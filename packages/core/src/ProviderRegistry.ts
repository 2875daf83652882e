/**
 * The providers that are installed, by id and alias.
 */
import type { ProviderPlugin } from "./ProviderPlugin.ts"

/** What finds plugins by name. */
export interface ProviderRegistry {
  /** The plugin with this id or alias, or undefined. `constructor` and `__proto__` are names like any other. */
  readonly get: (name: string) => ProviderPlugin | undefined
  /** All plugins, by id in order. */
  readonly all: ReadonlyArray<ProviderPlugin>
}

/** A registry of these plugins. A name that two of them claim belongs to the first, ids before aliases. */
export const makeRegistry = (plugins: ReadonlyArray<ProviderPlugin>): ProviderRegistry => {
  const byName = new Map<string, ProviderPlugin>()
  const claim = (name: string, plugin: ProviderPlugin) => byName.has(name) || byName.set(name, plugin)
  plugins.forEach((plugin) => claim(plugin.id, plugin))
  plugins.forEach((plugin) => plugin.aliases.forEach((alias) => claim(alias, plugin)))
  return {
    get: (name) => byName.get(name),
    all: [...new Set(byName.values())].toSorted((left, right) => (left.id < right.id ? -1 : 1))
  }
}
