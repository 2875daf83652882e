/**
 * The stages that touch objects: a byte of one that is there, and one that is put and removed again.
 */
import type { Entry, Path, StorageError } from "@mooring/core"
import { runStage, stageOf } from "@mooring/core/ConnectionTest"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Stream from "effect/Stream"
import { digestHeaders } from "../api/digest.ts"
import type { S3Client } from "../api/S3Client.ts"
import { targetOf } from "../keys.ts"
import { read } from "../read.ts"
import { deleteObject, putObject } from "../S3Api.ts"
import { advised } from "./advice.ts"
import { retold } from "./retold.ts"

/** Storage classes of which no object can be read at once: https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html */
const archives: ReadonlyArray<string> = ["GLACIER", "DEEP_ARCHIVE"]

/** Reads a byte of the first object that is not in an archive. That all of them are is no fault of the options. */
export const readStage = Effect.fnUntraced(function* (client: S3Client, entries: ReadonlyArray<Entry>) {
  const objects = entries.filter((entry) => entry.kind === "object")
  const chosen = objects.find(({ tier = "" }) => !archives.includes(tier)) ?? objects[0]
  if (chosen === undefined) return stageOf("read", "skipped", 0)
  const settings = yield* client.settings
  // What is decompressed has no ranges: of that the first block is read.
  const options = settings.gzip.decompress ? {} : { range: { start: 0, end: 0 } }
  const first = Effect.scoped(
    Effect.flatMap(read(client)(chosen.path, options), ({ body }) => Stream.runDrain(Stream.take(body, 1)))
  )
  const { stage } = yield* runStage(
    "read",
    Effect.mapError(first, (error) => advised(settings, error))
  )
  return stage.code === "archived_tier" ? { ...stage, outcome: "unverified" as const } : stage
})

/** An object that was put and cannot be removed is named, so that somebody who may can remove it. */
const leftBehind = (name: string) => (error: StorageError) =>
  retold(error, error.reason._tag, "an object can be written but not removed", {
    pointer: "#/access_key_id",
    suggestion: `a key that may remove objects; ${name} is left over`
  })

/** Puts an object of a name that nobody has and removes it, with its version where versions are kept. */
export const writeStage = Effect.fnUntraced(function* (client: S3Client, at: Path) {
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
    yield* Effect.acquireUseRelease(
      client.repeated(putObject(client, target, body, yield* digestHeaders(settings, body))),
      () => Effect.void,
      (headers) =>
        Effect.mapError(client.repeated(deleteObject(client, target, headers["x-amz-version-id"])), leftBehind(name))
    )
  })
  return (yield* runStage(
    "write",
    Effect.mapError(probe, (error) => advised(settings, error))
  )).stage
})
