/**
 * The engine while bytes pass.
 */
import * as Effect from "effect/Effect"
import { flushCompileCache } from "node:module"
import { setFlagsFromString } from "node:v8"

/**
 * Lets the collector mark in one go. Every block of bytes brings it closer to its next run, and the small steps that it
 * would take meanwhile cost more than they spare a command: nobody waits for an answer within milliseconds. Compiled code
 * is kept first, since it is only good for the flags under which it was kept.
 */
export const forThroughput = Effect.sync(() => {
  flushCompileCache()
  setFlagsFromString("--no-incremental-marking")
})
