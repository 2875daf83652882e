/**
 * The stages that touch objects: a byte of one that is there, and one that is put and removed again.
 */
import type { Entry, Path } from "@mooring/core"
import { StorageError } from "@mooring/core"
import { runStage, stageOf } from "@mooring/core/ConnectionTest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { deleteBlob, putBlob } from "../api/blobs.ts"
import type { BlobClient } from "../api/BlobClient.ts"
import { md5Header } from "../api/md5Header.ts"
import { newUploadId } from "../blockIds.ts"
import { targetOf } from "../keys.ts"
import { read } from "../read.ts"
import { advised } from "./advice.ts"

/** Reads a byte of the first object that is not in the archive. That all of them are is no fault of the options. */
export const readStage = Effect.fnUntraced(function* (client: BlobClient, entries: ReadonlyArray<Entry>) {
  const objects = entries.filter((entry) => entry.kind === "object")
  const chosen = objects.find(({ tier }) => tier !== "Archive") ?? objects[0]
  if (chosen === undefined) return stageOf("read", "skipped", 0)
  const settings = yield* client.settings
  const first = Effect.scoped(
    Effect.flatMap(read(client)(chosen.path, { range: { start: 0, end: 0 } }), ({ body }) => Stream.runDrain(body))
  )
  const { stage } = yield* runStage(
    "read",
    Effect.mapError(first, (error) => advised(settings, error))
  )
  return stage.code === "archived_tier" ? { ...stage, outcome: "unverified" as const } : stage
})

/** An object that was put and cannot be removed is named, so that somebody who may can remove it. */
const leftBehind =
  (name: string) =>
  ({ reason: { _tag: code, detail: _, ...facts } }: StorageError) =>
    StorageError.of(code, "an object can be written but not removed", {
      ...facts,
      suggestion: `a right to delete too; ${name} is left over`
    })

/** Puts an object of a name that nobody has and removes it. */
export const writeStage = Effect.fnUntraced(function* (client: BlobClient, at: Path) {
  if (at.length === 0) {
    return { ...stageOf("write", "skipped", 0), suggestion: "name a container, or a prefix in one, to write to" }
  }
  const settings = yield* client.settings
  const name = `mooring-test-${yield* newUploadId}`
  const body = Buffer.from("mooring connection test\n")
  const probe = Effect.gen(function* () {
    const target = yield* targetOf(settings, [...at, name])
    // The usual tier: one that is archived at once could not be removed without a fee.
    const headers = { ...(yield* md5Header(body)), "x-ms-access-tier": "Hot" }
    yield* Effect.acquireUseRelease(
      client.repeated(putBlob(client, target, body, headers)),
      () => Effect.void,
      () => Effect.mapError(client.repeated(deleteBlob(client, target)), leftBehind(name))
    )
  })
  const advisedProbe = Effect.mapError(probe, (error) => advised(settings, error))
  return (yield* runStage("write", advisedProbe)).stage
})
