/**
 * The stages of a connection test that touch objects: a byte of one that is there, and one that is put and removed.
 */
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Stream from "effect/Stream"
import { runStage, stageOf, type Stage } from "../ConnectionTest.ts"
import type { Entry, ObjectInfo } from "../ObjectInfo.ts"
import type { ObjectStore, ReadOptions } from "../ObjectStore.ts"
import type { Path } from "../Path.ts"
import { StorageError } from "../StorageError.ts"

/** How an object is read. */
export interface Reading {
  readonly read: ObjectStore["read"]
  /** The first byte unless said otherwise. */
  readonly options?: ReadOptions
  /** Whether an object cannot be read at once. That all of them cannot is no fault of the options. */
  readonly isArchived?: (object: ObjectInfo) => boolean
}

/** Reads of the first object that can be read. */
export const readStage = Effect.fnUntraced(function* (
  { read, options = { range: { start: 0, end: 0 } }, isArchived = () => false }: Reading,
  entries: ReadonlyArray<Entry>,
  advised: (error: StorageError) => StorageError
) {
  const objects = entries.filter((entry) => entry.kind === "object")
  const chosen = objects.find((object) => !isArchived(object)) ?? objects[0]
  if (chosen === undefined) return stageOf("read", "skipped", 0)
  const first = Effect.scoped(
    Effect.flatMap(read(chosen.path, options), ({ body }) => Stream.runDrain(Stream.take(body, 1)))
  )
  const { stage } = yield* runStage("read", Effect.mapError(first, advised))
  return stage.code === "archived_tier" ? ({ ...stage, outcome: "unverified" } satisfies Stage) : stage
})

/** How an object is put and removed again. */
export interface Writing {
  /** What would let the store write, where its options forbid it. */
  readonly refused?: string
  /** Puts an object; answers how it is removed for good. */
  readonly put: (path: Path, bytes: Uint8Array) => Effect.Effect<Effect.Effect<unknown, StorageError>, StorageError>
  /** Who may remove what was put, for the case that these credentials may not. */
  readonly remover: string
  /** The option to blame for that. */
  readonly pointer?: string
}

const content = Buffer.from("mooring connection test\n")

/** A name that nobody has. */
const probeName = Effect.map(
  Effect.replicateEffect(Random.nextIntBetween(0, 2 ** 31), 4),
  (numbers) => `mooring-test-${numbers.map((one) => one.toString(16).padStart(8, "0")).join("")}`
)

/** An object that was put and cannot be removed is named, so that somebody who may can remove it. */
const leftBehind =
  ({ remover, pointer }: Writing, name: string) =>
  ({ reason: { _tag: code, detail: _, ...facts } }: StorageError) =>
    StorageError.of(code, "an object can be written but not removed", {
      ...facts,
      ...(pointer !== undefined && { pointer }),
      suggestion: `${remover}; ${name} is left over`
    })

/** Puts an object at the place and removes it. `container` is what the first segment of a path is called. */
export const writeStage = Effect.fnUntraced(function* (
  writing: Writing,
  at: Path,
  container: string,
  advised: (error: StorageError) => StorageError
) {
  const skipped = stageOf("write", "skipped", 0)
  if (at.length === 0) {
    return { ...skipped, suggestion: `name a ${container}, or a prefix in one, to write to` } satisfies Stage
  }
  if (writing.refused !== undefined) return { ...skipped, suggestion: writing.refused } satisfies Stage
  const name = yield* probeName
  const probe = Effect.acquireUseRelease(
    writing.put([...at, name], content),
    () => Effect.void,
    (remove) => Effect.mapError(remove, leftBehind(writing, name))
  )
  return (yield* runStage("write", Effect.mapError(probe, advised))).stage
})
