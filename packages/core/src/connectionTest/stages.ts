/**
 * The stages of a connection test from `resolve` to `list`, from how far the first requests came: it fails at the name,
 * the connection, the certificate, the credentials or the right to list, and what comes before has passed.
 */
import { stageNames, stageOf, type Outcome, type Stage, type StageName } from "../ConnectionTest.ts"
import type { ErrorCode } from "../errorCodes.ts"
import type { StorageError } from "../StorageError.ts"
import { choiceOf, type Authentication } from "./Authentication.ts"
import { isHandshake } from "./handshake.ts"

/** Where a request failed that was not answered, or by no storage service. */
const unanswered: Partial<Record<ErrorCode, StageName>> = {
  dns_failed: "resolve",
  connect_refused: "connect",
  egress_denied: "connect",
  timeout: "connect",
  provider_unavailable: "connect",
  tls_untrusted: "tls",
  tls_hostname: "tls",
  tls_expired: "tls",
  not_a_storage_endpoint: "authenticate"
}

/** Of answers that say what is at the place, or who may see it. */
const ofPlace: ReadonlyArray<ErrorCode> = ["permission_denied", "not_found", "invalid_name", "not_a_directory"]

/** What the first requests came to. */
export interface Progress {
  /** Milliseconds. */
  readonly duration: number
  /** Whether the service is reached over TLS. */
  readonly encrypted: boolean
  readonly authentication: Authentication
  /** Whether the service has accepted the credentials before it was asked to list. */
  readonly accepted: boolean
  /** Why it went no further, and whether at the credentials or at the listing. */
  readonly failure?: { readonly error: StorageError; readonly phase: "identify" | "list" }
  /** Whether `list` is unverified and not failed where it is not permitted. */
  readonly narrow: boolean
}

const names = stageNames.slice(0, stageNames.indexOf("read"))

const failedAt = ({ accepted, failure }: Progress): StageName => {
  if (failure === undefined) return "list"
  const { _tag: code, status } = failure.error.reason
  if (failure.phase === "list" && ofPlace.includes(code)) return "list"
  if (status === undefined && isHandshake(failure.error.reason)) return "tls"
  // A container before an address, as `bucket.127.0.0.1`, is no host name.
  if (status === undefined && failure.phase === "list" && code === "invalid_value") return "resolve"
  const early = status === undefined ? unanswered[code] : undefined
  return early ?? (accepted && failure.phase === "list" && !code.startsWith("auth_") ? "list" : "authenticate")
}

/** Whether the credentials were not found, so that nothing was sent: stages before are as unknown as those after. */
const nothingSent = ({ failure }: Progress): boolean =>
  failure?.phase === "identify" &&
  failure.error.reason.status === undefined &&
  !isHandshake(failure.error.reason) &&
  unanswered[failure.error.reason._tag] === undefined

/** A stage that says which way to authenticate was taken, where there is a choice. */
const withChoice = (stage: Stage, authentication: Authentication): Stage => {
  const choice = choiceOf(authentication)
  if (choice === undefined || stage.stage !== "authenticate" || stage.outcome === "skipped") return stage
  return { ...stage, detail: stage.detail === undefined ? choice : `${stage.detail}; ${choice}` }
}

/** The stages from `resolve` to `list`. */
export const firstStages = (progress: Progress): ReadonlyArray<Stage> => {
  const { duration, encrypted, authentication, failure, narrow } = progress
  const failed = names.indexOf(failedAt(progress))
  const unknown = nothingSent(progress)
  const outcomeOf = (name: StageName, index: number): Outcome => {
    if (failure !== undefined && (index > failed || (index < failed && unknown))) return "skipped"
    if (name === "tls" && !encrypted) return "skipped"
    if (failure !== undefined && index === failed) {
      return name === "list" && narrow && failure.error.reason._tag === "permission_denied" ? "unverified" : "failed"
    }
    // Without credentials nothing is signed, and an answer says nothing about any.
    return name === "authenticate" && authentication.used.length === 0 ? "unverified" : "passed"
  }
  return names.map((name, index) => {
    const reason = index === failed ? failure?.error.reason : undefined
    const stage = stageOf(name, outcomeOf(name, index), index === failed ? duration : 0, reason)
    return withChoice(stage, authentication)
  })
}
