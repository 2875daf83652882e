/**
 * A store over a fresh double, through the real transport.
 */
import { MemoryBudget, Transport } from "@mooring/core"
import { layer as ambientLayer } from "@mooring/core/NodeAmbient"
import { local } from "@mooring/core/EgressPolicy"
import { layer as transportLayer, type UndiciTransportOptions } from "@mooring/core/UndiciTransport"
import type { HttpRequest, TransportShape } from "@mooring/core/Transport"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { makeS3Client } from "../src/api/S3Client.ts"
import type { S3Settings } from "../src/S3Settings.ts"
import { storeOf } from "../src/S3Store.ts"
import { defaultAccessKey, startS3Double, type S3DoubleOptions } from "./double/index.ts"

export const mebibyte = 1024 * 1024

/** What the provider gets from a host whose own environment is this. */
export const hostWith = (ambient: Parameters<typeof ambientLayer>[0], lookup?: UndiciTransportOptions["lookup"]) =>
  Layer.mergeAll(
    transportLayer({ policy: local, idleTimeout: 10_000, ...(lookup !== undefined && { lookup }) }),
    ambientLayer(ambient),
    MemoryBudget.layer(64 * mebibyte)
  )

/** A host that gives nothing of its own. */
export const host = hostWith({ env: {}, allow: "none" })

/** The same, to which all names below `localhost` are this machine (RFC 6761), as few resolvers have it. */
export const localhostHost = hostWith({ env: {}, allow: "none" }, (name) =>
  name.endsWith(".localhost") ? Effect.succeed(["127.0.0.1"]) : Effect.succeed([name.replace("localhost", "127.0.0.1")])
)

/** Settings for a path-style service with the double's keys. */
export const settingsFor = (origin: string, changes: Partial<S3Settings> = {}): S3Settings => ({
  origin,
  accelerated: undefined,
  basePath: "",
  region: "us-east-1",
  directoryBuckets: undefined,
  pathStyle: true,
  credentials: {
    kind: "static",
    accessKeyId: defaultAccessKey.accessKeyId,
    secretAccessKey: Redacted.make(defaultAccessKey.secretAccessKey)
  },
  signatureVersion: 4,
  listChunk: 1000,
  listVersion: 2,
  listUrlEncode: true,
  chunkSize: 5 * mebibyte,
  uploadCutoff: 200 * mebibyte,
  uploadConcurrency: 4,
  writeConditions: ["ifMatch", "ifNoneMatch"],
  multipartConditions: true,
  maxUploadParts: 10_000,
  copyCutoff: 5 * 1024 * mebibyte,
  leavePartsOnError: false,
  disableChecksum: false,
  multipartEtag: true,
  unsignedPayload: true,
  alreadyExistsIsError: true,
  locationConstraint: "",
  acl: "",
  bucketAcl: "",
  storageClass: "",
  tiers: [],
  encryption: undefined,
  customerKey: undefined,
  requesterPays: false,
  systemMetadata: true,
  directoryMarkers: false,
  multipartUploads: true,
  presignedUploads: false,
  oldVersions: "hidden",
  versionAt: undefined,
  gzip: { accept: false, signAccept: true, decompress: false, mayCompress: false },
  downloadUrl: undefined,
  encoding: 50_331_650,
  ...changes
})

/**
 * A store on a service at this address. `change` swaps settings while it is open, and `watch` sees what goes to the
 * transport.
 */
export const openAt = Effect.fnUntraced(function* (
  origin: string,
  changes: Partial<S3Settings> = {},
  watch: (request: HttpRequest) => void = () => undefined,
  environment: typeof host = host
) {
  let settings = settingsFor(origin, changes)
  const policy = { concurrency: 16, retries: 3, deadline: 20_000 }
  const context = yield* Layer.build(environment)
  const transport = Context.get(context, Transport)
  const watched: TransportShape = {
    ...transport,
    request: (request) =>
      Effect.andThen(
        Effect.sync(() => watch(request)),
        transport.request(request)
      )
  }
  const client = yield* Effect.provide(
    makeS3Client(
      Effect.sync(() => settings),
      policy
    ),
    Context.add(context, Transport, watched)
  )
  const change = (more: Partial<S3Settings>) => {
    settings = { ...settings, ...more }
  }
  return { settings, client, store: storeOf(client, settings), change }
})

/** A double with a bucket `b`, and a store on it, in a Scope. */
export const openDouble = Effect.fnUntraced(function* (
  changes: Partial<S3Settings> = {},
  options: S3DoubleOptions = {},
  watch?: (request: HttpRequest) => void
) {
  const double = yield* Effect.acquireRelease(
    Effect.promise(() => startS3Double({ buckets: ["b"], ...options })),
    (it) => Effect.promise(() => it.close())
  )
  const opened = yield* openAt(double.endpoint, changes, watch)
  const operations = () => double.requests.map(({ operation }) => operation)
  return { double, operations, ...opened }
})

/** The name of a directory bucket of the zone that the doubles are in. */
export const directoryBucket = (name: string): string => `${name}--usw2-az1--x-s3`

/** A double with a directory bucket `b`, reached by its host name, and a store on it, in a Scope. */
export const openDirectory = Effect.fnUntraced(function* (
  changes: Partial<S3Settings> = {},
  options: S3DoubleOptions = {}
) {
  const buckets = [directoryBucket("b")]
  const double = yield* Effect.acquireRelease(
    Effect.promise(() => startS3Double({ directory: true, buckets, ...options })),
    (it) => Effect.promise(() => it.close())
  )
  const origin = `http://localhost:${double.port}`
  const directoryBuckets = { control: origin, zone: undefined }
  const settings = { pathStyle: false, directoryBuckets, multipartEtag: false, unsignedPayload: false, ...changes }
  const opened = yield* openAt(origin, settings, undefined, localhostHost)
  const operations = () => double.requests.map(({ operation }) => operation)
  return { double, operations, ...opened }
})
