/**
 * The folder for bytes that are not stored yet, locked by one process.
 */
import type { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import {
  closeFile,
  lockFolder,
  makeFolder,
  openNameless,
  readFile,
  removeFiles,
  truncateFile,
  writeFile
} from "./localFiles.ts"

/** A file of the cache folder. It ends with `close`, once nobody reads or writes it any more, or with the process. */
export interface SpillFile {
  readonly read: (offset: number, size: number) => Effect.Effect<Uint8Array, StorageError>
  readonly write: (offset: number, bytes: Uint8Array) => Effect.Effect<void, StorageError>
  readonly truncate: (size: number) => Effect.Effect<void, StorageError>
  /** Runs with the file open, although it is closed meanwhile. */
  readonly during: <A>(effect: Effect.Effect<A, StorageError>) => Effect.Effect<A, StorageError>
  readonly close: () => void
}

/** The folder. */
export interface CacheFolder {
  readonly open: Effect.Effect<SpillFile, StorageError>
  /** How many files are open. */
  readonly files: () => number
}

const prefix = "spill-"

const spillFile = (descriptor: number, ended: () => void): SpillFile => {
  let users = 0
  let closing = false
  const end = (): void => {
    if (!closing || users > 0) return
    closeFile(descriptor)
    ended()
  }
  const using = <A>(effect: Effect.Effect<A, StorageError>): Effect.Effect<A, StorageError> =>
    Effect.suspend(() => {
      users += 1
      return Effect.ensuring(
        effect,
        Effect.sync(() => {
          users -= 1
          end()
        })
      )
    })
  return {
    during: using,
    read: (offset, size) => using(readFile(descriptor, offset, size)),
    write: (offset, bytes) => using(writeFile(descriptor, offset, bytes)),
    truncate: (size) => using(truncateFile(descriptor, size)),
    close: () => {
      if (closing) return
      closing = true
      end()
    }
  }
}

/**
 * Opens the folder for the Scope. What an earlier process left was never acknowledged as stored, and is removed.
 * `backend_in_use` if another process has it.
 */
export const openCacheFolder = Effect.fnUntraced(function* (
  folder: string
): Effect.fn.Return<CacheFolder, StorageError, Scope.Scope> {
  yield* makeFolder(folder)
  yield* lockFolder(folder)
  yield* removeFiles(folder, /^spill-\d+$/)
  const files = new Set<SpillFile>()
  yield* Effect.addFinalizer(() => Effect.sync(() => files.forEach((file) => file.close())))
  let last = 0
  return {
    files: () => files.size,
    open: Effect.map(
      Effect.suspend(() => openNameless(folder, `${prefix}${(last += 1)}`)),
      (descriptor) => {
        const file: SpillFile = spillFile(descriptor, () => files.delete(file))
        files.add(file)
        return file
      }
    )
  }
})
