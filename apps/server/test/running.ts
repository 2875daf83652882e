import { Options, ProviderPlugin, StorageError } from "@mooring/core"
import { runStage } from "@mooring/core/ConnectionTest"
import { Host, Tokens, type MountDriver, type PluginEntry } from "@mooring/host"
import { Local } from "@mooring/provider-local"
import { flat, memoryStore } from "@mooring/testkit/memory"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpServer from "effect/http/HttpServer"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs"
import { request as httpRequest } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { serveWith } from "../src/serve.ts"

const sample = ProviderPlugin.make({
  id: "sample",
  backendType: "sample",
  title: "Sample",
  description: "For tests",
  config: Schema.Struct({
    endpoint: Options.text({ help: "Where.", required: true, danger: "url" }),
    key: Options.secret("key", { help: "The key.", required: true, credential: true }),
    file: Options.text({ help: "A file.", danger: "server-file" }),
    parts: Options.integer({ help: "Parts.", default: 4, minimum: 1, maximum: 16 })
  }),
  normalize: (options) => Result.succeed(options),
  testConnection: ({ key }) => {
    const failure = StorageError.of("auth_invalid", "the key is not valid", { pointer: "#/key", requestId: "R1" })
    const result = Redacted.value(key).includes("wrong") ? Effect.fail(failure) : Effect.void
    return Effect.map(runStage("authenticate", result), ({ stage }) => [stage])
  },
  open: () => Effect.sync(() => memoryStore(flat))
})

const plugins: ReadonlyArray<PluginEntry> = [
  { packageName: "@mooring/provider-local", id: "local", plugin: Local },
  { packageName: "@mooring/provider-sample", id: "sample", plugin: sample }
]

/** One answer. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  readonly bytes: Buffer
  readonly json: any
}

/** What a request is made of; `path` is sent as it is. */
export interface Sent {
  readonly headers?: Record<string, string | Array<string>>
  readonly body?: unknown
  readonly token?: string | undefined
}

/** What a server is started with. */
export interface Started {
  /** Whether the folder `mounts` beside the state is its folder for mounts. */
  readonly mountRoot?: boolean
  readonly driver?: Layer.Layer<MountDriver>
}

/** A server on a free port with a state of its own, and a way to ask it. */
export const running = Effect.fnUntraced(function* (
  policy: "local" | "multi-tenant" = "local",
  { mountRoot = false, driver }: Started = {}
) {
  const folder = yield* Effect.acquireRelease(
    Effect.sync(() => realpathSync(mkdtempSync(join(tmpdir(), "mooring-")))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
  )
  const [state, root, mounts] = [join(folder, "state"), join(folder, "root"), join(folder, "mounts")]
  mkdirSync(root)
  mkdirSync(mounts)
  const first = Effect.provide(
    Effect.flatMap(Tokens, (tokens) => tokens.first),
    Host.layer({ state, policy, plugins })
  )
  const token = Redacted.value((yield* first) as Redacted.Redacted<string>)
  const config = { state, host: "127.0.0.1", port: 0, policy, env: {}, ...(mountRoot && { mountRoot: mounts }) }
  const context = yield* Layer.build(serveWith(config, plugins, driver))
  const url = new URL(HttpServer.formatAddress(Context.get(context, HttpServer.HttpServer).address))
  const send = (method: string, path: string, sent: Sent = {}) =>
    Effect.callback<Answer>((resume) => {
      const body =
        sent.body === undefined || Buffer.isBuffer(sent.body) || typeof sent.body === "string"
          ? sent.body
          : JSON.stringify(sent.body)
      const authorization = "token" in sent ? sent.token : `Bearer ${token}`
      const headers = {
        ...(authorization !== undefined && { authorization }),
        ...(sent.body !== undefined && { "content-type": "application/json" }),
        ...sent.headers
      }
      const request = httpRequest(
        { host: "127.0.0.1", port: url.port, method, path, headers, agent: false },
        (response) => {
          const blocks: Array<Buffer> = []
          response.on("data", (block: Buffer) => blocks.push(block))
          response.on("end", () => {
            const bytes = Buffer.concat(blocks)
            const isJson = response.headers["content-type"] === "application/json"
            resume(
              Effect.succeed({
                status: response.statusCode ?? 0,
                headers: response.headers,
                bytes,
                json: isJson && bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined
              })
            )
          })
        }
      )
      request.on("error", (error) => resume(Effect.die(error)))
      request.end(body as string | undefined)
    })
  return { url, state, root, mounts, token, send }
})
