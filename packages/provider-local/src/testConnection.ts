/**
 * The stages of a local directory: it is there, it can be listed, and written to when asked.
 */
import type { Path } from "@mooring/core"
import { StorageError } from "@mooring/core"
import { runStage, stageOf, type Stage, type TestOptions } from "@mooring/core/ConnectionTest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { randomUUID } from "node:crypto"
import { lstat } from "./fileSystem.ts"
import { listPage } from "./list.ts"
import type { LocalSettings } from "./normalize.ts"
import { remove } from "./remove.ts"
import { write } from "./write.ts"

const blame = (suggestion: string) => (error: StorageError) =>
  StorageError.with(error, { pointer: "#/root", suggestion })

const isDirectory = (root: string) =>
  Effect.flatMap(lstat(Buffer.from(root)), (stats) =>
    stats.isDirectory() ? Effect.void : Effect.fail(StorageError.of("not_a_directory", "the root is not a directory"))
  )

export const testConnection = Effect.fnUntraced(function* (
  settings: LocalSettings,
  { at = [], write: writes = false }: TestOptions
) {
  const found = yield* runStage(
    "connect",
    Effect.mapError(isDirectory(settings.root), blame("a directory that exists"))
  )
  const listed = yield* runStage(
    "list",
    Effect.mapError(listPage(settings)(at, { limit: 1 }), blame("a directory that this user may list"))
  )
  const stages: Array<Stage> = [found.stage, found.error ? stageOf("list", "skipped", 0) : listed.stage]
  if (!writes) return stages
  const probe: Path = [...at, `mooring-test-${randomUUID()}`]
  const written = yield* runStage(
    "write",
    Effect.andThen(write(settings)(probe, Stream.empty, { size: 0 }), remove(settings)(probe)).pipe(
      Effect.mapError(blame("a directory that this user may write to"))
    )
  )
  return [...stages, written.stage]
})
