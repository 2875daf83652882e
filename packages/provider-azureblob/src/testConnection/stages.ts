/**
 * The stages of a connection test from the one listing that shows how far a request gets: it fails at the name, the
 * connection, the certificate, the identity or the right to list, and what comes before has passed.
 */
import type { StorageError } from "@mooring/core"
import { stageNames, stageOf, type Stage, type StageName } from "@mooring/core/ConnectionTest"
import type { ErrorCode } from "@mooring/core/errorCodes"
import type { AzureBlobSettings } from "../AzureBlobSettings.ts"

/** Where a request failed that was not answered. */
const connectionStages: Partial<Record<ErrorCode, StageName>> = {
  dns_failed: "resolve",
  connect_refused: "connect",
  egress_denied: "connect",
  timeout: "connect",
  provider_unavailable: "connect",
  tls_untrusted: "tls",
  tls_hostname: "tls",
  tls_expired: "tls"
}
const placeCodes: ReadonlyArray<ErrorCode> = ["permission_denied", "not_found", "invalid_name"]

const failedAt = ({ reason }: StorageError): StageName => {
  if (placeCodes.includes(reason._tag)) return "list"
  return reason.status === undefined ? (connectionStages[reason._tag] ?? "authenticate") : "authenticate"
}

/** The stages from `resolve` to `list`, of a listing that took so many milliseconds; `at` says if it was of a place. */
export const stagesOf = (
  { origin, identity }: AzureBlobSettings,
  duration: number,
  error: StorageError | undefined,
  at: ReadonlyArray<string>
): ReadonlyArray<Stage> => {
  const names = stageNames.slice(0, stageNames.indexOf("read"))
  const failed = error === undefined ? names.length - 1 : names.indexOf(failedAt(error))
  return names.map((name, index): Stage => {
    const took = index === failed ? duration : 0
    if (error !== undefined && index > failed) return stageOf(name, "skipped", 0)
    if (name === "tls" && !origin.startsWith("https:")) return stageOf(name, "skipped", 0)
    if (error === undefined || index < failed) {
      const unverified = name === "authenticate" && identity.kind === "anonymous"
      return stageOf(name, unverified ? "unverified" : "passed", took)
    }
    // The key of an account may do everything: where it is refused, all else is too.
    const narrow = identity.kind !== "sharedKey"
    const unverified = narrow && name === "list" && at.length === 0 && error.reason._tag === "permission_denied"
    return stageOf(name, unverified ? "unverified" : "failed", took, error.reason)
  })
}

/** The stages of an identity that gave no token: nothing was sent to the service, so all others are unknown. */
export const withoutIdentity = (error: StorageError, duration: number): ReadonlyArray<Stage> =>
  stageNames
    .filter((name) => name !== "write")
    .map((name) =>
      name === "authenticate" ? stageOf(name, "failed", duration, error.reason) : stageOf(name, "skipped", 0)
    )
