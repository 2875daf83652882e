/**
 * The folder that holds the state: nobody but its owner may look into it.
 */
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"

const failed = (what: string) => StorageError.of("internal", what)

const isPrivate = (mode: number) => (mode & 0o077) === 0

/** Makes the folder with mode 0700, or checks the one that is there. Refuses one that group or world may access. */
export const openStateFolder = Effect.fn("stateFolder.open")(function* (folder: string) {
  const made = yield* Effect.tryPromise({
    try: () => mkdir(folder, { recursive: true, mode: 0o700 }),
    catch: () => failed("the state folder cannot be made")
  })
  if (made !== undefined) {
    yield* Effect.tryPromise({ try: () => chmod(folder, 0o700), catch: () => failed("the state folder is not ours") })
  }
  const { mode } = yield* Effect.tryPromise({
    try: () => stat(folder),
    catch: () => failed("the state folder cannot be read")
  })
  if (!isPrivate(mode)) {
    return yield* failed(`the state folder ${folder} can be accessed by others; run: chmod 700 ${folder}`)
  }
  return folder
})

/** A private file of the folder, made with these bytes on first use. Refuses one that group or world may read. */
export const privateFile = Effect.fnUntraced(function* (folder: string, name: string, make: () => Uint8Array) {
  const path = join(folder, name)
  yield* Effect.ignore(
    Effect.tryPromise({
      try: () => writeFile(path, make(), { flag: "wx", mode: 0o600, flush: true }),
      catch: () => failed(`${path} cannot be made`)
    })
  )
  const { mode } = yield* Effect.tryPromise({ try: () => stat(path), catch: () => failed(`${path} cannot be read`) })
  if (!isPrivate(mode)) return yield* failed(`${path} can be read by others; run: chmod 600 ${path}`)
  return yield* Effect.tryPromise({ try: () => readFile(path), catch: () => failed(`${path} cannot be read`) })
})
