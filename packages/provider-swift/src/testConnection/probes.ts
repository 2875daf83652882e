/**
 * The stages that touch objects: a byte of one that is there, and one that is put and removed again.
 */
import { StorageError, type Entry, type Path } from "@mooring/core"
import { runStage, stageOf } from "@mooring/core/ConnectionTest"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { randomBytes } from "node:crypto"
import type { SwiftClient } from "../api/SwiftClient.ts"
import { newTargetOf } from "../keys.ts"
import { putBytes } from "../pieces.ts"
import { read } from "../read.ts"
import { deleteObject } from "../SwiftApi.ts"
import { advised } from "./advice.ts"

/** Reads a byte of the first object. */
export const readStage = Effect.fnUntraced(function* (client: SwiftClient, entries: ReadonlyArray<Entry>) {
  const chosen = entries.find(({ kind }) => kind === "object")
  if (chosen === undefined) return stageOf("read", "skipped", 0)
  const settings = yield* client.settings
  const first = Effect.scoped(
    Effect.flatMap(read(client)(chosen.path, { range: { start: 0, end: 0 } }), ({ body }) => Stream.runDrain(body))
  )
  return (yield* runStage(
    "read",
    Effect.mapError(first, (error) => advised(settings, "storage", error))
  )).stage
})

/** An object that was put and cannot be removed is named, so that somebody who may can remove it. */
const leftBehind = (name: string) => (error: StorageError) =>
  StorageError.with(error, { suggestion: `a user that may remove objects; ${name} is left over` })

/** Puts an object of a name that nobody has and removes it. */
export const writeStage = Effect.fnUntraced(function* (client: SwiftClient, at: Path) {
  if (at.length === 0) {
    return { ...stageOf("write", "skipped", 0), suggestion: "name a container, or a prefix in one, to write to" }
  }
  const settings = yield* client.settings
  const name = `mooring-test-${randomBytes(16).toString("hex")}`
  const probe = Effect.gen(function* () {
    const target = yield* newTargetOf(settings, [...at, name])
    const removed = Effect.mapError(orGone(client.repeated(deleteObject(client, target))), leftBehind(name))
    yield* Effect.acquireUseRelease(
      putBytes(client, target, Buffer.from("mooring connection test\n"), {}),
      () => Effect.void,
      () => removed
    )
  })
  return (yield* runStage(
    "write",
    Effect.mapError(probe, (error) => advised(settings, "storage", error))
  )).stage
})
