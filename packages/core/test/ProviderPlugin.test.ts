import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { ObjectStore } from "../src/ObjectStore.ts"
import * as ProviderPlugin from "../src/ProviderPlugin.ts"
import { makeRegistry } from "../src/ProviderRegistry.ts"
import { StorageError } from "../src/StorageError.ts"
import * as Options from "../src/options/index.ts"

const config = Schema.Struct({
  endpoint: Options.text({ help: "Where the service is.", required: true, danger: "url" }),
  key: Options.secret("key", { help: "The key.", credential: true }),
  parts: Options.integer({ help: "Parts at once.", default: 4, minimum: 1, maximum: 16 }),
  chunk_size: Options.size({ help: "Bytes per part.", default: "5242880" }),
  from_environment: Options.boolean({ help: "Use the environment.", danger: "ambient-identity" }),
  versions: Options.tristate({ help: "Show versions." }),
  class: Options.choice({ help: "Class.", default: "", values: ["", "COLD"] })
})

const seen: Array<{ readonly key: string; readonly given: ReadonlyArray<string> }> = []

const plugin = ProviderPlugin.make({
  id: "example",
  backendType: "example",
  title: "Example",
  description: "For this test",
  aliases: ["sample"],
  config,
  normalize: (options, given) => {
    seen.push({ key: Redacted.value(options.key), given: [...given] })
    return options.class === "COLD" && options.parts > 8
      ? Result.fail([{ pointer: "#/parts", code: "conflicting_fields", detail: "COLD takes at most 8 parts" }])
      : Result.succeed(options)
  },
  suggest: (name) => (name === "endpoint" ? "https://example.invalid" : undefined),
  testConnection: () => Effect.succeed([]),
  open: () => Effect.fail(StorageError.of("unsupported", "there is nothing to open"))
})

const issuesOf = (raw: unknown) => plugin.prepare(raw).issues ?? []

describe("prepare", () => {
  it("reports every problem at once, each with its pointer and the way out", () => {
    const issues = issuesOf({
      regoin: 1,
      endpiont: "x",
      parts: "abc",
      chunk_size: -5,
      class: "WARM",
      versions: "maybe"
    })
    assert.deepStrictEqual(
      issues.map(({ pointer, code, suggestion }) => [pointer, code, suggestion]),
      [
        ["#/regoin", "unknown_field", undefined],
        ["#/endpiont", "unknown_field", "endpoint"],
        ["#/parts", "invalid_value", undefined],
        ["#/chunk_size", "invalid_value", undefined],
        ["#/versions", "invalid_value", undefined],
        ["#/class", "invalid_value", undefined],
        ["#/endpoint", "missing_field", "https://example.invalid"]
      ]
    )
  })

  it("reports a contradiction beside other problems, unless it rests on a value that is not valid", () => {
    assert.deepStrictEqual(
      issuesOf({ class: "COLD", parts: 9 }).map(({ code }) => code),
      ["missing_field", "conflicting_fields"]
    )
    assert.deepStrictEqual(
      issuesOf({ class: "COLD", parts: 99, endpoint: "x" }).map(({ code }) => code),
      ["invalid_value"]
    )
  })

  it("refuses an empty required option and bodies that are no objects", () => {
    assert.strictEqual(issuesOf({ endpoint: "" })[0]?.code, "missing_field")
    for (const body of [null, [], "x", 1, undefined]) assert.strictEqual(issuesOf(body)[0]?.code, "invalid_body")
  })

  it("takes names of Object.prototype for what they are", () => {
    const issues = issuesOf(JSON.parse('{"endpoint":"x","__proto__":{"parts":1},"constructor":{}}'))
    assert.deepStrictEqual(
      issues.map(({ pointer, code }) => [pointer, code]),
      [
        ["#/__proto__", "unknown_field"],
        ["#/constructor", "unknown_field"]
      ]
    )
  })

  it("shows what was given, without secrets and without defaults, and names the dangers", () => {
    const prepared = plugin.prepare({ endpoint: "https://host.invalid", key: "SECRET", from_environment: true })
    if (prepared.issues !== undefined) return assert.fail("the options are valid")
    assert.deepStrictEqual(prepared.view, {
      endpoint: "https://host.invalid",
      key: { set: true },
      from_environment: true
    })
    assert.deepStrictEqual(prepared.secrets, ["key"])
    assert.deepStrictEqual(prepared.dangers, [
      { pointer: "#/endpoint", danger: "url", value: "https://host.invalid" },
      { pointer: "#/from_environment", danger: "ambient-identity", value: "true" }
    ])
    assert.notInclude(JSON.stringify(prepared), "SECRET")
    assert.deepStrictEqual(seen.at(-1), { key: "SECRET", given: ["endpoint", "key", "from_environment"] })
  })
})

