/**
 * The stages of a local directory: it is there, it can be listed, and written to when asked.
 */
import { StorageError, type Path } from "@mooring/core"
import { runStage, stageOf, type StageName, type TestOptions } from "@mooring/core/ConnectionTest"
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

const skipped = (names: ReadonlyArray<StageName>) => names.map((name) => stageOf(name, "skipped", 0))

/** An object of a name that nobody has is put and removed again, also if the caller leaves in between. */
const probe = (settings: LocalSettings, at: Path) => {
  const path = [...at, `mooring-test-${randomUUID()}`]
  return Effect.acquireUseRelease(
    write(settings)(path, Stream.empty, { size: 0 }),
    () => Effect.void,
    () => remove(settings)(path)
  )
}

/** What cannot be listed is not written to: a write would make the directories on its way and leave them. */
export const testConnection = Effect.fnUntraced(function* (
  settings: LocalSettings,
  { at = [], write: writes = false }: TestOptions
) {
  const found = yield* runStage(
    "connect",
    Effect.mapError(isDirectory(settings.root), blame("a directory that exists"))
  )
  if (found.error !== undefined) return [found.stage, ...skipped(writes ? ["list", "write"] : ["list"])]
  const listed = yield* runStage(
    "list",
    Effect.mapError(listPage(settings)(at, { limit: 1 }), blame("a directory that this user may list"))
  )
  if (!writes || listed.error !== undefined) return [found.stage, listed.stage, ...skipped(writes ? ["write"] : [])]
  const written = yield* runStage(
    "write",
    Effect.mapError(probe(settings, at), blame("a directory that this user may write to"))
  )
  return [found.stage, listed.stage, written.stage]
})
