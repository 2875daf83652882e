/**
 * A plugin whose store is in this process and whose door is a port: as little as a connection test over an endpoint can
 * be, and honest in all that it says.
 */
import { Options, ProviderPlugin, StorageError, Transport, type ObjectStore } from "@mooring/core"
import type { TestOptions } from "@mooring/core/ConnectionTest"
import { addressAdvice, adviser, generalAdvice, type Advice } from "@mooring/core/connectionTest/advice"
import { runRemoteTest } from "@mooring/core/connectionTest/remoteTest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { blocks } from "../../src/bodies.ts"
import type { DoctorSubject, Otherwise } from "../../src/doctor/index.ts"
import { rawServer } from "../../src/faults/index.ts"
import { directories, memoryStore } from "../../src/memory/index.ts"

const key = "key-of-the-memory"

interface Settings {
  readonly origin: string
  readonly key: Redacted.Redacted<string>
}

const refusals: Partial<Record<number, StorageError>> = {
  429: StorageError.of("rate_limited", "asked too often", { status: 429 }),
  502: StorageError.of("provider_unavailable", "a gateway", { status: 502 }),
  503: StorageError.of("provider_unavailable", "a gateway", { status: 503, suggestion: "try again later" }),
  504: StorageError.of("timeout", "a gateway", { status: 504 })
}

const stranger = StorageError.of("not_a_storage_endpoint", "this is no memory", { status: 200 })
const wrongKey = StorageError.of("auth_invalid", "the key is not taken", { status: 401 })

const table: ReadonlyArray<Advice<Settings>> = [
  ...addressAdvice<Settings>("#/endpoint"),
  { codes: ["not_a_storage_endpoint"], pointer: "#/endpoint", suggestion: "the address of the memory" },
  { codes: ["auth_invalid"], pointer: "#/key", suggestion: "the key of this memory" },
  ...generalAdvice
]

/** Asks at the door whether the key is taken. */
const knock = Effect.fnUntraced(function* ({ origin, key }: Settings) {
  const transport = yield* Transport
  const headers = { authorization: Redacted.value(key) }
  const answer = yield* transport.request({ origin, path: "/", method: "GET", headers })
  yield* Stream.runDrain(answer.body)
  if (answer.headers["x-memory"] === undefined) return yield* refusals[answer.status] ?? stranger
  return answer.status === 401 ? yield* wrongKey : { accepted: true }
}, Effect.scoped)

const testOver = (store: ObjectStore) =>
  Effect.fnUntraced(function* (settings: Settings, options: TestOptions) {
    const transport = yield* Effect.context<Transport>()
    const late = () => Effect.fail(StorageError.of("timeout", "the answer does not end"))
    return yield* runRemoteTest(
      {
        container: "directory",
        authentication: { used: ["key"], ignored: [] },
        encrypted: settings.origin.startsWith("https:"),
        identify: Effect.provide(Effect.timeoutOrElse(knock(settings), { duration: 20_000, orElse: late }), transport),
        listPage: store.listPage,
        head: store.stat,
        reading: { read: store.read },
        writing: {
          put: (path, bytes) => Effect.as(store.write(path, blocks(bytes)), store.remove(path)),
          remover: "somebody who may"
        },
        advised: (error) => adviser(table)(settings, error)
      },
      options
    )
  })

/** A plugin over a store, which any endpoint opens. */
const pluginOver = (store: ObjectStore) =>
  ProviderPlugin.make({
    id: "memory",
    backendType: "memory",
    title: "Memory",
    description: "Objects in this process.",
    config: Schema.Struct({
      endpoint: Options.text({ help: "Where the door is.", required: true, danger: "url" }),
      key: Options.secret("key", { help: "What opens it.", required: true })
    }),
    normalize: ({ endpoint, key }): Result.Result<Settings, ReadonlyArray<ProviderPlugin.Issue>> => {
      const address = endpoint.includes("://") ? endpoint : `https://${endpoint}`
      const url = URL.parse(address)
      return url === null || url.username !== "" || url.origin !== address || !/^https?:$/.test(url.protocol)
        ? Result.fail([{ pointer: "#/endpoint", code: "invalid_value", detail: "must be an http or https origin" }])
        : Result.succeed({ origin: address, key })
    },
    testConnection: testOver(store),
    open: () => Effect.succeed(store)
  })

/** The plugin takes no second look at what the transport says. */
const otherwise: Readonly<Record<string, Otherwise>> = {
  "endpoint: the console instead of the API": { suggestion: "the memory" },
  "endpoint: the console, which has no such page": { suggestion: "the memory" },
  "network: localhost, which is another machine": { suggestion: "an address and port at which the service answers" },
  "tls: https where the service has none": { suggestion: "answers in TLS" },
  "tls: no scheme where the service has no TLS": { suggestion: "answers in TLS" },
  "tls: http where the service speaks TLS and breaks the connection": {
    suggestion: "an address and port at which the service answers"
  },
  "tls: http where the service speaks TLS and says so": {
    finding: "authenticate failed not_a_storage_endpoint #/endpoint",
    suggestion: "the memory"
  },
  "proxies: a web server that redirects to https": { suggestion: "the memory" }
}

/** A subject with a store of its own, in which there is one object. */
export const memorySubject = Effect.fnUntraced(function* () {
  const store = memoryStore(directories)
  yield* store.write(["place", "object"], blocks("text"))
  const inventory = Effect.orDie(
    Effect.map(store.listPage([], { recursive: true }), ({ entries }) => entries.map(({ path }) => path.join("/")))
  )
  const subject: DoctorSubject = {
    plugin: pluginOver(store),
    optionsFor: (endpoint) => ({ endpoint, key }),
    endpoint: "#/endpoint",
    api: "the memory",
    signsTime: false,
    service: Effect.map(
      rawServer((request, response) => {
        const status = request.headers.authorization === key ? 200 : 401
        response.writeHead(status, { "x-memory": "1" }).end()
      }),
      (origin) => ({ origin, at: ["place"], inventory })
    ),
    otherwise
  }
  return { ...subject, store }
})
