/**
 * An answer's bytes as a stream, and what becomes of a connection whose answer was not read to its end.
 */
import * as Effect from "effect/Effect"
import type { Dispatcher } from "undici"
import type { Body } from "../ObjectStore.ts"
import { readBlocks } from "./readBlocks.ts"
import { transportError } from "./transportErrors.ts"

type UndiciBody = Dispatcher.ResponseData["body"]

/** The blocks of an answer. */
export const responseBody = (body: UndiciBody, host: string): Body =>
  readBlocks(body, (error) => transportError(error, host))

/** Errors that come after nobody listens are of no interest, and would end the process. */
export const discard = (body: UndiciBody): Effect.Effect<void> =>
  Effect.sync(() => {
    if (!body.readableEnded) body.on("error", () => undefined).destroy()
  })
