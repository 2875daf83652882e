import { assert, describe, it } from "@effect/vitest"
import { Options, ProviderPlugin, StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { configTests } from "../src/ConfigSuite.ts"

const fields = {
  host: Options.text({ help: "Host and folder.", required: true, danger: "url" }),
  account: Options.text({ help: "Account.", required: true }),
  secret: Options.secret("secret", { help: "Secret.", required: true, credential: true }),
  protocol: Options.choice({ help: "Protocol.", default: "https", values: ["http", "https"] }),
  description: Options.text({ help: "A note." })
}
const valid = { host: "host.invalid/1234", account: "me", secret: "s" }

/** The framework may not see that a redacted text is empty, so a plugin sees to it. */
const requireSecret = (options: object): Result.Result<object, ReadonlyArray<ProviderPlugin.Issue>> =>
  "secret" in options && Redacted.isRedacted(options.secret) && Redacted.value(options.secret) === ""
    ? Result.fail([{ pointer: "#/secret", code: "missing_field", detail: "is required" }])
    : Result.succeed(options)

const made = <Fields extends Schema.Struct.Fields>(
  config: Fields,
  normalize: (
    config: ProviderPlugin.ConfigOf<Fields>
  ) => Result.Result<unknown, ReadonlyArray<ProviderPlugin.Issue>> = requireSecret
) =>
  ProviderPlugin.make({
    id: "netstorage",
    backendType: "netstorage",
    title: "Akamai NetStorage",
    description: "For this test.",
    config: Schema.Struct(config),
    normalize,
    testConnection: () => Effect.succeed([]),
    open: () => Effect.fail(StorageError.of("unsupported", "there is nothing to open"))
  })

const good = made(fields)
type Plugin = typeof good
type Prepared = ReturnType<Plugin["prepare"]>

const prepared = (change: (prepared: Prepared, raw: Record<string, unknown>) => unknown): Plugin => ({
  ...good,
  prepare: (raw) => change(good.prepare(raw), (raw ?? {}) as Record<string, unknown>) as Prepared
})

const failing = (plugin: Plugin, harmless: Record<string, string> = {}) =>
  configTests(plugin, { valid, harmless }).flatMap(({ title, run }) => {
    try {
      run()
      return []
    } catch {
      return [title]
    }
  })

/** A defect to the promise that finds it, by the start of its title. */
const defects: Readonly<Record<string, readonly [Plugin, string]>> = {
  "an option without help": [
    made({ ...fields, account: Options.text({ help: "", required: true }) }),
    "options are described"
  ],
  "an option less": [
    made({ host: fields.host, account: fields.account, secret: fields.secret, protocol: fields.protocol }),
    "options are those"
  ],
  "another default": [
    made({ ...fields, description: Options.text({ help: "A note.", default: "x" }) }),
    "options are those"
  ],
  "another type": [made({ ...fields, description: Options.boolean({ help: "A note." }) }), "options are those"],
  "an option not required": [made({ ...fields, account: Options.text({ help: "Account." }) }), "options are those"],
  "a value less": [
    made({ ...fields, protocol: Options.choice({ help: "Protocol.", default: "https", values: ["https"] }) }),
    "options take each value"
  ],
  "a default that is refused": [
    made(fields, ({ protocol }) =>
      protocol === "https"
        ? Result.fail([{ pointer: "#/protocol", code: "unsupported", detail: "no" }])
        : Result.succeed({})
    ),
    "options take their own defaults"
  ],
  "a secret that is text": [
    made({ ...fields, secret: Options.text({ help: "Secret.", required: true }) }),
    "secrets are marked"
  ],
  "an unmarked address": [
    made({ ...fields, host: Options.text({ help: "Host.", required: true }) }),
    "dangers are marked"
  ],
  "a secret in an issue": [
    made(fields, ({ secret }) =>
      Redacted.value(secret) === "s"
        ? Result.succeed({})
        : Result.fail([{ pointer: "#/secret", code: "invalid_value", detail: Redacted.value(secret) }])
    ),
    "secrets are never shown"
  ],
  "a secret in the view": [
    prepared((one, raw) => (one.issues ? one : { ...one, view: { ...raw } })),
    "secrets are never shown"
  ],
  "a secret that is not named to be sealed": [prepared((one) => ({ ...one, secrets: [] })), "secrets are never shown"],
  "dangers that are not named": [prepared((one) => ({ ...one, dangers: [] })), "dangers are named"],
  "only the first problem": [
    prepared((one) => (one.issues ? { issues: one.issues.slice(0, 1) } : one)),
    "options report every problem"
  ],
  "unknown keys that are ignored": [
    prepared((one, raw) =>
      one.issues?.some(({ code }) => code === "unknown_field")
        ? good.prepare(Object.fromEntries(Object.entries(raw).filter(([name]) => Object.hasOwn(fields, name))))
        : one
    ),
    "options refuse unknown keys"
  ],
  "a text for any type": [
    prepared((one, raw) => (typeof raw["account"] === "number" ? good.prepare({ ...raw, account: "1" }) : one)),
    "options refuse values of other types"
  ],
  "a required option that may be empty": [
    prepared((one, raw) => (raw["account"] === "" ? good.prepare({ ...raw, account: "x" }) : one)),
    "options miss each required option"
  ]
}

describe("configTests", () => {
  it("pass for a plugin that keeps every promise", () => {
    assert.deepStrictEqual(failing(good), [])
    assert.isAtLeast(configTests(good, { valid }).length, 15)
  })

  for (const [defect, [plugin, title]] of Object.entries(defects)) {
    it(`find ${defect}`, () => {
      assert.isTrue(
        failing(plugin).some((found) => found.startsWith(title)),
        `found by: ${failing(plugin).join("; ")}`
      )
    })
  }

  it("excuse a name that only sounds dangerous, as long as it needs an excuse", () => {
    const [unmarked] = defects["an unmarked address"]!
    assert.deepStrictEqual(failing(unmarked, { host: "it leads nowhere" }), [])
    assert.isNotEmpty(failing(good, { host: "it leads nowhere" }))
  })
})
