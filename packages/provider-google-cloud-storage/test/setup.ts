/**
 * The server of the setup that runs.
 */
import * as Effect from "effect/Effect"
import { randomBytes } from "node:crypto"
import { openHasty } from "./host.ts"

interface Config {
  readonly endpoint: string
  readonly project_number: string
  readonly [option: string]: unknown
}

/** The options of the setup. */
export const config = JSON.parse(process.env["MOORING_SETUP"] ?? "").config as Config

/** A store with these options beside those of the setup, and a new bucket. */
export const openBucket = Effect.fnUntraced(function* (options: Readonly<Record<string, unknown>> = {}) {
  const bucket = `mooring-${randomBytes(6).toString("hex")}`
  const store = yield* openHasty({ ...config, ...options })
  yield* store.createContainer?.([bucket]) ?? Effect.void
  return { store, bucket }
})
