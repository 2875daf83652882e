/**
 * The mounts in SQLite.
 */
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import type { DatabaseSync } from "node:sqlite"
import type { KeptMount, MountRepositoryShape, UnmountOptions } from "../mounts/MountRepository.ts"
import { attemptAt } from "./database.ts"

type Row = Readonly<Record<string, unknown>>

const mountOf = (row: Row): KeptMount => ({
  id: String(row["id"]),
  backend: String(row["backend"]),
  path: String(row["path"]),
  target: String(row["target"]),
  options: JSON.parse(String(row["options"])) as KeptMount["options"],
  restored: row["restored"] === 1,
  created: Number(row["created"]),
  status: {
    served: JSON.parse(String(row["served"])) as KeptMount["status"]["served"],
    mounted: row["mounted"] === 1,
    pending: JSON.parse(String(row["pending"])) as KeptMount["status"]["pending"],
    ...(row["leave"] !== null && { leave: JSON.parse(String(row["leave"])) as UnmountOptions })
  }
})

const notFound = StorageError.of("not_found", "there is no such mount")

const attempt = attemptAt("there is a mount at the target already")

/** The repository in a database. */
export const mountRepository = (database: DatabaseSync): MountRepositoryShape => ({
  insert: ({ id, backend, path, target, options, restored, created, status }) =>
    Effect.asVoid(
      attempt(() =>
        database
          .prepare(
            `INSERT INTO mounts (id, backend, path, target, options, restored, created, served, mounted, pending)
             VALUES ($id, $backend, $path, $target, $options, $restored, $created, $served, $mounted, $pending)`
          )
          .run({
            id,
            backend,
            path,
            target,
            options: JSON.stringify(options),
            restored: Number(restored),
            created,
            served: JSON.stringify(status.served),
            mounted: Number(status.mounted),
            pending: JSON.stringify(status.pending)
          })
      )
    ),
  get: (idOrTarget) =>
    Effect.flatMap(
      attempt(() =>
        database
          .prepare("SELECT * FROM mounts WHERE id = $key OR target = $key ORDER BY id <> $key LIMIT 1")
          .get({ key: idOrTarget })
      ),
      (row) => (row === undefined ? Effect.fail(notFound) : attempt(() => mountOf(row)))
    ),
  list: attempt(() => database.prepare("SELECT * FROM mounts ORDER BY created, id").all().map(mountOf)),
  report: (id, { served, mounted, pending }) =>
    Effect.asVoid(
      attempt(() =>
        database
          .prepare("UPDATE mounts SET served = ?, mounted = ?, pending = ? WHERE id = ?")
          .run(JSON.stringify(served), Number(mounted), JSON.stringify(pending), id)
      )
    ),
  ask: (id, leave) =>
    Effect.asVoid(
      attempt(() =>
        database
          .prepare("UPDATE mounts SET leave = ? WHERE id = ?")
          .run(leave === undefined ? null : JSON.stringify(leave), id)
      )
    ),
  remove: (id) => Effect.asVoid(attempt(() => database.prepare("DELETE FROM mounts WHERE id = ?").run(id)))
})
