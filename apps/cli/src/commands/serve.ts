/**
 * `mooring serve`.
 */
import { serve as server, serverConfig } from "@mooring/server"
import * as Command from "effect/cli/Command"
import * as Flag from "effect/cli/Flag"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { Invocation } from "../Invocation.ts"
import { fail } from "../output.ts"

/** Runs the HTTP server on the same state. */
export const serve = Command.make(
  "serve",
  { port: Flag.Int("port").pipe(Flag.withDescription("Instead of MOORING_PORT, 8484"), Flag.optional) },
  ({ port }) =>
    Effect.gen(function* () {
      const { env } = yield* Invocation
      const config = yield* serverConfig({ ...env, ...(Option.isSome(port) && { MOORING_PORT: String(port.value) }) })
      return yield* Layer.launch(server(config))
    }).pipe(Effect.catchTag("StorageError", (error) => fail(false, error)))
).pipe(Command.withDescription("Run the HTTP server"))
