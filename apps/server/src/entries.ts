/**
 * What a backend holds: listed, made, removed, copied, moved, and linked to.
 */
import type { ObjectInfo } from "@mooring/core/ObjectInfo"
import type { ObjectStore, WriteOptions } from "@mooring/core/ObjectStore"
import { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import { Backends } from "@mooring/host"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { bodyFields } from "./bodyFields.ts"
import { entryJson } from "./json.ts"
import { countQuery, flagQuery, parameter, pathQuery, query } from "./requestQuery.ts"

const data = (value: unknown, status = 200) => HttpServerResponse.jsonUnsafe({ success: true, data: value }, { status })

const store = Effect.gen(function* () {
  const { open } = yield* Backends
  return yield* open(yield* parameter("id"))
})

/** A path of a body; `name` is the member that holds it. */
const pathOf = (name: string, text: string) =>
  Effect.mapError(Effect.fromResult(Path.fromText(text)), (error) => StorageError.with(error, { pointer: `#/${name}` }))

const unable = (what: string) => StorageError.of("unsupported", `this provider cannot ${what}`)

/** GET: one page. */
export const entries = Effect.gen(function* () {
  const { listPage } = yield* store
  const [limit, cursor] = [yield* countQuery("limit", 100_000), yield* query("cursor")]
  const page = yield* listPage(yield* pathQuery("path"), {
    recursive: yield* flagQuery("recursive"),
    ...(limit !== undefined && { limit }),
    ...(cursor !== undefined && { cursor })
  })
  return data({ ...page, entries: page.entries.map(entryJson) })
})

const isContainer = ({ limits }: ObjectStore, path: Path): boolean => limits.containers && path.length === 1

/** POST: makes a container or directory. */
export const createEntry = Effect.gen(function* () {
  const [target, path] = [yield* store, yield* pathQuery("path")]
  const create = isContainer(target, path) ? target.createContainer : target.createDirectory
  if (create === undefined) return yield* unable(isContainer(target, path) ? "make containers" : "make directories")
  yield* create(path)
  return data(entryJson({ kind: isContainer(target, path) ? "container" : "directory", path }), 201)
})

/** DELETE: removes an empty container or directory. */
export const removeEntry = Effect.gen(function* () {
  const [target, path] = [yield* store, yield* pathQuery("path")]
  const remove = isContainer(target, path) ? target.removeContainer : target.removeDirectory
  if (remove === undefined) return yield* unable(isContainer(target, path) ? "remove containers" : "remove directories")
  yield* remove(path)
  return HttpServerResponse.empty()
})

/** What the store can keep of what it says of an object. */
const kept = (
  { limits: { stores } }: ObjectStore,
  { size, modified, contentType, metadata }: ObjectInfo
): WriteOptions => ({
  ...(size !== undefined && { size }),
  ...(modified !== undefined && stores.includes("modified") && { modified }),
  ...(contentType !== undefined && stores.includes("contentType") && { contentType }),
  ...(metadata !== undefined && stores.includes("metadata") && { metadata })
})

/** At the provider where it can, else through this process. */
const copied = (target: ObjectStore, from: Path, to: Path) =>
  target.copy?.(from, to) ??
  Effect.scoped(Effect.flatMap(target.read(from), ({ info, body }) => target.write(to, body, kept(target, info))))

const fromTo = Effect.gen(function* () {
  const body = yield* bodyFields({ from: "text", to: "text" })
  return { target: yield* store, from: yield* pathOf("from", body.from), to: yield* pathOf("to", body.to) }
})

/** POST: copies an object. */
export const copyEntry = Effect.gen(function* () {
  const { target, from, to } = yield* fromTo
  return data(entryJson(yield* copied(target, from, to)), 201)
})

/** POST: moves an object; where the provider has no such step, the source is removed once its copy is there. */
export const moveEntry = Effect.gen(function* () {
  const { target, from, to } = yield* fromTo
  if (target.move !== undefined) return data(entryJson(yield* target.move(from, to)), 201)
  const info = yield* copied(target, from, to)
  if (!Path.equals(from, to)) yield* target.remove(from)
  return data(entryJson(info), 201)
})

const anHour = 3600

/** POST: a link that carries its own right for some seconds, or the lasting address of a public object. */
export const linkEntry = Effect.gen(function* () {
  const body = yield* bodyFields({ path: "text", "method?": "text", "expires_in?": "number", "public?": "flag" })
  const [target, path] = [yield* store, yield* pathOf("path", body.path)]
  if (body.public === true) {
    if (target.publicLink === undefined) return yield* unable("give public links")
    return data({ url: yield* target.publicLink(path) })
  }
  const { method = "GET" } = body
  if (method !== "GET" && method !== "PUT") {
    return yield* StorageError.of("invalid_value", "method must be GET or PUT", { pointer: "#/method" })
  }
  if (target.presign === undefined) return yield* unable("give links")
  const link = yield* target.presign(path, method, body.expires_in ?? anHour)
  return data({
    url: link.url,
    method: link.method,
    headers: link.headers,
    expires: DateTime.formatIso(DateTime.makeUnsafe(Math.floor(link.expires)))
  })
})
