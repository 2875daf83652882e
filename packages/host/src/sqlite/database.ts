/**
 * One SQLite file, by Node's own module.
 */
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { privateFile } from "../stateFolder.ts"

/** Another process may hold the file: its change of mode, too, is waited for, so the time comes first. */
const schema = `
  PRAGMA busy_timeout = 5000;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  CREATE TABLE IF NOT EXISTS backends (
    id TEXT PRIMARY KEY, provider TEXT NOT NULL, backend_type TEXT NOT NULL, name TEXT UNIQUE,
    options TEXT NOT NULL, sealed TEXT NOT NULL, created INTEGER NOT NULL, revision INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS tokens (digest BLOB PRIMARY KEY) STRICT;
  CREATE TABLE IF NOT EXISTS mounts (
    id TEXT PRIMARY KEY, backend TEXT NOT NULL, path TEXT NOT NULL, target TEXT NOT NULL UNIQUE, options TEXT NOT NULL,
    restored INTEGER NOT NULL, created INTEGER NOT NULL, served TEXT NOT NULL, mounted INTEGER NOT NULL,
    pending TEXT NOT NULL, leave TEXT
  ) STRICT;
`

const SQLITE_CONSTRAINT = 19

/** Runs a statement; `taken` is what a value that must be unique and is not means. */
export const attemptAt =
  (taken: string) =>
  <A>(run: () => A): Effect.Effect<A, StorageError> =>
    Effect.try({
      try: run,
      catch: (error) =>
        ((error as { readonly errcode?: number }).errcode ?? 0) % 256 === SQLITE_CONSTRAINT
          ? StorageError.of("already_exists", taken)
          : StorageError.of("internal", "the database of the state failed")
    })

const attempt = attemptAt("the database of the state cannot be made")

/** The file `mooring.db` of the folder, made on first use, for the Scope. */
export const openDatabase = Effect.fnUntraced(function* (folder: string) {
  yield* privateFile(folder, "mooring.db", () => new Uint8Array())
  const database = yield* Effect.acquireRelease(
    attempt(() => new DatabaseSync(join(folder, "mooring.db"))),
    (opened) => Effect.sync(() => opened.close())
  )
  yield* attempt(() => database.exec(schema))
  return database
})
