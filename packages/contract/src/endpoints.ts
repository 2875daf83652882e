/**
 * Every route of the API: method, path, what it takes and answers. The server has one handler for each name here.
 */
import * as Schema from "effect/Schema"
import * as Endpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import * as Answers from "./Answers.ts"
import { ErrorBody } from "./ErrorBody.ts"
import { TestAnswer } from "./Stages.ts"

const Options = Schema.Record(Schema.String, Schema.Unknown)
const text = Schema.optional(Schema.String)
/** A failed connection is 400; every code has its own status elsewhere, with the same body. */
const error = ErrorBody.pipe(HttpApiSchema.status(400))
const provider = { provider: Schema.String }
const backend = { id: Schema.String }
/** Two paths of one backend. */
const FromTo = Schema.Struct({ from: Schema.String, to: Schema.String })
/** `expires_in` is seconds; with `public` the lasting address of an object that everybody may read. */
const LinkWanted = Schema.Struct({
  path: Schema.String,
  method: Schema.optionalKey(Schema.Literals(["GET", "PUT"])),
  expires_in: Schema.optionalKey(Schema.Int),
  public: Schema.optionalKey(Schema.Boolean)
})
/**
 * What is mounted and how. `target` is an absolute path of the server; `umask` and `file_mode` are octal text; `directory_age` is seconds
 * for which a listing is believed; `cache_size` is bytes of blocks in memory.
 */
const MountWanted = Schema.Struct({
  target: Schema.String,
  path: Schema.optionalKey(Schema.String),
  read_only: Schema.optionalKey(Schema.Boolean),
  allow_other: Schema.optionalKey(Schema.Boolean),
  uid: Schema.optionalKey(Schema.Int),
  gid: Schema.optionalKey(Schema.Int),
  umask: Schema.optionalKey(Schema.String),
  file_mode: Schema.optionalKey(Schema.String),
  directory_age: Schema.optionalKey(Schema.Finite),
  cache_size: Schema.optionalKey(Schema.Int)
})
const mount = { id: Schema.String }
const content = { params: backend, query: { path: Schema.String }, error } as const
const bytes = HttpApiSchema.StreamUint8Array()

/** Name to route. `at` is a place to test; `path` names an entry and is taken exactly as it is decoded, once. */
export const endpoints = {
  health: Endpoint.get("health", "/healthz", { success: Answers.HealthAnswer }),
  ready: Endpoint.get("ready", "/readyz", { success: Answers.HealthAnswer, error }),
  openapi: Endpoint.get("openapi", "/openapi.json", { success: Options, error }),
  providers: Endpoint.get("providers", "/api/v1/providers", { success: Answers.ProvidersAnswer, error }),
  provider: Endpoint.get("provider", "/api/v1/providers/:provider", {
    params: provider,
    success: Answers.ProviderAnswer,
    error
  }),
  testProvider: Endpoint.post("testProvider", "/api/v1/providers/:provider/test", {
    params: provider,
    query: { at: text },
    payload: Options,
    success: TestAnswer,
    error
  }),
  connect: Endpoint.post("connect", "/api/v1/backends/:provider", {
    params: provider,
    query: { at: text },
    payload: Options,
    success: Answers.Connected.pipe(HttpApiSchema.status(201)),
    error
  }),
  backends: Endpoint.get("backends", "/api/v1/backends", { success: Answers.BackendsAnswer, error }),
  backend: Endpoint.get("backend", "/api/v1/backends/:id", { params: backend, success: Answers.BackendAnswer, error }),
  changeBackend: Endpoint.patch("changeBackend", "/api/v1/backends/:id", {
    params: backend,
    query: { at: text },
    payload: Options,
    success: Answers.BackendAnswer,
    error
  }),
  removeBackend: Endpoint.delete("removeBackend", "/api/v1/backends/:id", {
    params: backend,
    success: HttpApiSchema.NoContent,
    error
  }),
  entries: Endpoint.get("entries", "/api/v1/backends/:id/entries", {
    params: backend,
    query: { path: text, recursive: text, limit: text, cursor: text },
    success: Answers.EntriesAnswer,
    error
  }),
  createEntry: Endpoint.post("createEntry", "/api/v1/backends/:id/entries", {
    params: backend,
    query: { path: Schema.String },
    success: Answers.EntryAnswer.pipe(HttpApiSchema.status(201)),
    error
  }),
  removeEntry: Endpoint.delete("removeEntry", "/api/v1/backends/:id/entries", {
    params: backend,
    query: { path: Schema.String },
    success: HttpApiSchema.NoContent,
    error
  }),
  copyEntry: Endpoint.post("copyEntry", "/api/v1/backends/:id/copy", {
    params: backend,
    payload: FromTo,
    success: Answers.EntryAnswer.pipe(HttpApiSchema.status(201)),
    error
  }),
  moveEntry: Endpoint.post("moveEntry", "/api/v1/backends/:id/move", {
    params: backend,
    payload: FromTo,
    success: Answers.EntryAnswer.pipe(HttpApiSchema.status(201)),
    error
  }),
  linkEntry: Endpoint.post("linkEntry", "/api/v1/backends/:id/link", {
    params: backend,
    payload: LinkWanted,
    success: Answers.LinkAnswer,
    error
  }),
  createMount: Endpoint.post("createMount", "/api/v1/backends/:id/mounts", {
    params: backend,
    payload: MountWanted,
    success: Answers.MountAnswer.pipe(HttpApiSchema.status(201)),
    error
  }),
  mounts: Endpoint.get("mounts", "/api/v1/mounts", { success: Answers.MountsAnswer, error }),
  mount: Endpoint.get("mount", "/api/v1/mounts/:id", { params: mount, success: Answers.MountAnswer, error }),
  /** `deadline` is seconds for which what is pending may still be written; with `force` what is left is lost. */
  removeMount: Endpoint.delete("removeMount", "/api/v1/mounts/:id", {
    params: mount,
    query: { deadline: text, force: text },
    success: HttpApiSchema.NoContent,
    error
  }),
  getContent: Endpoint.get("getContent", "/api/v1/backends/:id/content", { ...content, success: bytes }),
  headContent: Endpoint.head("headContent", "/api/v1/backends/:id/content", {
    ...content,
    success: HttpApiSchema.NoContent
  }),
  putContent: Endpoint.put("putContent", "/api/v1/backends/:id/content", {
    ...content,
    success: Answers.EntryAnswer.pipe(HttpApiSchema.status(201))
  }),
  removeContent: Endpoint.delete("removeContent", "/api/v1/backends/:id/content", {
    ...content,
    success: HttpApiSchema.NoContent
  })
} as const

/** The name of a route. */
export type EndpointName = keyof typeof endpoints

/** The routes that need no token. */
export const open: ReadonlySet<EndpointName> = new Set(["health", "ready"])
