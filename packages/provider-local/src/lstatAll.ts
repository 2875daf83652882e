/**
 * Many files at once, as a listing asks for them.
 *
 * A turn of the thread pool costs twenty times as much as the answer of a disk of this machine, and a call that does not
 * take one holds up everything else until it is answered. So of each turn the first file goes through the pool, and only
 * if that is answered at once the next ones are asked for directly, for a few milliseconds.
 */
import type { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { lstatSync, type Stats } from "node:fs"
import { storageErrorOf } from "./errors.ts"
import { present } from "./fileSystem.ts"

/** Milliseconds for one file, through the pool, above which a file system is taken for slow. */
const patience = 2

/** Milliseconds that a turn takes at most, but for its last file. */
const turn = 4

/** Files of a turn of a slow file system, and how many of them are asked for at once. */
const batch = 256
const concurrency = 16

/** As many files from here as a turn has time for. */
const direct = (from: number, count: number, fileAt: (index: number) => Buffer): Array<Stats | undefined> => {
  const found: Array<Stats | undefined> = []
  const end = performance.now() + turn
  for (let index = from; index < count && performance.now() < end; index += 1) {
    found.push(lstatSync(fileAt(index), { throwIfNoEntry: false }))
  }
  return found
}

/** What `lstat` says of so many files, in their order; undefined where nothing is there. */
export const lstatAll: (
  count: number,
  fileAt: (index: number) => Buffer,
  quick?: number
) => Effect.Effect<ReadonlyArray<Stats | undefined>, StorageError> = Effect.fnUntraced(function* (
  count,
  fileAt,
  quick = patience
) {
  const found: Array<Stats | undefined> = []
  while (found.length < count) {
    const asked = performance.now()
    found.push(yield* present(fileAt(found.length)))
    const next = found.length
    const indexes = Array.from({ length: Math.min(batch, count - next) }, (_, index) => next + index)
    found.push(
      ...(yield* performance.now() - asked > quick
        ? Effect.forEach(indexes, (index) => present(fileAt(index)), { concurrency })
        : Effect.try({ try: () => direct(next, count, fileAt), catch: storageErrorOf }))
    )
  }
  return found
})