describe("a contradiction", () => {
  it("with the default of an option whose own value is not valid is left out", () => {
    const plain = ProviderPlugin.make({
      id: "plain",
      backendType: "plain",
      title: "Plain",
      description: "For this test",
      config: Schema.Struct({ parts: Options.integer({ help: "Parts.", default: 4, maximum: 16 }) }),
      normalize: ({ parts }) =>
        parts < 8
          ? Result.fail([{ pointer: "#/parts", code: "conflicting_fields", detail: "too few" }])
          : Result.succeed(parts),
      testConnection: () => Effect.succeed([]),
      open: () => Effect.fail(StorageError.of("unsupported", "there is nothing to open"))
    })
    const codesOf = (raw: unknown) => plain.prepare(raw).issues?.map(({ code }) => code)
    assert.deepStrictEqual(codesOf({}), ["conflicting_fields"])
    assert.deepStrictEqual(codesOf({ parts: 99 }), ["invalid_value"])
  })
})

describe("replace", () => {
  it.effect("takes new credentials and nothing else, neither changed nor added nor taken away", () =>
    Effect.gen(function* () {
      const keys: Array<string> = []
      const swapping = ProviderPlugin.make({
        id: "swapping",
        backendType: "swapping",
        title: "Swapping",
        description: "For this test",
        config,
        normalize: (options) => Result.succeed(options),
        testConnection: () => Effect.succeed([]),
        open: (settings) => {
          const check = Effect.map(settings, ({ key }) => void keys.push(Redacted.value(key)))
          return Effect.succeed({ check } as unknown as ObjectStore)
        }
      })
      const given = { endpoint: "x", key: "one", parts: 5 }
      const prepared = swapping.prepare(given)
      if (prepared.issues !== undefined) return assert.fail("the options are valid")
      // Nothing of the host is asked for.
      const { store, replace } = yield* prepared.open as Effect.Effect<ProviderPlugin.OpenedStore, StorageError>
      const { parts: _, ...less } = given
      for (const other of [{ ...given, parts: 6 }, { ...given, versions: true }, less, { ...given, parts: 0 }]) {
        assert.isFalse(yield* replace({ ...other, key: "two" }), JSON.stringify(other))
      }
      yield* store.check
      assert.isTrue(yield* replace({ ...given, key: "two" }))
      yield* store.check
      assert.deepStrictEqual(keys, ["one", "two"])
    })
  )
})

describe("a required secret", () => {
  const guarded = ProviderPlugin.make({
    id: "guarded",
    backendType: "guarded",
    title: "Guarded",
    description: "For this test",
    config: Schema.Struct({ key: Options.secret("key", { help: "The key.", required: true }) }),
    normalize: Result.succeed,
    testConnection: () => Effect.succeed([]),
    open: () => Effect.fail(StorageError.of("unsupported", "there is nothing to open"))
  })

  it("is missing when it is absent or empty", () => {
    assert.strictEqual(guarded.prepare({}).issues?.[0]?.code, "missing_field")
    assert.strictEqual(guarded.prepare({ key: "" }).issues?.[0]?.code, "missing_field")
    assert.isUndefined(guarded.prepare({ key: "x" }).issues)
  })
})

describe("describe", () => {
  it("derives JSON Schema from the options", () => {
    const { jsonSchema } = plugin.describe()
    assert.deepStrictEqual(jsonSchema["required"], ["endpoint"])
    const properties = jsonSchema["properties"] as Record<string, Record<string, unknown>>
    assert.deepStrictEqual(properties["parts"], {
      type: "integer",
      minimum: 1,
      maximum: 16,
      description: "Parts at once.",
      default: 4
    })
    assert.isTrue(properties["key"]?.["x-secret"])
    assert.notProperty(properties["key"], "default")
    assert.doesNotThrow(() => structuredClone(plugin.describe()))
  })
})

describe("makeRegistry", () => {
  it("finds by id and alias, and nothing else", () => {
    const registry = makeRegistry([plugin])
    assert.strictEqual(registry.get("example"), plugin)
    assert.strictEqual(registry.get("sample"), plugin)
    for (const name of ["constructor", "__proto__", "Example", "example ", ""]) assert.isUndefined(registry.get(name))
    assert.deepStrictEqual(registry.all, [plugin])
  })
})
