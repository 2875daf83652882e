import { Options, ProviderPlugin, StorageError } from "@mooring/core"
import { runStage } from "@mooring/core/ConnectionTest"
import { flat, memoryStore } from "@mooring/testkit/memory"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { PluginEntry } from "../src/PluginLoader.ts"

/** What the plugin was asked to do: tests count it. */
export interface Seen {
  tested: number
  opened: number
  keys: Array<string>
}

/** A provider with every kind of danger, whose test fails for the key `wrong`. */
export const examplePlugin = (seen: Seen = { tested: 0, opened: 0, keys: [] }): PluginEntry => {
  const config = Schema.Struct({
    endpoint: Options.text({ help: "Where.", required: true, danger: "url" }),
    key: Options.secret("key", { help: "The key.", required: true, credential: true }),
    file: Options.text({ help: "A file.", danger: "server-file" }),
    identity: Options.boolean({ help: "The server's own.", danger: "ambient-identity" })
  })
  const plugin = ProviderPlugin.make({
    id: "example",
    backendType: "example storage",
    title: "Example",
    description: "For tests",
    config,
    normalize: (options) => Result.succeed(options),
    testConnection: (settings) =>
      Effect.gen(function* () {
        seen.tested += 1
        const wrong = Redacted.value(settings.key) === "wrong"
        const failure = StorageError.of("auth_invalid", "the key is not valid", { pointer: "#/key" })
        return [(yield* runStage("authenticate", wrong ? Effect.fail(failure) : Effect.void)).stage]
      }),
    open: (settings) =>
      Effect.gen(function* () {
        seen.opened += 1
        const store = memoryStore(flat)
        const check = Effect.map(settings, ({ key }) => void seen.keys.push(Redacted.value(key)))
        return { ...store, check }
      })
  })
  return { packageName: "@mooring/provider-example", id: "example", plugin }
}
