/**
 * What a refusal of a listing means to somebody who connects. A store that is open trusts that a store answers; here
 * nothing is known of the service yet, so its answer is looked at for signs of S3.
 */
import { StorageError, type Path } from "@mooring/core"
import { amazonOf } from "../normalize/endpoint.ts"
import { presets } from "../presets/index.ts"
import type { S3Settings } from "../S3Settings.ts"
import { retold } from "./retold.ts"

/** Statuses with which a gateway before a store refuses, in its own words. */
const gatewayStatuses: ReadonlyArray<number> = [407, 408, 413, 429]

/** A listing is refused with an error document and a request id by every store. */
const isForeign = ({ reason: { status = 0, providerCode, requestId } }: StorageError): boolean =>
  status >= 300 &&
  status < 500 &&
  !gatewayStatuses.includes(status) &&
  providerCode === undefined &&
  requestId === undefined

/** The right region of an endpoint that has its region in the name is an endpoint too. */
const elsewhere = ({ origin }: S3Settings, error: StorageError): StorageError => {
  const { hostname } = new URL(origin)
  const { suggestion } = error.reason
  const endpoint = suggestion === undefined ? undefined : presets.AWS.endpointOf?.(suggestion)
  return endpoint === undefined || amazonOf(hostname)?.region === undefined
    ? error
    : StorageError.with(error, { pointer: "#/endpoint", suggestion: endpoint })
}

/** The address of the service where host name or path of the endpoint begin or end with the bucket. */
const withoutBucket = ({ origin, basePath }: S3Settings, bucket: string | undefined): string | undefined => {
  if (bucket === undefined) return undefined
  if (basePath.endsWith(`/${bucket}`)) return `${origin}${basePath.slice(0, -bucket.length - 1)}`
  return origin.includes(`//${bucket}.`) ? origin.replace(`//${bucket}.`, "//") : undefined
}

/** The bucket was taken for the key of an object: it is in the endpoint already, or wanted in the host name. */
const takenForKey = (settings: S3Settings, [bucket]: Path, error: StorageError): StorageError => {
  const endpoint = withoutBucket(settings, bucket)
  return endpoint === undefined
    ? retold(error, "not_a_storage_endpoint", "the service takes the bucket for an object", {
        pointer: "#/force_path_style",
        suggestion: "false"
      })
    : retold(error, "not_a_storage_endpoint", "the endpoint names the bucket, which is named apart", {
        pointer: "#/endpoint",
        suggestion: endpoint
      })
}

/** An access key of temporary credentials, which no service knows without the token (`ASIA`: IAM identifiers of AWS). */
const lacksToken = ({ credentials }: S3Settings, { reason }: StorageError): boolean =>
  reason.providerCode === "InvalidAccessKeyId" &&
  credentials.kind === "static" &&
  credentials.sessionToken === undefined &&
  credentials.accessKeyId.startsWith("ASIA")

/** The error of a listing as it is to be understood, by what was answered alone. */
export const readAgain = (settings: S3Settings, at: Path, error: StorageError): StorageError => {
  const { reason } = error
  if (reason._tag === "wrong_region" && reason.suggestion !== undefined) return elsewhere(settings, error)
  if (lacksToken(settings, error)) {
    return StorageError.with(error, {
      pointer: "#/session_token",
      suggestion: "the session token that was given out with these temporary keys"
    })
  }
  if (reason._tag === "not_found" && reason.providerCode === "NoSuchKey") {
    return takenForKey(settings, at, error)
  }
  if (reason._tag === "not_found" && reason.providerCode !== undefined && at.length === 0) {
    return retold(error, "not_a_storage_endpoint", "the service has nothing under this address", {
      pointer: "#/endpoint",
      suggestion: "the address of the service, without a bucket or other path"
    })
  }
  if (reason.status === 503 && reason.providerCode === undefined) {
    return StorageError.of("provider_unavailable", "the service is not available now", {
      status: 503,
      suggestion: "try again later: the service, or what is before it, is overloaded or being maintained"
    })
  }
  // A skewed clock is the one thing that headers alone tell.
  if (!isForeign(error) || reason._tag === "not_a_storage_endpoint" || reason._tag === "clock_skew") return error
  const redirected = (reason.status ?? 0) < 400
  return StorageError.of(
    "not_a_storage_endpoint",
    redirected
      ? "the service redirects to another address"
      : `what refuses the request with status ${reason.status} does not answer as an object store`,
    { ...(reason.status !== undefined && { status: reason.status }), pointer: "#/endpoint" }
  )
}
