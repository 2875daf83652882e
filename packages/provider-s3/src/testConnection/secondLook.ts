/**
 * What one more request tells of a listing that failed. Credentials go to the origin of the settings only; every other
 * question is asked without them, and once.
 */
import { StorageError, Transport, type Path } from "@mooring/core"
import { otherScheme } from "@mooring/core/connectionTest/otherScheme"
import type { HttpRequest, HttpResponse } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { addressOf } from "../api/address.ts"
import { storageErrorOf } from "../errors.ts"
import type { S3Settings } from "../S3Settings.ts"
import { readAgain } from "./readAgain.ts"
import { retold } from "./retold.ts"

/** What is known of it so far. */
export interface FailedListing {
  readonly settings: S3Settings
  readonly at: Path
  readonly error: StorageError
  /** Lists a place with other settings; the same place if none is given. */
  readonly list: (settings: S3Settings, at?: Path) => Effect.Effect<unknown, StorageError, Transport>
}

/** A better account of the error; undefined if this was not it. */
type Look = (failed: FailedListing) => Effect.Effect<StorageError | undefined, never, Transport>

/** Milliseconds. Whoever refused the listing has answered by then. */
const patience = 10_000

const inTime = <A, R>(effect: Effect.Effect<A, StorageError, R>) =>
  Effect.timeoutOrElse(effect, {
    duration: patience,
    orElse: () => Effect.fail(StorageError.of("timeout", "there was no answer in time"))
  })

/** The head of the answer to a request that is not signed; undefined if there is none. */
const headOf = (request: HttpRequest): Effect.Effect<HttpResponse | undefined, never, Transport> =>
  Effect.gen(function* () {
    const transport = yield* Transport
    return yield* inTime(Effect.scoped(transport.request(request)))
  }).pipe(Effect.orElseSucceed(() => undefined))

/** A bucket in the host name that has no address, no certificate or no meaning there, and that the path reaches. */
const inPath: Look = Effect.fnUntraced(function* ({ settings, at: [bucket], error, list }) {
  const { reason } = error
  if (bucket === undefined) return undefined
  const byPath = { ...settings, pathStyle: true }
  if (addressOf(settings, { bucket }).origin === addressOf(byPath, { bucket }).origin) return undefined
  if (reason._tag === "timeout" || reason._tag === "rate_limited") return undefined
  const listed = yield* Effect.result(list(byPath))
  const unreached = reason._tag === "dns_failed" || reason._tag === "tls_hostname"
  const reached = Result.isSuccess(listed) || (unreached && listed.failure.reason.requestId !== undefined)
  return reached
    ? retold(error, reason._tag, "the bucket is reached by path and not by host name", {
        pointer: "#/force_path_style",
        suggestion: "true"
      })
    : undefined
})

/** A path in the endpoint without which the service has the bucket. */
const withoutPath: Look = Effect.fnUntraced(function* ({ settings, at, error, list }) {
  if (settings.basePath === "" || at.length === 0 || error.reason.status === undefined) return undefined
  return Result.isSuccess(yield* Effect.result(list({ ...settings, basePath: "" })))
    ? retold(error, "not_a_storage_endpoint", "the service has the bucket without the path of the endpoint", {
        pointer: "#/endpoint",
        suggestion: settings.origin
      })
    : undefined
})

/** An endpoint that is no service tells of every bucket that it is missing; what it says of itself tells it apart. */
const atRoot: Look = Effect.fnUntraced(function* ({ settings, at, error: { reason }, list }) {
  const missing = reason.providerCode === "NoSuchBucket" || reason.providerCode === "NoSuchKey"
  if (at.length === 0 || !missing || reason.pointer === "#/endpoint") return undefined
  const listed = yield* Effect.result(list(settings, []))
  if (Result.isSuccess(listed)) return undefined
  const error = readAgain(settings, [], listed.failure)
  return error.reason._tag === "not_a_storage_endpoint" ? error : undefined
})

/** An address under the wrong scheme. */
const scheme: Look = ({ settings: { origin, basePath }, error }) =>
  otherScheme({ address: `${origin}${basePath}`, pointer: "#/endpoint" }, error)

/** Amazon tells the region of a bucket to everybody who asks for the bucket. */
const regionOfBucket: Look = Effect.fnUntraced(function* ({ settings, at, error }) {
  const [bucket] = at
  const { _tag: code, suggestion } = error.reason
  if (code !== "wrong_region" || suggestion !== undefined || bucket === undefined) return undefined
  const { origin, path } = addressOf(settings, { bucket })
  const region = (yield* headOf({ method: "HEAD", origin, path }))?.headers["x-amz-bucket-region"]
  return region === undefined ? undefined : readAgain(settings, at, storageErrorOf({ status: 301, region }))
})

/** The error as the first look that found something tells it, else as it is. */
export const secondLook = Effect.fnUntraced(function* (failed: FailedListing) {
  for (const look of [inPath, withoutPath, atRoot, scheme, regionOfBucket]) {
    const found = yield* look(failed)
    if (found !== undefined) return found
  }
  return failed.error
})
