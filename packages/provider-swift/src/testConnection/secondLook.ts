/**
 * What one more request can tell: Keystone answers a wrong password and a wrong project alike, and an address under the
 * wrong scheme is no address.
 */
import { StorageError } from "@mooring/core"
import { otherScheme } from "@mooring/core/connectionTest/otherScheme"
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

/** Of the address that was asked, that of authentication or of the store. */
const scheme = ({ settings: { auth }, phase, error }: Look) => {
  if (auth.kind === "ambient") return Effect.undefined
  if (phase === "identify") {
    return auth.kind === "given" ? Effect.undefined : otherScheme({ address: auth.url, pointer: "#/auth" }, error)
  }
  const { storageUrl } = auth
  return storageUrl === undefined
    ? Effect.undefined
    : otherScheme({ address: storageUrl, pointer: "#/storage_url" }, error)
}

/** The same user is accepted without the project. */
const project = Effect.fnUntraced(function* ({ settings, phase, error, accepts }: Look) {
  const { auth } = settings
  const asked = phase === "identify" && error.reason.status === 401 && auth.kind === "v3"
  if (!asked || auth.scope === undefined || "trust" in auth.scope) return undefined
  const { project: named } = auth.scope
  // The address is not looked at: a token for no project has no catalog.
  const alone = { ...settings, auth: { ...auth, scope: undefined, storageUrl: auth.storageUrl ?? auth.url } }
  if (Result.isFailure(yield* Effect.result(accepts(alone)))) return undefined
  return StorageError.of("auth_invalid", "the service accepts the user, but not for this project", {
    status: 401,
    pointer: "id" in named ? "#/tenant_id" : "#/tenant",
    suggestion: "a project in which the user has a role, and its domain as tenant_domain"
  })
})

/** The error as the first look that found something tells it, else as it is. */
export const secondLook = Effect.fnUntraced(function* (failed: Look) {
  return (yield* project(failed)) ?? (yield* scheme(failed)) ?? failed.error
})
