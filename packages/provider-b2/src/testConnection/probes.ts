/**
 * The stages that touch objects: a byte of one that is there, and one that is put and removed again.
 */
import type { Entry, Path, StorageError as Failure } from "@mooring/core"
import { StorageError } from "@mooring/core"
import { runStage, stageOf } from "@mooring/core/ConnectionTest"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Stream from "effect/Stream"
import type { B2Client } from "../api/B2Client.ts"
import { requirePrefix } from "../api/capabilities.ts"
import { deleteFileVersion, hideFile, uploadFile } from "../B2Api.ts"
import { bucketIdOf } from "../bucketIds.ts"
import { automaticType } from "../info.ts"
import { targetOf, type FileTarget } from "../keys.ts"
import { sha1Of } from "../largeFile.ts"
import { read } from "../read.ts"
import { advised } from "./advice.ts"

/** Reads a byte of the first object. */
export const readStage = Effect.fnUntraced(function* (client: B2Client, entries: ReadonlyArray<Entry>) {
  const chosen = entries.find(({ kind }) => kind === "object")
  if (chosen === undefined) return stageOf("read", "skipped", 0)
  const first = Effect.scoped(
    Effect.flatMap(read(client)(chosen.path, { range: { start: 0, end: 0 } }), ({ body }) => Stream.runDrain(body))
  )
  return (yield* runStage("read", Effect.mapError(first, advised))).stage
})

/** An object that was put and cannot be removed is named, so that somebody who may can remove it. */
const leftBehind = (name: string) => (error: Failure) =>
  StorageError.with(error, { suggestion: `a key with the capability deleteFiles; ${name} is left over` })

/** Removes what was put. A key that may only write can hide it, which is what removing without `hard_delete` is. */
const removeProbe = (client: B2Client, bucketId: string, { key }: FileTarget, fileId: string, name: string) =>
  Effect.asVoid(client.repeated(deleteFileVersion(client, key, fileId))).pipe(
    Effect.catchIf(
      ({ reason }) => reason._tag === "permission_denied",
      (error) =>
        Effect.flatMap(client.settings, ({ hardDelete }) =>
          hardDelete ? Effect.fail(error) : Effect.asVoid(client.repeated(hideFile(client, bucketId, key)))
        )
    ),
    Effect.mapError(leftBehind(name))
  )

/** Puts an object of a name that nobody has and removes it for good. */
export const writeStage = Effect.fnUntraced(function* (client: B2Client, at: Path) {
  if (at.length === 0) {
    return { ...stageOf("write", "skipped", 0), suggestion: "name a bucket, or a prefix in one, to write to" }
  }
  const settings = yield* client.settings
  if (settings.versionAt !== undefined) {
    return { ...stageOf("write", "skipped", 0), suggestion: "leave version_at out: nothing can be written in the past" }
  }
  const numbers = yield* Effect.replicateEffect(Random.nextIntBetween(0, 2 ** 31), 4)
  const name = `mooring-test-${numbers.map((one) => one.toString(16).padStart(8, "0")).join("")}`
  const body = Buffer.from("mooring connection test\n")
  const probe = Effect.gen(function* () {
    const target = yield* targetOf(settings, [...at, name])
    yield* requirePrefix(yield* client.repeated(client.authorization), target.key)
    const bucketId = yield* bucketIdOf(client, target.bucket)
    const file = { fileName: target.key, contentType: automaticType, fileInfo: {}, sha1: yield* sha1Of(body), body }
    yield* Effect.acquireUseRelease(
      client.repeated(uploadFile(client, bucketId, file)),
      () => Effect.void,
      ({ fileId }) => removeProbe(client, bucketId, target, fileId ?? "", name)
    )
  })
  return (yield* runStage("write", Effect.mapError(probe, advised))).stage
})
