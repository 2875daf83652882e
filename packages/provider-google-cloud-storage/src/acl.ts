/**
 * Who may access new objects.
 *
 * rclone sends the ACL `private` where none was chosen, which is kept: the default of a bucket may be another. A bucket
 * that leaves access to policies refuses any ACL; there nothing was chosen that could be lost, and none is sent.
 */
import type { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { Query } from "./api/address.ts"
import type { StorageClient } from "./api/StorageClient.ts"
import type { Hint } from "./errors.ts"

const withoutAcl: Hint = "uniformBucketLevelAccess"

/** Makes a call with the ACL of new objects as the parameter of this name, or without where the bucket takes none. */
export const withAcl = Effect.fnUntraced(function* <A, R>(
  client: StorageClient,
  bucket: string,
  parameter: "predefinedAcl" | "destinationPredefinedAcl",
  call: (acl: Query) => Effect.Effect<A, StorageError, R>
) {
  const { policyOnly, objectAcl } = yield* client.settings
  if (policyOnly) return yield* call({})
  if (objectAcl !== undefined) return yield* call({ [parameter]: objectAcl })
  if (client.policyBuckets.has(bucket)) return yield* call({})
  return yield* Effect.catchIf(
    call({ [parameter]: "private" }),
    ({ reason }) => reason.providerCode === withoutAcl,
    () => {
      client.policyBuckets.add(bucket)
      return call({})
    }
  )
})
