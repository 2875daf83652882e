/**
 * The promises of a provider's options, as tests: call `configSuite(plugin, …)` in a test file of vitest.
 */
import type { ProviderPlugin } from "@mooring/core"
import { inspect } from "node:util"
import { assert, describe, it } from "vitest"
import { specification } from "./specification/options.ts"

type Plugin = ProviderPlugin.ProviderPlugin
type Description = ProviderPlugin.ProviderDescription["options"][number]

/** What the suite cannot know of a provider. */
export interface ConfigSuiteOptions {
  /** Options with which `prepare` succeeds. */
  readonly valid: Readonly<Record<string, unknown>>
  /** Options whose name sounds dangerous and that are not, each with the reason. */
  readonly harmless?: Readonly<Record<string, string>>
}

/** Names of options that lead somewhere, open a file or borrow an identity. */
const soundsDangerous =
  /url|uri|endpoint|host|address|file|path|config|profile|env_auth|use_msi|use_az|emulator|command/

const canary = "CANARY-7f3a91"

/** Values that are of no kind of option at all, and those that are of another than this. */
const wrongValues = (option: Description): ReadonlyArray<unknown> => {
  const never = [null, {}, [], [canary], { canary }, Number.NaN, 1.5]
  const byKind: Readonly<Record<string, ReadonlyArray<unknown>>> = {
    text: [1, true],
    secret: [1, true],
    time: [1, true, canary],
    size: [true, canary, -5],
    encoding: [true, canary, -1],
    integer: ["1", true, canary, 2 ** 53],
    boolean: ["true", 1, canary],
    tristate: [1, canary],
    choice: [true, canary]
  }
  return [...never, ...(byKind[option.kind] ?? [])]
}

/** The type that the contract gives to a kind. */
const typeOf = ({ kind, default: initial }: Description): string => {
  if (kind === "integer" || kind === "boolean") return kind
  return kind === "choice" && typeof initial === "number" ? "integer" : "string"
}

/** Everything that can be seen of what `prepare` gave. */
const shown = (value: unknown): string =>
  `${JSON.stringify(value)}${String(value)}${inspect(value, { depth: null, showHidden: true })}`

const isPointed = (issue: ProviderPlugin.Issue, name: string): boolean => issue.pointer === `#/${name}`

/** One promise of a provider's options. `run` throws if it is not kept. */
export interface ConfigTest {
  readonly title: string
  readonly run: () => void
}

