/**
 * The connection test: a token first, then one listing, then an object. Each failure is put to the option to blame.
 */
import { StorageError, type Ambient, type MemoryBudget, type Page, type Path, type Transport } from "@mooring/core"
import type { CallPolicy } from "@mooring/core/Call"
import { stageOf, type Stage, type TestOptions } from "@mooring/core/ConnectionTest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import { makeSwiftClient, type SwiftClient } from "./api/SwiftClient.ts"
import { listPage } from "./list.ts"
import { headOf } from "./stat.ts"
import type { SwiftSettings } from "./SwiftSettings.ts"
import { advised } from "./testConnection/advice.ts"
import { readStage, writeStage } from "./testConnection/probes.ts"
import { secondLook } from "./testConnection/secondLook.ts"
import { stagesOf } from "./testConnection/stages.ts"

/** A person waits for the answer. */
const testPolicy: CallPolicy = { concurrency: 4, retries: 1, deadline: 20_000 }

/** A prefix with nothing behind it that is the name of an object is a slip; one without even that is a new place. */
const notAnObject = Effect.fnUntraced(function* (client: SwiftClient, at: Path, page: Page) {
  if (at.length < 2 || page.entries.length > 0) return page
  const object = yield* Effect.result(headOf(client, at))
  return Result.isFailure(object)
    ? page
    : yield* StorageError.of("not_a_directory", "an object is at this place and nothing is below it")
})

/** The connection test under a policy, which holds for each of its calls. */
export const testConnectionUnder = (policy: CallPolicy) =>
  Effect.fnUntraced(function* (
    settings: SwiftSettings,
    { at = [], write = false }: TestOptions
  ): Effect.fn.Return<ReadonlyArray<Stage>, never, Transport | Ambient | MemoryBudget | Scope.Scope> {
    const clientOf = (others: SwiftSettings) => makeSwiftClient(Effect.succeed(others), policy)
    const environment = yield* Effect.context<Transport | Ambient | MemoryBudget>()
    const client = yield* clientOf(settings)
    const started = yield* Clock.currentTimeMillis
    const authenticated = yield* Effect.result(client.session.get)
    const listed = yield* Effect.result(
      Result.isFailure(authenticated)
        ? Effect.fail(authenticated.failure)
        : Effect.flatMap(listPage(client)(at, { limit: 20, recursive: at.length > 0 }), (page) =>
            notAnObject(client, at, page)
          )
    )
    const failure = Result.isFailure(listed) ? listed.failure : undefined
    const accepts = (others: SwiftSettings) =>
      Effect.provide(
        Effect.flatMap(clientOf(others), ({ session }) => session.get),
        environment
      )
    const phase = Result.isFailure(authenticated) ? "authentication" : "storage"
    const error =
      failure === undefined
        ? undefined
        : advised(settings, phase, yield* secondLook({ settings, phase, error: failure, accepts }))
    const duration = (yield* Clock.currentTimeMillis) - started
    const account = Result.isSuccess(authenticated) ? authenticated.success : undefined
    const stages = stagesOf({ settings, account, duration, error, at })
    const reading = yield* readStage(client, Result.isSuccess(listed) ? listed.success.entries : [])
    if (!write) return [...stages, reading]
    return [...stages, reading, error === undefined ? yield* writeStage(client, at) : stageOf("write", "skipped", 0)]
  })

export const testConnection = testConnectionUnder(testPolicy)
