import { assert, describe, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { inspect } from "node:util"
import { decodeOptions, valueFromText } from "../../src/options/decode.ts"
import * as Options from "../../src/options/index.ts"
import { formatSize, parseSize } from "../../src/options/size.ts"

const kinds = {
  text: Options.text({ help: "h" }),
  secret: Options.secret("secret", { help: "h" }),
  integer: Options.integer({ help: "h", default: 1, minimum: 1, maximum: 10 }),
  boolean: Options.boolean({ help: "h" }),
  size: Options.size({ help: "h", default: "5242880" }),
  tristate: Options.tristate({ help: "h" }),
  time: Options.time({ help: "h" }),
  choice: Options.choice({ help: "h", default: 0, values: [0, 1, 2] }),
  encoding: Options.encoding({ help: "h", default: "50331650" })
}

const decode = (name: keyof typeof kinds, value: unknown) => {
  const { config, issues } = Result.getOrThrow(decodeOptions(kinds, { [name]: value }))
  return issues.length > 0 ? issues[0]?.code : config[name]
}

describe("kinds of options", () => {
  it.each([
    ["text", "x", "x"],
    ["text", 1, "invalid_value"],
    ["text", null, "invalid_value"],
    ["integer", 10, 10],
    ["integer", 0, "invalid_value"],
    ["integer", 11, "invalid_value"],
    ["integer", 1.5, "invalid_value"],
    ["integer", "5", "invalid_value"],
    ["boolean", true, true],
    ["boolean", "true", "invalid_value"],
    ["boolean", 1, "invalid_value"],
    ["size", "5Mi", 5242880],
    ["size", "5M", 5242880],
    ["size", "5MiB", 5242880],
    ["size", "1.5K", 1536],
    ["size", "5242880", 5242880],
    ["size", 5242880, 5242880],
    ["size", "off", -1],
    ["size", -2, "invalid_value"],
    ["size", "-5", "invalid_value"],
    ["size", "1e999", "invalid_value"],
    ["size", "", "invalid_value"],
    ["size", "5x", "invalid_value"],
    ["tristate", "unset", undefined],
    ["tristate", "true", true],
    ["tristate", false, false],
    ["tristate", "yes", "invalid_value"],
    ["tristate", null, "invalid_value"],
    ["time", "0001-01-01T00:00:00Z", null],
    ["time", "2026-01-31T12:00:00Z", 1769860800000],
    ["time", "2026-01-31T12:00:00+01:00", 1769857200000],
    ["time", "yesterday", "invalid_value"],
    ["time", "2026-13-31T12:00:00Z", "invalid_value"],
    ["choice", 2, 2],
    ["choice", 3, "invalid_value"],
    ["choice", "2", "invalid_value"],
    ["encoding", "Slash,InvalidUtf8,Dot", 50331650],
    ["encoding", 50331650, 50331650],
    ["encoding", "Slash,Nonsense", "invalid_value"]
  ] as const)("%s takes %j as %j", (name, value, expected) => {
    assert.deepStrictEqual(decode(name, value), expected)
  })

  it("defaults are what the absent option means", () => {
    const { config, issues } = Result.getOrThrow(decodeOptions(kinds, {}))
    assert.deepStrictEqual(issues, [])
    assert.deepStrictEqual(
      { ...config, secret: Redacted.value(config.secret) },
      {
        text: "",
        secret: "",
        integer: 1,
        boolean: false,
        size: 5242880,
        tristate: undefined,
        time: null,
        choice: 0,
        encoding: 50331650
      }
    )
    const struct = Schema.decodeUnknownSync(Schema.Struct(kinds))({})
    assert.strictEqual(struct.size, 5242880)
  })

  it("a secret cannot be printed or encoded", () => {
    const { config } = Result.getOrThrow(decodeOptions(kinds, { secret: "CANARY" }))
    assert.notInclude(inspect(config) + JSON.stringify(config) + String(config.secret), "CANARY")
    assert.throws(() => Schema.encodeSync(kinds.secret)(config.secret))
  })

  it.prop(
    "a size is read back from its shortest form",
    [Schema.Int.check(Schema.isBetween({ minimum: -1, maximum: 2 ** 53 - 1 }))],
    ([bytes]) => {
      assert.strictEqual(parseSize(formatSize(bytes)), bytes)
    }
  )

  it("flags give integers and booleans their JSON type", () => {
    assert.strictEqual(valueFromText("integer", "integer", "12"), 12)
    assert.strictEqual(valueFromText("integer", "integer", "abc"), "abc")
    assert.strictEqual(valueFromText("boolean", "boolean", "true"), true)
    assert.strictEqual(valueFromText("text", "string", "true"), "true")
    assert.strictEqual(valueFromText("size", ["string", "integer"], "12"), "12")
  })
})
