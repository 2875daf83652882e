/**
 * One handler for each route of the contract, except those of bytes: it reads the request, calls the host, shows the
 * answer.
 */
import { openApi, stageJson, type EndpointName } from "@mooring/contract"
import { failedStage } from "@mooring/core/ConnectionTest"
import { Backends, Providers, type BackendView } from "@mooring/host"
import * as Effect from "effect/Effect"
import { HttpServerRequest } from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import { getContent, headContent, putContent, removeContent } from "./content.ts"
import { copyEntry, createEntry, entries, linkEntry, moveEntry, removeEntry } from "./entries.ts"
import { backendJson, connectedJson, documented, providerJson } from "./json.ts"
import { jsonBody } from "./jsonBody.ts"
import { createMount, mount, mounts, removeMount } from "./mounts.ts"
import { parameter, pathQuery, query } from "./requestQuery.ts"
import { etagOf, ifMatchOf } from "./validators.ts"

const data = (value: unknown) => HttpServerResponse.jsonUnsafe({ success: true, data: value })
const health = Effect.succeed(HttpServerResponse.jsonUnsafe({ status: "ok" }))

const place = Effect.gen(function* () {
  return (yield* query("at")) === undefined ? {} : { at: yield* pathQuery("at") }
})

const ready = Effect.andThen(
  Effect.flatMap(Backends, ({ list }) => list),
  health
)

const openapi = Effect.map(Providers, ({ all }) => HttpServerResponse.jsonUnsafe(openApi(all.map(documented))))

const providers = Effect.map(Providers, ({ all }) => data(all.map(providerJson)))

const provider = Effect.gen(function* () {
  const { get } = yield* Providers
  return data(providerJson(yield* get(yield* parameter("provider"))))
})

const testProvider = Effect.gen(function* () {
  const backends = yield* Backends
  const name = yield* parameter("provider")
  const stages = yield* backends.test(name, yield* jsonBody, yield* place)
  const failed = failedStage(stages)
  const message = failed === undefined ? "The connection works" : (failed.detail ?? `the stage ${failed.stage} failed`)
  return HttpServerResponse.jsonUnsafe({
    success: failed === undefined,
    message,
    data: { stages: stages.map(stageJson) }
  })
})

const connect = Effect.gen(function* () {
  const backends = yield* Backends
  const name = yield* parameter("provider")
  const backend = yield* backends.connect(name, yield* jsonBody, yield* place)
  return HttpServerResponse.jsonUnsafe(connectedJson(backend), { status: 201 })
})

const backends = Effect.flatMap(Backends, ({ list }) => Effect.map(list, (all) => data(all.map(backendJson))))

/** A backend with its revision as entity tag, for `If-Match`. */
const shown = (view: BackendView) =>
  HttpServerResponse.setHeader(data(backendJson(view)), "etag", etagOf(String(view.revision)))

const backend = Effect.gen(function* () {
  const { get } = yield* Backends
  return shown(yield* get(yield* parameter("id")))
})

const changeBackend = Effect.gen(function* () {
  const { replace } = yield* Backends
  const id = yield* parameter("id")
  const { headers } = yield* HttpServerRequest
  const revision = yield* ifMatchOf(headers["if-match"])
  const changes = yield* jsonBody
  const condition = revision === undefined ? {} : { ifRevision: Number(revision) }
  return shown(yield* replace(id, changes as Record<string, unknown>, { ...(yield* place), ...condition }))
})

const removeBackend = Effect.gen(function* () {
  const { remove } = yield* Backends
  yield* remove(yield* parameter("id"))
  return HttpServerResponse.empty()
})

/** Name of a route to its handler. */
export const handlers = {
  health,
  ready,
  openapi,
  providers,
  provider,
  testProvider,
  connect,
  backends,
  backend,
  changeBackend,
  removeBackend,
  entries,
  createEntry,
  removeEntry,
  copyEntry,
  moveEntry,
  linkEntry,
  createMount,
  mounts,
  mount,
  removeMount,
  getContent,
  headContent,
  putContent,
  removeContent
} satisfies Record<EndpointName, unknown>
