/**
 * The connection test: the authorization shows how far a request gets and whether the key is taken, a listing what the
 * key may do at the place.
 */
import { StorageError, type Page, type Path, type Transport } from "@mooring/core"
import type { CallPolicy } from "@mooring/core/Call"
import { runStage, stageOf, type Stage, type TestOptions } from "@mooring/core/ConnectionTest"
import type { MemoryBudget } from "@mooring/core/MemoryBudget"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"
import { makeB2Client, type B2Client } from "./api/B2Client.ts"
import type { B2Settings } from "./B2Settings.ts"
import { listPage } from "./list.ts"
import { headOf } from "./stat.ts"
import { advised } from "./testConnection/advice.ts"
import { readStage, writeStage } from "./testConnection/probes.ts"
import { connectionStages } from "./testConnection/stages.ts"

/** A person waits for the answer. */
const testPolicy: CallPolicy = { concurrency: 4, retries: 1, deadline: 20_000 }

const sample = 20

/** A place with nothing below it that is the name of an object is a slip; one without even that is a new place. */
const listAt = Effect.fnUntraced(function* (client: B2Client, at: Path) {
  const page: Page = yield* listPage(client)(at, { limit: sample, recursive: at.length > 0 })
  if (at.length < 2 || page.entries.length > 0) return page
  const object = yield* Effect.result(headOf(client, at))
  return Result.isFailure(object)
    ? page
    : yield* StorageError.of("not_a_directory", "an object is at this place and nothing is below it")
})

/** Without a place a key that may not list buckets is no fault: it is unverified what it may do. */
const orUnverified = (stage: Stage, at: Path): Stage =>
  at.length === 0 && stage.code === "permission_denied" ? { ...stage, outcome: "unverified" } : stage

/** The stages, in their order; nothing is left behind. */
export const testConnection = Effect.fnUntraced(function* (
  settings: B2Settings,
  { at = [], write = false }: TestOptions
): Effect.fn.Return<ReadonlyArray<Stage>, never, Transport | MemoryBudget | Scope.Scope> {
  const client = yield* makeB2Client(Effect.succeed(settings), testPolicy)
  const started = yield* Clock.currentTimeMillis
  const authorized = yield* Effect.result(Effect.mapError(client.repeated(client.authorization), advised))
  const took = (yield* Clock.currentTimeMillis) - started
  const failure = Result.isFailure(authorized) ? authorized.failure : undefined
  const stages = connectionStages(settings, took, failure)
  const skipped = (...names: ReadonlyArray<Stage["stage"]>) => names.map((name) => stageOf(name, "skipped", 0))
  const writing = write ? (["write"] as const) : []
  if (failure !== undefined) return [...stages, ...skipped("list", "read", ...writing)]
  const { stage, value } = yield* runStage("list", Effect.mapError(listAt(client, at), advised))
  const listing = orUnverified(stage, at)
  if (value === undefined) return [...stages, listing, ...skipped("read", ...writing)]
  const reading = yield* readStage(client, value.entries)
  return [...stages, listing, reading, ...(write ? [yield* writeStage(client, at)] : [])]
})
