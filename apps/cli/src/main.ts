#!/usr/bin/env node
/**
 * The entry point of the command.
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

mooring(process.argv.slice(2)).pipe(
  // What failed was said already.
  Effect.catch((error) => endWith(error._tag === "CommandFailed" ? error.exitCode : 1)),
  Effect.provideService(Invocation, { env: process.env }),
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain
)
