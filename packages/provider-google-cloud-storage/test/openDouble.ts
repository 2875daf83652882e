/**
 * The strict double as a service, and stores that use it.
 */
import * as Effect from "effect/Effect"
import { defaultServiceAccount, startStorageDouble, type StorageDoubleOptions } from "./double/index.ts"
import { openHasty } from "./host.ts"

/** A double that lives in the Scope. */
export const double = (options: StorageDoubleOptions = {}) =>
  Effect.acquireRelease(
    Effect.promise(() => startStorageDouble(options)),
    ({ close }) => Effect.promise(close)
  )

/** A double with a bucket, and a store with these options that its service account opens. */
export const openDouble = Effect.fnUntraced(function* (
  config: Readonly<Record<string, unknown>> = {},
  options: StorageDoubleOptions = {}
) {
  const service = yield* double({ buckets: ["bucket"], ...options })
  const { endpoint, project, keyFile } = service
  const right = { endpoint, project_number: project, service_account_credentials: keyFile(defaultServiceAccount) }
  return { service, store: yield* openHasty({ ...right, ...config }) }
})
