/**
 * The entry point of the server.
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { serve } from "./serve.ts"
import { serverConfig } from "./serverConfig.ts"

serverConfig(process.env).pipe(
  Effect.flatMap((config) => Layer.launch(serve(config))),
  Effect.catchTag("StorageError", ({ reason }) =>
    Effect.andThen(
      Console.error(`error: ${reason.detail}`),
      Effect.sync(() => {
        process.exitCode = 1
      })
    )
  ),
  NodeRuntime.runMain
)
