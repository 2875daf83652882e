/**
 * The calls of `node:fs` that the store makes, each as an effect with its reason on failure.
 */
import type { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as fs from "node:fs/promises"
import type { FileHandle } from "node:fs/promises"
import { constants, fstatSync, lstatSync, type Stats } from "node:fs"
import { storageErrorOf } from "./errors.ts"

/** A call of node:fs. The promise cannot be cancelled, so an interruption waits for it and leaks nothing. */
export const attempt = <A>(call: () => Promise<A>): Effect.Effect<A, StorageError> =>
  Effect.uninterruptible(Effect.tryPromise({ try: call, catch: storageErrorOf }))

/** Size, times and kind, without following a symbolic link. */
export const lstat = (file: Uint8Array): Effect.Effect<Stats, StorageError> => attempt(() => fs.lstat(file as Buffer))

const orAbsent = (stats: Effect.Effect<Stats | undefined, StorageError>) =>
  Effect.catch(stats, (error) => (error.reason._tag === "not_found" ? Effect.succeed(undefined) : Effect.fail(error)))

/** What `lstat` says, or undefined if nothing is there. */
export const present = (file: Uint8Array): Effect.Effect<Stats | undefined, StorageError> => orAbsent(lstat(file))

/** The same without a turn of the thread pool: all else waits until the system answers. */
export const presentNow = (file: Uint8Array): Effect.Effect<Stats | undefined, StorageError> =>
  orAbsent(Effect.try({ try: () => lstatSync(file as Buffer, { throwIfNoEntry: false }), catch: storageErrorOf }))

/**
 * Size, times and kind of an open file. Not a promise: the system has the answer in memory, and a turn of the thread pool
 * costs many times as much.
 */
export const statOf = ({ fd }: FileHandle): Effect.Effect<Stats, StorageError> =>
  Effect.try({ try: () => fstatSync(fd), catch: storageErrorOf })

/** An open file in a Scope. `flags` are those of open(2); a symbolic link is never followed. */
export const openFile = (file: Uint8Array, flags: number) =>
  Effect.acquireRelease(
    attempt(() => fs.open(file as Buffer, flags | constants.O_NOFOLLOW, 0o666)),
    (handle) => Effect.ignore(attempt(() => handle.close()))
  )

/** Makes what was renamed or created in a directory durable. */
export const syncDirectory = (directory: Uint8Array) =>
  Effect.scoped(
    Effect.flatMap(openFile(directory, constants.O_RDONLY | constants.O_DIRECTORY), (handle) =>
      attempt(() => handle.sync())
    )
  )

/** Writes a block whole, at the position of the file or at `from`. */
export const writeAll = (handle: FileHandle, block: Uint8Array, from?: number) =>
  Effect.gen(function* () {
    let offset = 0
    while (offset < block.byteLength) {
      const position = from === undefined ? null : from + offset
      const { bytesWritten } = yield* attempt(() => handle.write(block, offset, block.byteLength - offset, position))
      offset += bytesWritten
    }
  })
