/**
 * The repository in one SQLite file, by Node's own module.
 */
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { BackendRepository, type BackendRecord, type BackendRepositoryShape } from "./BackendRepository.ts"
import { privateFile } from "./stateFolder.ts"

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
`

const recordOf = (row: Readonly<Record<string, unknown>>): BackendRecord => ({
  id: String(row["id"]),
  provider: String(row["provider"]),
  backendType: String(row["backend_type"]),
  ...(row["name"] !== null && { name: String(row["name"]) }),
  options: JSON.parse(String(row["options"])) as Record<string, unknown>,
  sealed: JSON.parse(String(row["sealed"])) as Record<string, string>,
  created: Number(row["created"]),
  revision: Number(row["revision"])
})

const notFound = StorageError.of("not_found", "there is no such backend")
const SQLITE_CONSTRAINT = 19

const errorOf = (error: unknown): StorageError =>
  ((error as { readonly errcode?: number }).errcode ?? 0) % 256 === SQLITE_CONSTRAINT
    ? StorageError.of("already_exists", "there is a backend of this name already")
    : StorageError.of("internal", "the database of the backends failed")

const attempt = <A>(run: () => A): Effect.Effect<A, StorageError> => Effect.try({ try: run, catch: errorOf })

const makeRepository = (database: DatabaseSync): BackendRepositoryShape => ({
  insert: ({ id, provider, backendType, name = null, options, sealed, created, revision }) =>
    Effect.asVoid(
      attempt(() =>
        database
          .prepare("INSERT INTO backends VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
          .run(id, provider, backendType, name, JSON.stringify(options), JSON.stringify(sealed), created, revision)
      )
    ),
  get: (idOrName) =>
    Effect.flatMap(
      attempt(() =>
        // Named, since Node 22 does not bind `?1` that stands in several places.
        database
          .prepare("SELECT * FROM backends WHERE id = $key OR name = $key ORDER BY id <> $key LIMIT 1")
          .get({ key: idOrName })
      ),
      (row) => (row === undefined ? Effect.fail(notFound) : attempt(() => recordOf(row)))
    ),
  list: attempt(() => database.prepare("SELECT * FROM backends ORDER BY created, id").all().map(recordOf)),
  update: ({ id, options, sealed, revision }) =>
    Effect.flatMap(
      attempt(() =>
        database
          .prepare("UPDATE backends SET options = ?, sealed = ?, revision = ? WHERE id = ? AND revision = ?")
          .run(JSON.stringify(options), JSON.stringify(sealed), revision, id, revision - 1)
      ),
      ({ changes }) =>
        changes === 1
          ? Effect.void
          : Effect.fail(StorageError.of("precondition_failed", "the backend was changed meanwhile"))
    ),
  remove: (id) =>
    Effect.flatMap(
      attempt(() => database.prepare("DELETE FROM backends WHERE id = ?").run(id)),
      ({ changes }) =>
        changes === 0
          ? Effect.fail(notFound)
          : // The log still holds the row; this is what makes the secret unrecoverable from the files.
            attempt(() => database.exec("PRAGMA wal_checkpoint(TRUNCATE)"))
    ),
  addToken: (digest) =>
    Effect.asVoid(attempt(() => database.prepare("INSERT OR IGNORE INTO tokens VALUES (?)").run(digest))),
  tokens: attempt(() =>
    database
      .prepare("SELECT digest FROM tokens")
      .all()
      .map((row) => row["digest"] as Uint8Array)
  )
})

/** The repository in the file `mooring.db` of the folder, made on first use; closed with the layer. */
export const layer = (folder: string): Layer.Layer<BackendRepository, StorageError> =>
  Layer.effect(
    BackendRepository,
    Effect.gen(function* () {
      yield* privateFile(folder, "mooring.db", () => new Uint8Array())
      const database = yield* Effect.acquireRelease(
        attempt(() => new DatabaseSync(join(folder, "mooring.db"))),
        (opened) => Effect.sync(() => opened.close())
      )
      yield* attempt(() => database.exec(schema))
      return makeRepository(database)
    })
  )
