/**
 * `mooring backends` and `mooring disconnect`.
 */
import { Backends } from "@mooring/host"
import { backendJson } from "@mooring/server"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Effect from "effect/Effect"
import { host } from "../Invocation.ts"
import { fail, print, safe } from "../output.ts"
import { json } from "./json.ts"

/** Lists what is connected. */
export const backends = Command.make("backends", { json }, ({ json }) =>
  Effect.gen(function* () {
    const { list } = yield* Backends
    for (const backend of yield* list) {
      yield* print(
        json,
        `${backend.id}  ${backend.provider}  ${safe(backend.name ?? "")}`.trimEnd(),
        backendJson(backend)
      )
    }
  }).pipe(
    Effect.provide(host),
    Effect.catchTag("StorageError", (error) => fail(json, error))
  )
).pipe(Command.withDescription("List the backends that are connected"))

/** Forgets a backend and its secrets. */
export const disconnect = Command.make(
  "disconnect",
  { backend: Argument.String("backend"), json },
  ({ backend, json }) =>
    Effect.gen(function* () {
      const { remove } = yield* Backends
      yield* remove(backend)
      yield* print(json, `disconnected ${safe(backend)}`, { backend })
    }).pipe(
      Effect.provide(host),
      Effect.catchTag("StorageError", (error) => fail(json, error))
    )
).pipe(Command.withDescription("Forget a backend and its secrets; its objects stay"))
