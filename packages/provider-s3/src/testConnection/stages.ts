/**
 * The stages of a connection test from the one listing that shows how far a request gets: it fails at the name, the
 * connection, the certificate, the signature or the right to list, and what comes before has passed.
 */
import type { StorageError } from "@mooring/core"
import { stageNames, stageOf, type Stage, type StageName } from "@mooring/core/ConnectionTest"
import type { ErrorCode } from "@mooring/core/errorCodes"
import type { S3Settings } from "../S3Settings.ts"
import { isHandshake } from "./handshake.ts"

/** Where a request failed that was not answered, and where the place was the fault of an answered one. */
const connectionStages: Partial<Record<ErrorCode, StageName>> = {
  dns_failed: "resolve",
  connect_refused: "connect",
  egress_denied: "connect",
  // A bucket before an address, as `bucket.127.0.0.1`, is no host name.
  invalid_value: "resolve",
  timeout: "connect",
  provider_unavailable: "connect",
  tls_untrusted: "tls",
  tls_hostname: "tls",
  tls_expired: "tls"
}
const placeCodes: ReadonlyArray<ErrorCode> = ["permission_denied", "not_found", "invalid_name", "not_a_directory"]

/** Where the listing failed. An answer with a status came over a connection, so what is wrong is what was asked. */
const failedAt = ({ reason }: StorageError): StageName => {
  const { _tag: code, status } = reason
  if (placeCodes.includes(code)) return "list"
  if (status !== undefined) return "authenticate"
  return isHandshake(reason) ? "tls" : (connectionStages[code] ?? "authenticate")
}

/** The stages from `resolve` to `list`, of a listing that took so many milliseconds; `at` says if it was of a place. */
export const stagesOf = (
  { origin, credentials }: S3Settings,
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
      // Without credentials nothing is signed, and a refusal says nothing about any.
      const unverified = name === "authenticate" && credentials.kind === "anonymous"
      return stageOf(name, unverified ? "unverified" : "passed", took)
    }
    const unverified = name === "list" && at.length === 0 && error.reason._tag === "permission_denied"
    return stageOf(name, unverified ? "unverified" : "failed", took, error.reason)
  })
}

/** The stages of credentials that were not found: nothing was sent, so the stages before are as unknown as those after. */
export const withoutCredentials = (error: StorageError, duration: number): ReadonlyArray<Stage> =>
  stageNames
    .filter((name) => name !== "write")
    .map((name) =>
      name === "authenticate" ? stageOf(name, "failed", duration, error.reason) : stageOf(name, "skipped", 0)
    )
