/**
 * The stages of a connection test from what it came to: it fails at the name, the connection, the certificate, the
 * credentials or the right to list, and what comes before has passed.
 */
import type { StorageError } from "@mooring/core"
import { stageNames, stageOf, type Stage, type StageName } from "@mooring/core/ConnectionTest"
import type { ErrorCode } from "@mooring/core/errorCodes"
import type { Account } from "../credentials/Session.ts"
import type { SwiftSettings } from "../SwiftSettings.ts"

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
const placeCodes: ReadonlyArray<ErrorCode> = ["permission_denied", "not_found", "invalid_name", "not_a_directory"]

const failedAt = ({ reason }: StorageError, account: Account | undefined): StageName => {
  const { _tag: code, status } = reason
  // An answer with a status came over a connection, so what is wrong is what was asked.
  if (status === undefined && connectionStages[code] !== undefined) return connectionStages[code]
  return account !== undefined && placeCodes.includes(code) ? "list" : "authenticate"
}

/** Whether anything goes over TLS, as far as that is known. */
const usesTls = ({ auth }: SwiftSettings, account: Account | undefined): boolean => {
  const login = account?.login ?? (auth.kind === "ambient" ? undefined : auth)
  const urls = [account?.storageUrl, login?.kind === "given" ? login.storageUrl : login?.url]
  return urls.some((url) => url?.startsWith("https:"))
}

interface Outcome {
  readonly settings: SwiftSettings
  /** Undefined if there is no token. */
  readonly account: Account | undefined
  /** Milliseconds. */
  readonly duration: number
  readonly error: StorageError | undefined
  readonly at: ReadonlyArray<string>
}

/** The stages from `resolve` to `list`. */
export const stagesOf = ({ settings, account, duration, error, at }: Outcome): ReadonlyArray<Stage> => {
  const names = stageNames.slice(0, stageNames.indexOf("read"))
  const failed = error === undefined ? names.length - 1 : names.indexOf(failedAt(error, account))
  // Without credentials nothing was sent, so the stages before are as unknown as those after.
  const nothingSent =
    error !== undefined &&
    account === undefined &&
    settings.auth.kind === "ambient" &&
    error.reason.status === undefined
  return names.map((name, index): Stage => {
    const took = index === failed ? duration : 0
    if (error !== undefined && (index > failed || (index < failed && nothingSent))) return stageOf(name, "skipped", 0)
    if (name === "tls" && !usesTls(settings, account)) return stageOf(name, "skipped", 0)
    if (error === undefined || index < failed) return stageOf(name, "passed", took)
    const unverified = name === "list" && at.length === 0 && error.reason._tag === "permission_denied"
    return stageOf(name, unverified ? "unverified" : "failed", took, error.reason)
  })
}
