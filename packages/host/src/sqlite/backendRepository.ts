/**
 * The backends and tokens in SQLite.
 */
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import type { DatabaseSync } from "node:sqlite"
import type { BackendRecord, BackendRepositoryShape } from "../BackendRepository.ts"
import { attemptAt } from "./database.ts"

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
const attempt = attemptAt("there is a backend of this name already")

/** The repository in a database. */
export const backendRepository = (database: DatabaseSync): BackendRepositoryShape => ({
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
