/**
 * What a refusal says about the identity that was refused: which option to blame, and whether it is only too old or the
 * clock is wrong, which the service does not tell apart.
 */
import type { Authority } from "@mooring/azure/Authority"
import { sasFacts } from "@mooring/azure/sas"
import { StorageError } from "@mooring/core"
import type { ReasonFields } from "@mooring/core/StorageError"
import type { ErrorCode } from "@mooring/core/errorCodes"
import type * as Redacted from "effect/Redacted"
import type { AzureBlobSettings } from "./AzureBlobSettings.ts"

/** The difference of clocks from which shared keys are refused, in milliseconds. */
const maxSkew = 15 * 60 * 1000

const retold = (error: StorageError, code: ErrorCode, detail: string, fields: ReasonFields): StorageError => {
  const { _tag: _code, detail: _detail, ...facts } = error.reason
  return StorageError.of(code, detail, { ...facts, ...fields, retryable: false })
}

/** A pointer to the option that chose the identity of these settings; for anonymous requests to the key that they lack. */
export const identityOption = ({ identityOption: option = "key" }: AzureBlobSettings): string => `#/${option}`

const ofSas = (error: StorageError, query: Redacted.Redacted<string>, time: number): StorageError => {
  const pointer = "#/sas_url"
  const facts = sasFacts(query)
  if (facts.expires !== undefined && facts.expires <= time) {
    return retold(error, "auth_expired", "the signature has expired", { pointer, suggestion: "a new signature" })
  }
  if (facts.starts !== undefined && facts.starts > time) {
    return retold(error, "auth_invalid", "the signature is not valid yet", {
      pointer,
      suggestion: "a signature whose start is left out, or set the clock of this machine"
    })
  }
  if (facts.services !== undefined && !facts.services.includes("b")) {
    return retold(error, "auth_invalid", "the signature is for other services than blobs", {
      pointer,
      suggestion: "a signature for the service b"
    })
  }
  return StorageError.with(error, { pointer })
}

/** The error with the option to blame. `time` is here, `serverTime` there, in milliseconds since 1970. */
export const blame = (
  error: StorageError,
  settings: AzureBlobSettings,
  authority: Authority,
  time: number,
  serverTime: number | undefined
): StorageError => {
  const { _tag: code, status } = error.reason
  if (status === undefined || (code !== "auth_invalid" && code !== "permission_denied")) return error
  if (authority.kind === "sas") return ofSas(error, authority.query, serverTime ?? time)
  if (code === "permission_denied") return error
  const skew = serverTime === undefined ? 0 : time - serverTime
  if (Math.abs(skew) > maxSkew) {
    const seconds = Math.round(Math.abs(skew) / 1000)
    const detail = `the clock here is ${seconds} seconds ${skew < 0 ? "behind" : "ahead of"} that of the service`
    return retold(error, "clock_skew", detail, { suggestion: "set the clock of the machine on which Mooring runs" })
  }
  return StorageError.with(error, { pointer: identityOption(settings) })
}
