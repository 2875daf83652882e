/**
 * The connection test. One listing shows how far a request gets.
 */
import { type Ambient, type MemoryBudget, type Transport } from "@mooring/core"
import type { CallPolicy } from "@mooring/core/Call"
import { stageOf, type Stage, type TestOptions } from "@mooring/core/ConnectionTest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import { makeBlobClient } from "./api/BlobClient.ts"
import type { AzureBlobSettings } from "./AzureBlobSettings.ts"
import { listPage } from "./list.ts"
import { advised } from "./testConnection/advice.ts"
import { readStage, writeStage } from "./testConnection/probes.ts"
import { stagesOf, withoutIdentity } from "./testConnection/stages.ts"

/** A person waits for the answer. */
const testPolicy: CallPolicy = { concurrency: 4, retries: 1, deadline: 20_000 }

/** Enough that one of them can be read where some are in the archive. */
const sample = 20

/** Lists `at`; without it the container of a signature, which may list no others, else the account. */
export const testConnection = Effect.fnUntraced(function* (
  settings: AzureBlobSettings,
  { at: asked = [], write = false }: TestOptions
): Effect.fn.Return<ReadonlyArray<Stage>, never, Transport | Ambient | MemoryBudget | Scope.Scope> {
  const client = yield* makeBlobClient(Effect.succeed(settings), testPolicy)
  const at = asked.length === 0 && settings.container !== undefined ? [settings.container] : asked
  const started = yield* Clock.currentTimeMillis
  const identity = yield* Effect.result(client.session.get)
  if (Result.isFailure(identity)) {
    const took = (yield* Clock.currentTimeMillis) - started
    const skipped = withoutIdentity(advised(settings, identity.failure), took)
    return write ? [...skipped, stageOf("write", "skipped", 0)] : skipped
  }
  const listing = listPage(client)(at, { limit: sample, recursive: at.length > 0 })
  const listed = yield* Effect.result(Effect.mapError(listing, (error) => advised(settings, error)))
  const duration = (yield* Clock.currentTimeMillis) - started
  const stages = stagesOf(settings, duration, Result.isFailure(listed) ? listed.failure : undefined, at)
  const reading = yield* readStage(client, Result.isSuccess(listed) ? listed.success.entries : [])
  if (!write) return [...stages, reading]
  const writing = Result.isSuccess(listed) ? yield* writeStage(client, at) : stageOf("write", "skipped", 0)
  return [...stages, reading, writing]
})
