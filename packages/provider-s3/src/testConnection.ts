/**
 * The connection test. One listing shows how far a request gets; where it fails, its error is read again by what is
 * known of such services, and a second look asks what one more request can tell.
 */
import { StorageError, type Ambient, type Page, type Path, type Transport } from "@mooring/core"
import { stageOf, type Stage, type TestOptions } from "@mooring/core/ConnectionTest"
import type { CallPolicy } from "@mooring/core/Call"
import type { MemoryBudget } from "@mooring/core/MemoryBudget"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import { makeS3Client, type S3Client } from "./api/S3Client.ts"
import { listPage } from "./list.ts"
import type { S3Settings } from "./S3Settings.ts"
import { headOf } from "./stat.ts"
import { advised } from "./testConnection/advice.ts"
import { readStage, writeStage } from "./testConnection/probes.ts"
import { readAgain } from "./testConnection/readAgain.ts"
import { secondLook } from "./testConnection/secondLook.ts"
import { stagesOf, withoutCredentials } from "./testConnection/stages.ts"

/** A person waits for the answer. */
const testPolicy: CallPolicy = { concurrency: 4, retries: 1, deadline: 20_000 }

/** Enough that one of them can be read where some are in an archive. */
const sample = 20

/** A prefix with nothing behind it that is the key of an object is a slip; one without even that is a new place. */
const notAnObject = Effect.fnUntraced(function* (client: S3Client, at: Path, page: Page) {
  if (at.length < 2 || page.entries.length > 0) return page
  const object = yield* Effect.result(headOf(client, at))
  return Result.isFailure(object)
    ? page
    : yield* StorageError.of("not_a_directory", "an object is at this place and nothing is below it")
})

/** The connection test under a policy, which holds for each of its calls. */
export const testConnectionUnder = (policy: CallPolicy) => {
  const clientOf = (settings: S3Settings) => makeS3Client(Effect.succeed(settings), policy)
  return Effect.fnUntraced(function* (
    settings: S3Settings,
    { at = [], write = false }: TestOptions
  ): Effect.fn.Return<ReadonlyArray<Stage>, never, Transport | Ambient | MemoryBudget | Scope.Scope> {
    const client = yield* clientOf(settings)
    const services = yield* Effect.context<MemoryBudget | Ambient>()
    const list = (through: S3Client, place: Path = at) =>
      listPage(through)(place, { limit: sample, recursive: place.length > 0 })
    const explained = Effect.fnUntraced(function* (error: StorageError) {
      const found = yield* secondLook({
        settings,
        at,
        error: readAgain(settings, at, error),
        list: (others, place) =>
          Effect.provide(
            Effect.flatMap(clientOf(others), (it) => list(it, place)),
            services
          )
      })
      return advised(settings, found)
    })
    const started = yield* Clock.currentTimeMillis
    const identity = yield* Effect.result(client.session.get)
    if (Result.isFailure(identity)) {
      const took = (yield* Clock.currentTimeMillis) - started
      const skipped = withoutCredentials(advised(settings, identity.failure), took)
      return write ? [...skipped, stageOf("write", "skipped", 0)] : skipped
    }
    const listed = yield* Effect.result(
      Effect.catch(
        Effect.flatMap(list(client), (page) => notAnObject(client, at, page)),
        (error) => Effect.flatMap(explained(error), Effect.fail)
      )
    )
    const duration = (yield* Clock.currentTimeMillis) - started
    const stages = stagesOf(settings, duration, Result.isFailure(listed) ? listed.failure : undefined, at)
    const reading = yield* readStage(client, Result.isSuccess(listed) ? listed.success.entries : [])
    if (!write) return [...stages, reading]
    return [
      ...stages,
      reading,
      Result.isSuccess(listed) ? yield* writeStage(client, at) : stageOf("write", "skipped", 0)
    ]
  })
}

/** The connection test as a person waits for it: few tries, 20 seconds for each call. */
export const testConnection = testConnectionUnder(testPolicy)
