/**
 * The provider packages that are installed: beside the app, in the state's own folder, and all of this workspace when the
 * app runs from its repository.
 */
import { loadPlugins, type LoadOptions, type PluginEntry } from "@mooring/host"
import Local from "@mooring/provider-local"
import * as Effect from "effect/Effect"
import { globSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const here = dirname(fileURLToPath(import.meta.url))
const workspace = join(here, "..", "..", "..", "packages")

/** What the apps bring themselves; one that is installed wins. */
const brought: PluginEntry = { packageName: "@mooring/provider-local", id: "local", plugin: Local }

const withBrought = (entries: ReadonlyArray<PluginEntry>) =>
  entries.some(({ id }) => id === brought.id) ? entries : [brought, ...entries]

/** Loads them. `state` is the folder of the state; in its `plugins` folder an operator may `npm install` providers. */
export const installedPlugins = (state: string, options: LoadOptions = {}) =>
  Effect.suspend(() => {
    const fromSource = here.endsWith(join("server", "src"))
    const own = fromSource ? globSync("provider-*", { cwd: workspace }).map((name) => join(workspace, name)) : []
    return Effect.map(loadPlugins([join(state, "plugins"), here, ...own.toSorted()], options), withBrought)
  })
