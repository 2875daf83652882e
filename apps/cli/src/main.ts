/**
 * The program: the command with the arguments and the environment of the process.
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import { Invocation } from "./Invocation.ts"
import { mooring } from "./mooring.ts"

const endWith = (exitCode: number) =>
  Effect.sync(() => {
    process.exitCode = exitCode
  })

/** Runs it; the exit code of the process is that of the command. */
export const main = (): void =>
  mooring(process.argv.slice(2)).pipe(
    // What failed was said already.
    Effect.catch((error) => endWith(error._tag === "CommandFailed" ? error.exitCode : 1)),
    Effect.provideService(Invocation, { env: process.env }),
    Effect.provide(NodeServices.layer),
    NodeRuntime.runMain
  )