/** The promises that hold for any provider's options, to be run by any test runner. */
export const configTests = (
  plugin: Plugin,
  { valid, harmless = {} }: ConfigSuiteOptions
): ReadonlyArray<ConfigTest> => {
  const tests: Array<ConfigTest> = []
  const promise = (title: string, run: () => void) => void tests.push({ title, run })
  const { backendType, options } = plugin.describe()
  const names = options.map(({ name }) => name)
  const issuesOf = (raw: unknown) => plugin.prepare(raw).issues ?? []
  const issuesWith = (name: string, value: unknown) => issuesOf({ ...valid, [name]: value })
  const specified = specification[plugin.id]
  const promiseIfSpecified = specified === undefined ? () => undefined : promise

  promise("options are described in a word and in help", () => {
    assert.notStrictEqual(options.length, 0)
    for (const { name, help } of options) {
      assert.match(name, /^[a-z][a-z0-9_]*$/)
      assert.match(help, /^\S.*\.$/s, `${name} has no help that is a sentence`)
    }
    assert.doesNotThrow(() => structuredClone(plugin.describe()))
  })

  promiseIfSpecified("options are those of the specification: names, types, defaults, required", () => {
    const { options: wanted = [], backendType: type } = specified ?? {}
    assert.strictEqual(backendType, type)
    const own = new Map(options.map((option) => [option.name, option]))
    const actual = wanted.map(([name]) => {
      const option = own.get(name)
      return option && [name, typeOf(option), option.required === true, option.default]
    })
    assert.deepStrictEqual(
      actual,
      wanted.map(([name, kind, required, initial]) => [name, kind, required, initial])
    )
    assert.deepStrictEqual(names.toSorted(), wanted.map(([name]) => name).toSorted())
  })

  promiseIfSpecified("options take each value that the specification lists", () => {
    for (const [name, , , , values = []] of specified?.options ?? []) {
      for (const value of values) {
        const refused = issuesWith(name, value).filter(
          (issue) => isPointed(issue, name) && issue.code === "invalid_value"
        )
        assert.deepStrictEqual(refused, [], `${name} does not take ${value}`)
      }
    }
  })

  promise("options are all valid in the example, and a copy of its view holds no more than was given", () => {
    const prepared = plugin.prepare(valid)
    assert.deepStrictEqual(prepared.issues, undefined)
    assert.deepStrictEqual(Object.keys(prepared.issues === undefined ? prepared.view : {}), Object.keys(valid))
  })

  promise("options take their own defaults", () => {
    for (const { name, default: initial } of options) {
      const refused = issuesWith(name, initial).filter(
        (issue) => isPointed(issue, name) && (issue.code === "invalid_value" || issue.code === "unsupported")
      )
      assert.deepStrictEqual(refused, [], `${name} does not take its default`)
    }
  })

  promise("options refuse values of other types, each at its pointer, and do not repeat them", () => {
    for (const option of options) {
      for (const value of wrongValues(option)) {
        const issues = issuesWith(option.name, value)
        const found = issues.some((issue) => isPointed(issue, option.name) && issue.code === "invalid_value")
        assert.isTrue(found, `${option.name} takes ${inspect(value)}`)
        assert.notInclude(shown(issues), canary)
      }
    }
  })

  promise("options report every problem at once", () => {
    const issues = issuesOf({ ...Object.fromEntries(names.map((name) => [name, {}])), [canary]: 1 })
    assert.deepStrictEqual(
      issues.map(({ pointer }) => pointer).toSorted(),
      [...names, canary].map((name) => `#/${name}`).toSorted()
    )
  })

  promise("options refuse unknown keys with the name that was probably meant", () => {
    for (const name of names) {
      const [issue] = issuesOf({ ...valid, [`${name}x`]: canary })
      assert.deepStrictEqual([issue?.pointer, issue?.code, issue?.suggestion], [`#/${name}x`, "unknown_field", name])
      assert.notInclude(shown(issue), canary)
    }
  })

  promise("options take names of Object.prototype for what they are", () => {
    for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      const raw: unknown = JSON.parse(JSON.stringify(valid).replace(/\}$/, `,${JSON.stringify(name)}:{"polluted":1}}`))
      const issues = issuesOf(raw)
      assert.deepStrictEqual(
        issues.map(({ pointer, code }) => [pointer, code]),
        [[`#/${name}`, "unknown_field"]]
      )
    }
    assert.notProperty({}, "polluted")
  })

  promise("options refuse bodies that are no objects", () => {
    for (const body of [null, undefined, [], "x", 1, true]) {
      assert.deepStrictEqual(
        issuesOf(body).map(({ code }) => code),
        ["invalid_body"]
      )
    }
  })

  promise("options miss each required option, empty or absent", () => {
    for (const { name, required, default: initial } of options) {
      if (required !== true || initial !== "") continue
      const { [name]: _, ...without } = valid
      for (const raw of [without, { ...valid, [name]: "" }]) {
        const missing = issuesOf(raw).filter((issue) => isPointed(issue, name))
        const codes = new Set(missing.map(({ code }) => code))
        assert.deepStrictEqual([...codes], ["missing_field"], `${name} may be ${name in raw ? "empty" : "absent"}`)
      }
    }
  })

  const secrets = options.filter(({ secret }) => secret)

  promise("secrets are marked wherever a name says so", () => {
    const named = names.filter((name) => /secret|password|passphrase|token$|private_key|customer_key/.test(name))
    const open = named.filter((name) => !secrets.some((secret) => secret.name === name))
    assert.deepStrictEqual(
      open.filter((name) => !Object.hasOwn(harmless, name)),
      []
    )
  })

  promise("secrets are never shown", () => {
    for (const { name } of secrets) {
      for (const value of [canary, `${canary} \n`]) {
        const prepared = plugin.prepare({ ...valid, [name]: value })
        assert.notInclude(shown(prepared), canary, `${name} is shown`)
        if (prepared.issues !== undefined) continue
        assert.deepStrictEqual(prepared.view[name], { set: true })
        assert.include(prepared.secrets, name)
        assert.notInclude(shown(prepared.dangers), canary)
      }
    }
    assert.notInclude(shown(plugin.describe()), canary)
  })

  promise("secrets have no default in the JSON Schema and cannot be read through it", () => {
    const properties = plugin.describe().jsonSchema["properties"] as Record<string, Record<string, unknown>>
    for (const { name } of secrets) {
      assert.strictEqual(properties[name]?.["writeOnly"], true)
      assert.notProperty(properties[name], "default")
    }
  })

  promise("dangers are marked wherever a name says so, or excused with a reason that is still needed", () => {
    const unmarked = options.filter(({ name, danger }) => soundsDangerous.test(name) && danger === undefined)
    const excused = Object.keys(harmless).filter((name) => soundsDangerous.test(name))
    assert.deepStrictEqual(unmarked.map(({ name }) => name).toSorted(), excused.toSorted())
  })

  promise("dangers are named with the option that asks for them", () => {
    for (const { name, danger, kind } of options) {
      if (danger === undefined || danger === "depends on the value") continue
      const value = kind === "boolean" ? true : Object.hasOwn(valid, name) ? valid[name] : "danger.invalid"
      const prepared = plugin.prepare({ ...valid, [name]: value })
      if (prepared.issues !== undefined) continue
      assert.include(
        prepared.dangers.map(({ pointer }) => pointer),
        `#/${name}`
      )
    }
  })
  return tests
}

/** Registers the promises as tests of vitest. */
export const configSuite = (plugin: Plugin, options: ConfigSuiteOptions): void => {
  describe(`config of ${plugin.id}`, () => {
    for (const { title, run } of configTests(plugin, options)) it(title, run)
  })
}
