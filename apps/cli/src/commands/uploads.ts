/**
 * `mooring uploads`: what failed or interrupted uploads left at the provider, where it takes space and costs.
 */
import { Path } from "@mooring/core/Path"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { host } from "../Invocation.ts"
import { backendLocation } from "../Location.ts"
import { fail, print, safe } from "../output.ts"
import { pendingUploads, type Found } from "../pendingUploads.ts"
import { json } from "./json.ts"

const hour = 3_600_000

const line = ({ path, started, aborted }: Found): string => {
  const time = started === undefined ? "" : DateTime.formatIso(DateTime.makeUnsafe(Math.round(started)))
  return `${time.padEnd(24)}  ${safe(Path.display(path))}${aborted ? "  aborted" : ""}`
}

/** Lists uploads that were begun and never ended; `--abort` frees those that began long ago. */
export const uploads = Command.make(
  "uploads",
  {
    place: Argument.String("place").pipe(Argument.withDescription("backend:container, or a path in it")),
    abort: Flag.Boolean("abort").pipe(
      Flag.withDefault(false),
      Flag.withDescription("Abort those that are old, and free their parts")
    ),
    hours: Flag.Int("older-than-hours").pipe(
      Flag.withDefault(24),
      Flag.withDescription("How old; younger ones may still be running")
    ),
    json
  },
  ({ place, abort, hours, json }) =>
    Effect.gen(function* () {
      const { store, path } = yield* backendLocation(place)
      yield* Stream.runForEach(pendingUploads(store, path, abort ? hours * hour : undefined), (found) =>
        print(json, line(found), { ...found, path: Path.display(found.path) })
      )
    }).pipe(
      Effect.scoped,
      Effect.provide(host),
      Effect.catchTag("StorageError", (error) => fail(json, error))
    )
).pipe(Command.withDescription("List what uploads that did not end have left at the provider, and free it"))
