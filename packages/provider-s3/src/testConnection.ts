/**
 * The stages of a connection test. One listing shows how far a request gets: it fails at the name, the connection, the
 * certificate, the signature or the right to list, and what comes before has passed.
 */
import { StorageError, type Ambient, type Path, type Transport } from "@mooring/core"
import {
  runStage,
  stageNames,
  stageOf,
  type Stage,
  type StageName,
  type TestOptions
} from "@mooring/core/ConnectionTest"
import type { CallPolicy } from "@mooring/core/Call"
import type { ErrorCode } from "@mooring/core/errorCodes"
import type { MemoryBudget } from "@mooring/core/MemoryBudget"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { contentMd5 } from "./api/contentMd5.ts"
import { optionOf, type CredentialSource } from "./credentials/CredentialSource.ts"
import { makeS3Client, type S3Client } from "./api/S3Client.ts"
import { targetOf } from "./keys.ts"
import { listPage } from "./list.ts"
import { read } from "./read.ts"
import { deleteObject, putObject } from "./S3Api.ts"
import type { S3Settings } from "./S3Settings.ts"

/** A person waits for the answer. */
const testPolicy: CallPolicy = { concurrency: 4, retries: 1, deadline: 20_000 }

const connectionStages: Partial<Record<ErrorCode, StageName>> = {
  dns_failed: "resolve",
  connect_refused: "connect",
  egress_denied: "connect",
  timeout: "connect",
  tls_untrusted: "tls",
  tls_hostname: "tls",
  tls_expired: "tls"
}

/** Where the listing failed. An answer with a status came over a connection, so what is wrong is what was asked. */
const failedAt = ({ reason }: StorageError): StageName => {
  if (reason._tag === "permission_denied" || reason._tag === "not_found" || reason._tag === "invalid_name")
    return "list"
  return (
    connectionStages[reason._tag] ??
    (reason._tag === "provider_unavailable" && reason.status === undefined ? "connect" : "authenticate")
  )
}

/** The option to blame and the way out, where the error does not name them itself. */
const advice = (
  { reason }: StorageError,
  source: CredentialSource
): readonly [pointer: string | undefined, suggestion: string] => {
  switch (reason._tag) {
    case "dns_failed":
      return ["#/endpoint", "a host name that exists; check it for slips"]
    case "connect_refused":
    case "timeout":
    case "provider_unavailable":
      return ["#/endpoint", "an address and port at which the service answers"]
    case "egress_denied":
      return ["#/endpoint", "an address that the operator of this server permits"]
    case "tls_untrusted":
    case "tls_hostname":
    case "tls_expired":
      return ["#/endpoint", "an endpoint whose certificate is valid for its name, or http:// if it has none"]
    case "not_a_storage_endpoint":
      return ["#/endpoint", "the address of the S3 API"]
    case "wrong_region":
      return ["#/region", "the region of the bucket"]
    case "auth_invalid":
      if (source.kind === "ambient") return [optionOf(source), "credentials of this service where the option looks"]
      return reason.providerCode === "SignatureDoesNotMatch"
        ? ["#/secret_access_key", "the secret that belongs to the access key"]
        : ["#/access_key_id", "an access key of this service"]
    case "auth_expired":
      if (source.kind === "ambient") return [optionOf(source), "new credentials where the option looks"]
      return ["#/session_token", "new temporary credentials"]
    case "clock_skew":
      return [undefined, "set the clock of this machine"]
    case "ambient_credentials_forbidden":
    case "server_path_forbidden":
      return [undefined, "write access_key_id and secret_access_key"]
    case "permission_denied":
      return [
        source.kind === "ambient" ? optionOf(source) : "#/access_key_id",
        "a key that may do this, or another bucket"
      ]
    case "not_found":
      return [undefined, "a bucket that exists, at this endpoint and region"]
    default:
      return [undefined, "try again; if it stays, ask the operator of the service"]
  }
}

const advisedOn =
  (source: CredentialSource) =>
  (error: StorageError): StorageError => {
    const [pointer, suggestion] = advice(error, source)
    return StorageError.with(error, {
      suggestion: error.reason.suggestion ?? suggestion,
      ...(error.reason.pointer === undefined && pointer !== undefined && { pointer })
    })
  }

