/**
 * `mooring ls`.
 */
import { listPages } from "@mooring/core/list"
import type { Entry } from "@mooring/core/ObjectInfo"
import { Path } from "@mooring/core/Path"
import { entryJson } from "@mooring/server"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Console from "effect/Console"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { host } from "../Invocation.ts"
import { backendLocation } from "../Location.ts"
import { fail, safe } from "../output.ts"
import { json } from "./json.ts"

const line = (entry: Entry): string => {
  const size = entry.kind === "object" ? String(entry.size ?? "?") : "-"
  const time = entry.modified === undefined ? "" : DateTime.formatIso(DateTime.makeUnsafe(Math.round(entry.modified)))
  return `${size.padStart(14)}  ${time.padEnd(24)}  ${safe(Path.display(entry.path))}${entry.kind === "object" ? "" : "/"}`
}

const shown = (json: boolean, entry: Entry): string => (json ? JSON.stringify(entryJson(entry)) : line(entry))

/** Prints entries as they come; an object is listed as itself. */
export const list = Command.make(
  "ls",
  {
    place: Argument.String("place").pipe(Argument.withDescription("backend:path")),
    recursive: Flag.Boolean("recursive").pipe(Flag.withAlias("r"), Flag.withDefault(false)),
    json
  },
  ({ place, recursive, json }) =>
    Effect.gen(function* () {
      const { store, path } = yield* backendLocation(place)
      const found = path.length === 0 ? undefined : yield* Effect.option(store.stat(path))
      const isObject = found?._tag === "Some" && found.value.kind === "object"
      if (isObject) return yield* Console.log(shown(json, found.value))
      // The next page is asked for while one is printed, and a page is printed at once: lines are many.
      const pages = Stream.buffer(listPages(store, path, { recursive }), { capacity: 1 })
      yield* Stream.runForEach(pages, ({ entries, unaddressable = [] }) =>
        Effect.andThen(
          entries.length === 0 ? Effect.void : Console.log(entries.map((entry) => shown(json, entry)).join("\n")),
          Effect.forEach(unaddressable, (name) => Console.error(`no path reaches the stored name ${safe(name)}`))
        )
      )
    }).pipe(
      Effect.scoped,
      Effect.provide(host),
      Effect.catchTag("StorageError", (error) => fail(json, error))
    )
).pipe(Command.withDescription("List a directory of a backend"))
