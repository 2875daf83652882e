/**
 * Many files one after the other, as a listing and a long path ask for them.
 *
 * A turn of the thread pool costs twenty times as much as the answer of a disk of this machine, and a call that does not
 * take one holds up everything else until it is answered. So the first file goes through the pool, and only if that is
 * answered at once the next ones are asked for directly, for a few milliseconds.
 */
import type { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { Stats } from "node:fs"
import { present, presentNow } from "./fileSystem.ts"

/** Milliseconds for one file, through the pool, above which a file system is taken for slow. */
const patience = 2

/** Milliseconds for which a file system that is not slow is asked directly. */
const turn = 4

/** What `lstat` says of a file, or undefined if nothing is there. */
export type Ask = (file: Uint8Array) => Effect.Effect<Stats | undefined, StorageError>

/** Asks for files of one file system. */
export const makeAsk = (quick = patience): Ask => {
  let end = 0
  return (file) =>
    Effect.suspend(() => {
      const asked = performance.now()
      if (asked < end) return presentNow(file)
      return Effect.map(present(file), (stats) => {
        const answered = performance.now()
        end = answered - asked > quick ? 0 : answered + turn
        return stats
      })
    })
}
