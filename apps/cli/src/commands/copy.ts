/**
 * `mooring cp`.
 */
import { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import * as Argument from "effect/cli/Argument"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { copyAll, copyObject, type Copied } from "../copyObjects.ts"
import { host } from "../Invocation.ts"
import { isWithin, location } from "../Location.ts"
import { CommandFailed, fail, print, safe } from "../output.ts"
import { json } from "./json.ts"

const asJson = ({ path, size, error }: Copied) => ({
  path: Path.display(path),
  ...(size !== undefined && { size }),
  ...(error && { code: error.reason._tag, error: error.reason.detail })
})

/** Copies; each failure is said on its own, the others go on, and the exit code is 1. */
export const copy = Command.make(
  "cp",
  {
    from: Argument.String("from").pipe(Argument.withDescription("A local path, or backend:path")),
    to: Argument.String("to").pipe(Argument.withDescription("A local path, or backend:path; into it if it ends in /")),
    recursive: Flag.Boolean("recursive").pipe(
      Flag.withAlias("r"),
      Flag.withDescription(
        "Copy what is in a directory, to the same names below the target; of all containers each is a directory"
      ),
      Flag.withDefault(false)
    ),
    checksum: Flag.Boolean("checksum").pipe(
      Flag.withDescription("Read each file once more beforehand, so that objects that go up in parts keep its MD5"),
      Flag.withDefault(false)
    ),
    json
  },
  ({ from, to, recursive, checksum, json }) =>
    Effect.gen(function* () {
      const [source, target] = [yield* location(from), yield* location(to)]
      if (!recursive && source.path.length === 0)
        return yield* StorageError.of("is_a_directory", "use -r to copy a directory")
      // A listing would go on to show what the copy makes, without end.
      if (recursive && isWithin(target, source))
        return yield* StorageError.of("invalid_value", "the target is in the directory that is to be copied")
      let [copied, failed] = [0, 0]
      yield* Stream.runForEach(
        recursive ? copyAll(source, target, { checksum }) : copyObject(source, target, { checksum }),
        (one) => {
          if (one.error === undefined) copied += 1
          else failed += 1
          if (json) return Console.log(JSON.stringify(asJson(one)))
          if (one.error === undefined) return Effect.void
          return Console.error(
            `${safe(Path.display(one.path))}: ${one.error.reason._tag}: ${safe(one.error.reason.detail)}`
          )
        }
      )
      yield* print(json, `copied ${copied}, failed ${failed}`, { copied, failed })
      if (failed > 0) return yield* new CommandFailed({ exitCode: 1 })
    }).pipe(
      Effect.scoped,
      Effect.provide(host),
      Effect.catchTag("StorageError", (error) => fail(json, error))
    )
).pipe(Command.withDescription("Copy an object or, with -r, what is in a directory"))
