/**
 * What one more request can tell: Keystone answers a wrong password and a wrong project alike.
 */
import { StorageError } from "@mooring/core"
import type { Phase } from "@mooring/core/connectionTest/remoteTest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { SwiftSettings } from "../SwiftSettings.ts"

interface Look {
  readonly settings: SwiftSettings
  readonly phase: Phase
  readonly error: StorageError
  /** Whether a token is given for other settings. */
  readonly accepts: (settings: SwiftSettings) => Effect.Effect<unknown, StorageError>
}

/** The error, told anew where the same user is accepted without the project. */
export const secondLook = Effect.fnUntraced(function* ({ settings, phase, error, accepts }: Look) {
  const { auth } = settings
  const asked = phase === "identify" && error.reason.status === 401 && auth.kind === "v3"
  if (!asked || auth.scope === undefined || "trust" in auth.scope) return error
  const { project } = auth.scope
  // The address is not looked at: a token for no project has no catalog.
  const alone = { ...settings, auth: { ...auth, scope: undefined, storageUrl: auth.storageUrl ?? auth.url } }
  if (Result.isFailure(yield* Effect.result(accepts(alone)))) return error
  return StorageError.of("auth_invalid", "the service accepts the user, but not for this project", {
    status: 401,
    pointer: "id" in project ? "#/tenant_id" : "#/tenant",
    suggestion: "a project in which the user has a role, and its domain as tenant_domain"
  })
})
