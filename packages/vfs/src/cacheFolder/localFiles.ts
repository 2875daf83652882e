/**
 * The one file that adapts the platform: files of the cache folder, and the lock on it.
 */
import { StorageError } from "@mooring/core"
import type { ErrorCode } from "@mooring/core/errorCodes"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as fs from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"

const table: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOSPC: ["no_space", "the cache folder has no space left"],
  EDQUOT: ["quota_exceeded", "the quota of the cache folder is used up"],
  EROFS: ["read_only", "the cache folder is read-only"],
  EACCES: ["permission_denied", "the cache folder may not be written to"],
  EPERM: ["permission_denied", "the cache folder may not be written to"],
  EFBIG: ["body_too_large", "the cache folder cannot hold a file of this size"]
}

/** The reason for an error of `node:fs`; nothing of the error but its errno is used. */
export const storageErrorOf = (error: unknown): StorageError => {
  const errno = Predicate.hasProperty(error, "code") && Predicate.isString(error.code) ? error.code : ""
  const [code, detail] = (Object.hasOwn(table, errno) && table[errno]) || [
    "internal" as const,
    "the cache folder failed or is gone"
  ]
  return StorageError.of(code, detail, errno === "" ? {} : { providerCode: errno })
}

const attempt = <A>(call: () => A): Effect.Effect<A, StorageError> => Effect.try({ try: call, catch: storageErrorOf })

/** What takes no longer than a turn of the thread pool is done at once. */
const atOnce = 64 * 1024

/** Makes the folder if it is missing. */
export const makeFolder = (folder: string): Effect.Effect<void, StorageError> =>
  attempt(() => void fs.mkdirSync(folder, { recursive: true, mode: 0o700 }))

/** Removes files of such names. */
export const removeFiles = (folder: string, names: RegExp): Effect.Effect<void, StorageError> =>
  attempt(() => {
    for (const name of fs.readdirSync(folder)) if (names.test(name)) fs.rmSync(join(folder, name))
  })

/** A new file that has no name: whatever happens to this process, its bytes go with it. */
export const openNameless = (folder: string, name: string): Effect.Effect<number, StorageError> =>
  attempt(() => {
    const path = join(folder, name)
    const descriptor = fs.openSync(path, "wx+", 0o600)
    fs.unlinkSync(path)
    return descriptor
  })

/** Closes a file. */
export const closeFile = (descriptor: number): void => fs.close(descriptor, () => {})

/** The length from now on; what is added is zeros. */
export const truncateFile = (descriptor: number, size: number): Effect.Effect<void, StorageError> =>
  attempt(() => fs.ftruncateSync(descriptor, size))

/** One call of the thread pool. It cannot be cancelled, so an interruption waits for it. */
const pooled = (
  call: (done: (error: Error | null, count: number) => void) => void
): Effect.Effect<number, StorageError> =>
  Effect.uninterruptible(
    Effect.callback<number, StorageError>((resume) => {
      call((error, count) => resume(error === null ? Effect.succeed(count) : Effect.fail(storageErrorOf(error))))
    })
  )

/** Writes all of the bytes. */
export const writeFile = Effect.fnUntraced(function* (
  descriptor: number,
  offset: number,
  bytes: Uint8Array
): Effect.fn.Return<void, StorageError> {
  for (let done = 0; done < bytes.byteLength;) {
    const rest = bytes.byteLength - done
    done +=
      rest <= atOnce
        ? yield* attempt(() => fs.writeSync(descriptor, bytes, done, rest, offset + done))
        : yield* pooled((callback) => fs.write(descriptor, bytes, done, rest, offset + done, callback))
  }
})

/** Reads so many bytes; what is behind the end is zeros. */
export const readFile = Effect.fnUntraced(function* (
  descriptor: number,
  offset: number,
  size: number
): Effect.fn.Return<Uint8Array, StorageError> {
  const bytes = Buffer.allocUnsafeSlow(size)
  for (let done = 0; done < size;) {
    const rest = size - done
    const count =
      rest <= atOnce
        ? yield* attempt(() => fs.readSync(descriptor, bytes, done, rest, offset + done))
        : yield* pooled((callback) => fs.read(descriptor, bytes, done, rest, offset + done, callback))
    if (count === 0) {
      bytes.fill(0, done)
      break
    }
    done += count
  }
  return bytes
})

/**
 * Locks the folder. The system holds the lock for the process (fcntl, through SQLite), so that it ends with the process
 * however that ends. `backend_in_use` if another process has it, or another filesystem of this one.
 */
export const lockFolder = (folder: string) =>
  Effect.acquireRelease(
    Effect.try({
      try: () => {
        const database = new DatabaseSync(join(folder, "lock"))
        try {
          database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
        } catch (error) {
          database.close()
          throw error
        }
        return database
      },
      catch: (error) =>
        Predicate.hasProperty(error, "errcode") && error.errcode === 5
          ? StorageError.of("backend_in_use", "another process uses this cache folder", {
              suggestion: "another cache folder"
            })
          : storageErrorOf(error)
    }),
    (database) => Effect.sync(() => database.close())
  )
