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

/** A new bucket that keeps versions, which no option of ours asks for. */
export const versionedBucket = async (): Promise<string> => {
  const name = `mooring-${randomBytes(6).toString("hex")}`
  const answer = await fetch(`${config.endpoint}/storage/v1/b?project=${config.project_number}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name, versioning: { enabled: true } })
  })
  if (!answer.ok) throw new Error(`the server makes no bucket that keeps versions: ${answer.status}`)
  return name
}
