/**
 * What every remote call goes through: one signed attempt, and the policy under which attempts are repeated.
 */
import { Ambient, MemoryBudget, Transport, type StorageError } from "@mooring/core"
import { makeAttempts, type Attempts } from "@mooring/core/Attempts"
import type { CallPolicy } from "@mooring/core/Call"
import { digestOf } from "@mooring/core/checksums/Hasher"
import type { MemoryBudgetShape } from "@mooring/core/MemoryBudget"
import {
  beginningOf,
  type Headers,
  type HttpRequest,
  type HttpResponse,
  type RequestBody
} from "@mooring/core/Transport"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { blame, maybeReplaced } from "../credentials/blame.ts"
import type { S3Credentials } from "../credentials/CredentialSource.ts"
import { makeSession, type Session } from "../credentials/session.ts"
import type { S3Settings } from "../S3Settings.ts"
import { unsignedPayload } from "../signature.ts"
import { makeBucketSessions } from "../credentials/bucketSessions.ts"
import { addressOf, isOfBuckets } from "./address.ts"
import { hexOf } from "./digest.ts"
import { refusalOf } from "./refusal.ts"
import { createSession } from "./sessions.ts"
import { presignedPath, serviceOf, signedHeaders } from "./signing.ts"

/** One request before it is signed. */
export interface S3Request {
  readonly method: HttpRequest["method"]
  readonly bucket?: string
  readonly key?: string
  /** Undefined values are left out. */
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly headers?: Headers
  readonly body?: RequestBody
  /** Headers that are sent beside those that are signed. */
  readonly unsignedHeaders?: Headers
  /** Milliseconds that the service may be silent; absent is what the transport takes. */
  readonly idleTimeout?: number
  /** Whether the signature is in the query; the body is not signed then. */
  readonly presigned?: boolean
  /** Whether the account signs it and not the session with its bucket, which signs the rest in directory buckets. */
  readonly ofAccount?: boolean
  /** Whether it is sent without a signature, as a stranger would. */
  readonly anonymous?: boolean
}

export interface S3Client extends Attempts {
  /** Read at each use, so that new credentials reach an open store. */
  readonly settings: Effect.Effect<S3Settings>
  /** Whose signature it is, now: the keys of the account. */
  readonly session: Session
  readonly budget: MemoryBudgetShape
  /** One attempt. Any status but 2xx is an error. The answer lives in the Scope. */
  readonly send: (request: S3Request) => Effect.Effect<HttpResponse, StorageError, Scope.Scope>
  /** One attempt at an address of its own, without a signature. Otherwise as `send`. */
  readonly fetch: (request: HttpRequest) => Effect.Effect<HttpResponse, StorageError, Scope.Scope>
}

/**
 * Milliseconds that a service may be silent while it copies or joins what it has. S3 sends white space meanwhile, to
 * keep the connection; others send nothing until they are done, which for 5 GiB takes them minutes.
 */
export const copyPatience = 600_000

/** What is signed of a body: its SHA-256, or that it is not; a stream is never known before it is sent. */
const payloadHashOf = (
  body: RequestBody | undefined,
  { unsignedPayload: unsigned, signatureVersion }: S3Settings
): Effect.Effect<string> => {
  // Signatures of version 2 have no place for it.
  if (signatureVersion === 2) return Effect.succeed(unsignedPayload)
  if (body !== undefined && (unsigned || !(body instanceof Uint8Array))) return Effect.succeed(unsignedPayload)
  return Effect.map(digestOf("sha256", body ?? new Uint8Array()), hexOf)
}

/** Seconds for which a presigned request of ours is valid: it is sent at once. */
const presignedFor = 900

/** The address and headers of a request, signed as it asks for. */
const signed = Effect.fnUntraced(function* (
  { method, bucket, key, query, headers = {}, body, presigned = false }: S3Request,
  settings: S3Settings,
  credentials: S3Credentials | undefined,
  time: number
) {
  const { origin, path, host, hostBucket } = addressOf(settings, { method, bucket, key, query })
  const sent = { ...headers, ...(settings.requesterPays && { "x-amz-request-payer": "requester" }) }
  if (credentials === undefined) return { origin, path, headers: sent }
  const context = { ...credentials, region: settings.region, service: serviceOf(settings), time }
  const request = { method, path, headers: { ...sent, host }, hostBucket }
  if (presigned) {
    return { origin, path: presignedPath(settings, { ...request, expiresIn: presignedFor }, context), headers: sent }
  }
  const payloadHash = yield* payloadHashOf(body, settings)
  return { origin, path, headers: signedHeaders(settings, { ...request, payloadHash }, context) }
})

/** A client of these settings. */
export const makeS3Client = Effect.fnUntraced(function* (settings: Effect.Effect<S3Settings>, policy: CallPolicy) {
  const transport = yield* Transport
  const budget = yield* MemoryBudget
  const { attempts, refusals } = yield* makeAttempts<S3Credentials | undefined>(
    policy,
    (now, refused) => now !== undefined && now !== refused
  )
  const session = yield* makeSession(settings, yield* Ambient)

  /** One exchange: any status but 2xx becomes the error that it stands for. */
  const exchange = Effect.fnUntraced(function* (request: HttpRequest, localTime: number) {
    const response = yield* transport.request(request)
    if (response.status >= 200 && response.status < 300) return response
    const bytes = yield* beginningOf(response.body)
    return yield* yield* refusalOf(response, bytes, localTime)
  })

  const sessionFor = (current: S3Settings, { bucket, key, method, ofAccount = false }: S3Request): Session =>
    current.directoryBuckets === undefined || ofAccount || bucket === undefined || isOfBuckets({ bucket, key, method })
      ? session
      : bucketSession(bucket)

  const send = Effect.fnUntraced(function* (request: S3Request) {
    const current = yield* settings
    const signing = sessionFor(current, request)
    const credentials = request.anonymous === true ? undefined : yield* signing.get
    const localTime = yield* Clock.currentTimeMillis
    const { method, body, unsignedHeaders, idleTimeout } = request
    const { origin, path, headers } = yield* signed(request, current, credentials, localTime)
    const all = { ...headers, ...unsignedHeaders }
    const sent = { ...(body && { body }), ...(idleTimeout !== undefined && { idleTimeout }) }
    const answered = exchange({ origin, path, method, headers: all, ...sent }, localTime)
    return yield* Effect.tapError(
      Effect.mapError(answered, (error) => blame(error, current.credentials)),
      (error) =>
        credentials === undefined || !maybeReplaced(error, credentials)
          ? Effect.void
          : refusals.note(error, credentials, signing)
    )
  })

  const bucketSession = makeBucketSessions(session, (bucket) => createSession({ settings, send }, bucket))

  const client: S3Client = {
    settings,
    session,
    budget,
    send,
    fetch: (request) => Effect.flatMap(Clock.currentTimeMillis, (time) => exchange(request, time)),
    ...attempts
  }
  return client
})
