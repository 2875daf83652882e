/**
 * `mooring connect` and `mooring test`.
 */
import { stageJson } from "@mooring/contract"
import { failedStage, type Stage } from "@mooring/core/ConnectionTest"
import { Path } from "@mooring/core/Path"
import { Backends, Providers } from "@mooring/host"
import { backendJson } from "@mooring/server"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { givenOptions } from "../givenOptions.ts"
import { host } from "../Invocation.ts"
import { CommandFailed, fail, place, print, safe } from "../output.ts"
import { json } from "./json.ts"

const provider = Argument.String("provider").pipe(Argument.withDescription("The id of the provider: local, s3, …"))

const flags = {
  provider,
  json,
  at: Flag.String("at").pipe(Flag.withDescription("A container or a prefix in it to test"), Flag.optional),
  set: Flag.String("set").pipe(
    Flag.withDescription(
      "An option as name=value; --its-name value does the same. The value - reads a secret from stdin"
    ),
    Flag.atLeast(0)
  ),
  fromFile: Flag.String("from-file").pipe(Flag.withDescription("A JSON file of options"), Flag.optional)
}

const placeOf = (at: Option.Option<string>) =>
  Option.isNone(at)
    ? Effect.succeed({})
    : Effect.map(Effect.fromResult(Path.fromText(at.value)), (path) => ({ at: path }))

const bodyOf = Effect.fnUntraced(function* (name: string, set: ReadonlyArray<string>, file: Option.Option<string>) {
  const { get } = yield* Providers
  return yield* givenOptions(yield* get(name), set, Option.getOrUndefined(file))
})

/** Tests and keeps a backend, and prints its id. */
export const connect = Command.make(
  "connect",
  { ...flags, name: Flag.String("name").pipe(Flag.withDescription("A short name for the backend"), Flag.optional) },
  ({ provider, set, fromFile, at, name, json }) =>
    Effect.gen(function* () {
      const backends = yield* Backends
      const given = yield* bodyOf(provider, set, fromFile)
      const names = Option.isSome(name) ? { name: name.value } : {}
      const backend = yield* backends.connect(provider, given, { ...(yield* placeOf(at)), ...names })
      yield* print(
        json,
        `connected ${backend.id}${backend.name === undefined ? "" : ` (${safe(backend.name)})`}`,
        backendJson(backend)
      )
    }).pipe(
      Effect.provide(host),
      Effect.catchTag(["StorageError", "BackendRefused"], (error) => fail(json, error))
    )
).pipe(Command.withDescription("Connect a backend: options are tested, and kept only if the test passes"))

/** Tests a backend with some options changed, and keeps them: new credentials reach what is open and mounted. */
export const change = Command.make(
  "change",
  { ...flags, provider: Argument.String("backend") },
  ({ provider: id, set, fromFile, at, json }) =>
    Effect.gen(function* () {
      const backends = yield* Backends
      const { provider } = yield* backends.get(id)
      const changes = yield* bodyOf(provider, set, fromFile)
      const backend = yield* backends.replace(id, changes, yield* placeOf(at))
      yield* print(json, `changed ${backend.id}`, backendJson(backend))
    }).pipe(
      Effect.provide(host),
      Effect.catchTag(["StorageError", "BackendRefused"], (error) => fail(json, error))
    )
).pipe(
  Command.withDescription("Change options of a backend, as new credentials: tested, and kept only if the test passes")
)

const stageLine = ({ stage, outcome, duration, pointer, detail, suggestion }: Stage): string =>
  safe(
    `${outcome.padEnd(10)} ${stage.padEnd(12)} ${Math.round(duration)} ms ${place(pointer)}${detail ?? ""}${suggestion ? ` (try ${suggestion})` : ""}`
  )

/** Tests options and prints the stages; keeps nothing. */
export const test = Command.make("test", flags, ({ provider, set, fromFile, at, json }) =>
  Effect.gen(function* () {
    const backends = yield* Backends
    const stages = yield* backends.test(provider, yield* bodyOf(provider, set, fromFile), yield* placeOf(at))
    yield* Effect.forEach(stages, (stage) => print(json, stageLine(stage), stageJson(stage)))
    if (failedStage(stages) !== undefined) return yield* new CommandFailed({ exitCode: 1 })
  }).pipe(
    Effect.provide(host),
    Effect.catchTag(["StorageError", "BackendRefused"], (error) => fail(json, error))
  )
).pipe(Command.withDescription("Test options stage by stage; nothing is kept"))