/** The stages of credentials that were not found: nothing was sent, so the stages before are as unknown as those after. */
const withoutCredentials = (settings: S3Settings, error: StorageError, duration: number): ReadonlyArray<Stage> =>
  stageNames
    .filter((name) => name !== "write")
    .map((name) =>
      name === "authenticate"
        ? stageOf(name, "failed", duration, advisedOn(settings.credentials)(error).reason)
        : stageOf(name, "skipped", 0)
    )

/** The stages from `resolve` to `list`, of a listing that took so long. */
const stagesOf = (settings: S3Settings, duration: number, error: StorageError | undefined, narrow: boolean) => {
  const names = stageNames.slice(0, stageNames.indexOf("read"))
  const encrypted = settings.origin.startsWith("https:")
  const failed = error === undefined ? names.length - 1 : names.indexOf(failedAt(error))
  return names.map((name, index): Stage => {
    const took = index === failed ? duration : 0
    if (name === "tls" && !encrypted && failed >= index) return stageOf(name, "skipped", 0)
    if (error !== undefined && index > failed) return stageOf(name, "skipped", 0)
    if (error === undefined || index < failed) {
      // Without credentials nothing is signed, and a refusal says nothing about any.
      const unverified = name === "authenticate" && settings.credentials.kind === "anonymous"
      return stageOf(name, unverified ? "unverified" : "passed", took)
    }
    const unverified = name === "list" && narrow && error.reason._tag === "permission_denied"
    return stageOf(name, unverified ? "unverified" : "failed", took, advisedOn(settings.credentials)(error).reason)
  })
}

/** Reads a byte of the first object that the listing showed. */
const readStage = Effect.fnUntraced(function* (client: S3Client, path: Path | undefined) {
  if (path === undefined) return stageOf("read", "skipped", 0)
  const first = Effect.scoped(
    Effect.flatMap(read(client)(path, { range: { start: 0, end: 0 } }), ({ body }) => Stream.runDrain(body))
  )
  const { credentials } = yield* client.settings
  return (yield* runStage("read", Effect.mapError(first, advisedOn(credentials)))).stage
})

/** Puts an object of a name that nobody has and removes it, with its version where versions are kept. */
const writeStage = Effect.fnUntraced(function* (client: S3Client, at: Path) {
  if (at.length === 0) {
    return { ...stageOf("write", "skipped", 0), suggestion: "name a bucket, or a prefix in one, to write to" }
  }
  const numbers = yield* Effect.replicateEffect(Random.nextIntBetween(0, 2 ** 31), 4)
  const name = `mooring-test-${numbers.map((one) => one.toString(16).padStart(8, "0")).join("")}`
  const body = Buffer.from("mooring connection test\n")
  const probe = Effect.gen(function* () {
    const target = yield* targetOf(yield* client.settings, [...at, name])
    yield* Effect.acquireUseRelease(
      client.repeated(putObject(client, target, body, yield* contentMd5(body))),
      () => Effect.void,
      (headers) => client.repeated(deleteObject(client, target, headers["x-amz-version-id"]))
    )
  })
  const { credentials } = yield* client.settings
  return (yield* runStage("write", Effect.mapError(probe, advisedOn(credentials)))).stage
})

export const testConnection = Effect.fnUntraced(function* (
  settings: S3Settings,
  { at = [], write = false }: TestOptions
): Effect.fn.Return<ReadonlyArray<Stage>, never, Transport | Ambient | MemoryBudget | Scope.Scope> {
  const client = yield* makeS3Client(Effect.succeed(settings), testPolicy)
  const started = yield* Clock.currentTimeMillis
  const identity = yield* Effect.result(client.session.get)
  if (identity._tag === "Failure") {
    const took = (yield* Clock.currentTimeMillis) - started
    const stages = withoutCredentials(settings, identity.failure, took)
    return write ? [...stages, stageOf("write", "skipped", 0)] : stages
  }
  const listed = yield* Effect.result(listPage(client)(at, { limit: 1, recursive: at.length > 0 }))
  const duration = (yield* Clock.currentTimeMillis) - started
  const error = listed._tag === "Failure" ? listed.failure : undefined
  const stages = stagesOf(settings, duration, error, at.length === 0)
  const found = listed._tag === "Success" ? listed.success.entries.find(({ kind }) => kind === "object") : undefined
  const reading = yield* readStage(client, found?.path)
  if (!write) return [...stages, reading]
  return [...stages, reading, error === undefined ? yield* writeStage(client, at) : stageOf("write", "skipped", 0)]
})
