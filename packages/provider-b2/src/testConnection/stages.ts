/**
 * The stages of a connection test up to `authenticate`, from the one call that shows how far a request gets.
 */
import type { StorageError } from "@mooring/core"
import { stageOf, type Stage, type StageName } from "@mooring/core/ConnectionTest"
import type { ErrorCode } from "@mooring/core/errorCodes"
import type { B2Settings } from "../B2Settings.ts"

const names: ReadonlyArray<StageName> = ["resolve", "connect", "tls", "authenticate"]

/** Where a request failed that was not answered. */
const unanswered: Partial<Record<ErrorCode, StageName>> = {
  dns_failed: "resolve",
  connect_refused: "connect",
  egress_denied: "connect",
  timeout: "connect",
  provider_unavailable: "connect",
  tls_untrusted: "tls",
  tls_hostname: "tls",
  tls_expired: "tls"
}

const failedAt = ({ reason }: StorageError): StageName =>
  reason.status === undefined ? (unanswered[reason._tag] ?? "authenticate") : "authenticate"

/** The stages of an authorization that took so many milliseconds and may have failed. */
export const connectionStages = (
  { endpoint }: B2Settings,
  duration: number,
  error: StorageError | undefined
): ReadonlyArray<Stage> => {
  const failed = error === undefined ? names.length - 1 : names.indexOf(failedAt(error))
  return names.map((name, index) => {
    const took = index === failed ? duration : 0
    if (index > failed || (name === "tls" && !endpoint.startsWith("https:"))) return stageOf(name, "skipped", 0)
    return index === failed && error !== undefined
      ? stageOf(name, "failed", took, error.reason)
      : stageOf(name, "passed", took)
  })
}
