/**
 * The options that a user gave on the command line, in a file, in the environment or on standard input, as the body that
 * the HTTP API would take.
 */
import { valueFromText } from "@mooring/core/options/decode"
import type { ProviderPlugin } from "@mooring/core/ProviderPlugin"
import { StorageError } from "@mooring/core/StorageError"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Stdio from "effect/Stdio"
import * as Stream from "effect/Stream"
import { readFile } from "node:fs/promises"
import { Invocation } from "./Invocation.ts"

const invalid = (detail: string) => StorageError.of("invalid_value", detail)

/** All of standard input as text, without the line break at its end. */
const standardInput = Effect.gen(function* () {
  const { stdin } = yield* Stdio.Stdio
  const text = yield* Effect.mapError(Stream.mkString(Stream.decodeText(stdin)), () => invalid("standard input failed"))
  return text.replace(/\r?\n$/, "")
})

const fileOptions = (path: string | undefined) =>
  path === undefined
    ? Effect.succeed<Record<string, unknown>>({})
    : Effect.tryPromise({
        try: () => readFile(path, "utf8").then((text) => JSON.parse(text) as unknown),
        catch: () => invalid("the file of options is missing or not valid JSON")
      }).pipe(
        Effect.filterOrFail(
          (value): value is Record<string, unknown> => Predicate.isObject(value) && !Array.isArray(value),
          () => invalid("the file of options is not a JSON object")
        )
      )

/** The variable that may hold a secret: `MOORING_S3_SECRET_ACCESS_KEY`. */
const variable = (provider: string, option: string) =>
  `MOORING_${provider}_${option}`.toUpperCase().replaceAll("-", "_")

/**
 * The body. A flag wins over the environment, and that over the file. The value `-` of a secret is read from standard
 * input; a secret written out on the command line is taken with a warning, since other users can see it.
 */
export const givenOptions = Effect.fnUntraced(function* (
  plugin: ProviderPlugin,
  pairs: ReadonlyArray<string>,
  fromFile: string | undefined
) {
  const { env } = yield* Invocation
  const { options } = plugin.describe()
  const given = yield* fileOptions(fromFile)
  const isSecret = (name: string) => options.find((one) => one.name === name)?.secret === true
  const asked = pairs.filter((pair) => pair.endsWith("=-") && isSecret(pair.slice(0, -2)))
  if (asked.length > 1) return yield* invalid('standard input has one secret: write "-" for one option only')
  for (const { name, secret } of options) {
    const value = secret ? env[variable(plugin.id, name)] : undefined
    if (value !== undefined) given[name] = value
  }
  for (const pair of pairs) {
    const split = pair.indexOf("=")
    if (split < 1) return yield* invalid("--set takes name=value")
    const [name, text] = [pair.slice(0, split), pair.slice(split + 1)]
    const option = options.find((one) => one.name === name)
    if (option?.secret === true && text !== "-") {
      yield* Console.error(
        `warning: ${name} is a secret, and other users can see it on the command line; ` +
          `use "-" to read it from standard input, or ${variable(plugin.id, name)}`
      )
    }
    const value = option?.secret === true && text === "-" ? yield* standardInput : text
    Object.defineProperty(given, name, {
      value: option === undefined ? value : valueFromText(option.kind, option.jsonSchema["type"], value),
      enumerable: true,
      configurable: true,
      writable: true
    })
  }
  return given
})
