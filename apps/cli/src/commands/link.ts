/**
 * `mooring link`.
 */
import { StorageError } from "@mooring/core/StorageError"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import { host } from "../Invocation.ts"
import { backendLocation } from "../Location.ts"
import { fail, print } from "../output.ts"
import { json } from "./json.ts"

/** Prints a link to an object: one that works for a time, or the address of one that everybody may read. */
export const link = Command.make(
  "link",
  {
    place: Argument.String("place").pipe(Argument.withDescription("backend:path of an object")),
    expires: Flag.Int("expires").pipe(
      Flag.withDefault(3600),
      Flag.withDescription("Seconds for which whoever has the link may read the object")
    ),
    upload: Flag.Boolean("upload").pipe(
      Flag.withDefault(false),
      Flag.withDescription("A link to write the object instead")
    ),
    anyone: Flag.Boolean("public").pipe(
      Flag.withDefault(false),
      Flag.withDescription("The lasting address of an object that everybody may read")
    ),
    json
  },
  ({ place, expires, upload, anyone, json }) =>
    Effect.gen(function* () {
      const { store, path } = yield* backendLocation(place)
      if (anyone) {
        if (store.publicLink === undefined) return yield* unable("public links")
        const url = yield* store.publicLink(path)
        return yield* print(json, url, { url })
      }
      if (store.presign === undefined) return yield* unable("links")
      const request = yield* store.presign(path, upload ? "PUT" : "GET", expires)
      yield* print(json, request.url, request)
    }).pipe(
      Effect.scoped,
      Effect.provide(host),
      Effect.catchTag("StorageError", (error) => fail(json, error))
    )
).pipe(Command.withDescription("Print a link to an object"))

const unable = (what: string) => StorageError.of("unsupported", `this provider has no ${what}`)
