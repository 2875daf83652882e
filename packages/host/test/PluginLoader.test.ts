import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { loadPlugins } from "../src/PluginLoader.ts"
import { Providers } from "../src/Providers.ts"
import { temporaryFolder } from "./temporaryFolder.ts"

const plugin = (id: string, api = 1) =>
  `export default { pluginApi: ${api}, id: "${id}", aliases: [], describe: () => ({}), prepare: () => ({ issues: [] }) }`

const modules = {
  good: plugin("good"),
  throws: `throw new Error("SECRET-OF-THE-HOST")`,
  old: plugin("old", 0),
  empty: "export {}",
  inherits: `export default Object.create({ pluginApi: 1, id: "inherits", aliases: [], describe() {}, prepare() {} })`,
  other: plugin("good"),
  syntax: "export default {"
}

const installed = Effect.gen(function* () {
  const folder = yield* temporaryFolder
  for (const [id, text] of Object.entries(modules)) {
    const path = join(folder, "node_modules", "@mooring", `provider-${id}`)
    mkdirSync(path, { recursive: true })
    writeFileSync(
      join(path, "package.json"),
      `{"name":"@mooring/provider-${id}","type":"module","exports":"./index.js"}`
    )
    writeFileSync(join(path, "index.js"), text)
  }
  return yield* loadPlugins([folder])
})

describe("loadPlugins", () => {
  it.live("loads what is whole, and says of each other package why it cannot be used", () =>
    Effect.gen(function* () {
      const entries = yield* installed
      const said = Object.fromEntries(entries.map((entry) => [entry.id, "problem" in entry ? entry.problem : "loaded"]))
      assert.strictEqual(said["good"], "loaded")
      assert.strictEqual(said["throws"], "it threw while it was loaded")
      assert.include(said["old"], "plugin API 0")
      assert.include(said["empty"], "no provider plugin")
      assert.include(said["inherits"], "no provider plugin")
      assert.include(said["other"], "another id")
      assert.include(said["syntax"], "threw")
      assert.notInclude(JSON.stringify(entries), "SECRET")
    })
  )
})

describe("loadPlugins of a bundle", () => {
  it.live("takes the bundle of a package that has one", () =>
    Effect.gen(function* () {
      const folder = yield* temporaryFolder
      for (const id of ["one", "two"]) {
        const path = join(folder, "node_modules", "@mooring", `provider-${id}`)
        mkdirSync(path, { recursive: true })
        const bundle = id === "one" ? { "./bundle": "./bundle.js" } : {}
        const manifest = { name: `@mooring/provider-${id}`, type: "module", exports: { ".": "./index.js", ...bundle } }
        writeFileSync(join(path, "package.json"), JSON.stringify(manifest))
        writeFileSync(join(path, "index.js"), plugin(id))
        writeFileSync(join(path, "bundle.js"), plugin(id).replace("aliases: []", 'aliases: ["bundled"]'))
      }
      const aliasesOf = (bundled: boolean) =>
        Effect.map(loadPlugins([folder], { bundled }), (entries) =>
          ["one", "two"].map((id) =>
            entries.flatMap((entry) => ("plugin" in entry && entry.id === id ? entry.plugin.aliases : []))
          )
        )
      assert.deepStrictEqual(yield* aliasesOf(true), [["bundled"], []])
      assert.deepStrictEqual(yield* aliasesOf(false), [[], []])
    })
  )
})

describe("several folders", () => {
  it.live("give the plugin of the first that has it", () =>
    Effect.gen(function* () {
      const folders = [yield* temporaryFolder, yield* temporaryFolder]
      for (const [index, folder] of folders.entries()) {
        const path = join(folder, "node_modules", "@mooring", "provider-good")
        mkdirSync(path, { recursive: true })
        writeFileSync(join(path, "package.json"), `{"name":"@mooring/provider-good","exports":"./index.mjs"}`)
        writeFileSync(join(path, "index.mjs"), modules.good.replace("[]", `["${index}"]`))
      }
      const aliasesOf = (entries: Effect.Success<typeof installed>) =>
        entries.flatMap((entry) => ("plugin" in entry ? entry.plugin.aliases : []))
      assert.deepStrictEqual(aliasesOf(yield* loadPlugins(folders)), ["0"])
      assert.deepStrictEqual(aliasesOf(yield* loadPlugins(folders.toReversed())), ["1"])
    })
  )
})

describe("Providers.get", () => {
  it.live("tells unknown, known and broken providers apart", () =>
    Effect.gen(function* () {
      const entries = yield* installed
      const codeOf = (name: string) =>
        Effect.flatMap(Providers, ({ get }) => Effect.flip(get(name))).pipe(
          Effect.provide(Providers.layer(entries)),
          Effect.map(({ reason }) => [reason._tag, reason.detail])
        )
      for (const name of ["constructor", "__proto__", "../s3", "S3", "s3\0", "toString", ""]) {
        assert.strictEqual((yield* codeOf(name))[0], "unknown_provider")
      }
      const missing = ["provider_not_installed", "@mooring/provider-netstorage is not installed here"]
      assert.deepStrictEqual(yield* codeOf("netstorage"), missing)
      const [code, detail] = yield* codeOf("throws")
      assert.strictEqual(code, "provider_not_installed")
      assert.include(detail, "@mooring/provider-throws is installed and cannot be used")
    })
  )
})
