/**
 * Tokens for the service account of the machine, from the metadata service that only machines of Google have.
 *
 * Source: https://cloud.google.com/compute/docs/metadata/querying-metadata, https://google.aip.dev/auth/4115
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { accessTokenOf, exchange, TokenAnswer, type Doors } from "./tokenRequest.ts"

/** The address of the service, which does not need a name service. */
const usualHost = "169.254.169.254"

/** Milliseconds after which there is no such service here. */
const patience = 5_000

const nothing = StorageError.of(
  "auth_invalid",
  "the machine has no credentials: no file of GOOGLE_APPLICATION_CREDENTIALS or gcloud, and no metadata service",
  { pointer: "#/env_auth", suggestion: "gcloud auth application-default login, or the JSON of a service account" }
)

const flavor = "metadata-flavor"

/** What answers without the flavor is another service, which gets no trust. */
export const metadataToken = Effect.fnUntraced(function* (doors: Doors) {
  const host = (yield* doors.ambient.env("GCE_METADATA_HOST")) || usualHost
  const request = {
    url: `http://${host}/computeMetadata/v1/instance/service-accounts/default/token`,
    method: "GET",
    headers: { [flavor]: "Google" },
    idleTimeout: patience
  } as const
  const { answer, headers } = yield* exchange(doors, request, TokenAnswer).pipe(
    Effect.timeoutOrElse({ duration: patience, orElse: () => Effect.fail(nothing) }),
    Effect.mapError((error) => (error.reason.status === undefined || error.reason.status === 404 ? nothing : error))
  )
  if (headers[flavor] !== "Google") return yield* nothing
  return yield* accessTokenOf(answer)
})
