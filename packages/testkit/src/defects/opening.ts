/**
 * Ways past the doors.
 */
import type { ObjectStore } from "@mooring/core/ObjectStore"
import * as Effect from "effect/Effect"
import { spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { Socket } from "node:net"
import { fileURLToPath } from "node:url"
import type { Defect } from "./Defect.ts"

const ignore = () => {}

/** Nothing listens there, and what is tried is given up at once. */
const nowhere = { host: "127.0.0.1", port: 49_150 }

const ownFile = fileURLToPath(import.meta.url)

const writing =
  (also: () => unknown) =>
  (store: ObjectStore): ObjectStore => ({
    ...store,
    write: (path, body, options) => Effect.andThen(Effect.sync(also), store.write(path, body, options))
  })

/** What can be opened past Transport and Ambient. */
export const opening: ReadonlyArray<Defect> = [
  {
    name: "a write opens a socket of its own",
    damage: writing(() => new Socket().on("error", ignore).connect(nowhere).destroy()),
    fails: ["doors"]
  },
  {
    name: "a write asks another service by fetch",
    // Named by its global object, as a library would have it.
    damage: writing(() => globalThis.fetch(`http://${nowhere.host}:${nowhere.port}/`).catch(ignore)),
    fails: ["doors"]
  },
  { name: "a write reads a file", damage: writing(() => readFileSync(ownFile)), fails: ["doors"] },
  {
    name: "check reads a file later",
    damage: (store) => ({
      ...store,
      check: Effect.andThen(
        Effect.andThen(
          Effect.yieldNow,
          Effect.promise(() => readFile(ownFile))
        ),
        store.check
      )
    }),
    fails: ["doors"]
  },
  {
    name: "check runs a program",
    damage: (store) => ({
      ...store,
      check: Effect.andThen(
        Effect.sync(() => spawn(process.execPath, ["--version"], { stdio: "ignore" }).unref()),
        store.check
      )
    }),
    fails: ["doors"]
  }
]
