/**
 * What crosses the plugin boundary: bundled with its own effect, it loads a plugin that brings another copy, and lets
 * values, bytes, an error, an interruption and a change of credentials cross. Argument: the folder with the plugin.
 */
import { Path } from "@mooring/core"
import { local } from "@mooring/core/EgressPolicy"
import { MemoryBudget } from "@mooring/core/MemoryBudget"
import { layer as ambientLayer } from "@mooring/core/NodeAmbient"
import { StorageError } from "@mooring/core/StorageError"
import { collectBytes } from "@mooring/core/Transport"
import { layer as transportLayer } from "@mooring/core/UndiciTransport"
import { loadPlugins } from "@mooring/host"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as assert from "node:assert/strict"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { fileURLToPath } from "node:url"

const folder = process.argv[2] as string
const passed = (what: string) => process.stdout.write(`crossed: ${what}\n`)

/** Two module instances: the plugin's own effect is not the one in this bundle. */
const pluginEffect = import.meta.resolve("effect/Effect", new URL(`file://${folder}/package.json`).href)

/** A server of one object that notes who asked, and never answers for `slow`. */
const objects = new Map<string, Buffer>()
const askers: Array<string> = []
const server = createServer((request, answer) => {
  askers.push(/Credential=([^/]+)/.exec(request.headers.authorization ?? "")?.[1] ?? "nobody")
  const name = request.url ?? ""
  const blocks: Array<Buffer> = []
  request.on("data", (block: Buffer) => blocks.push(block))
  request.on("end", () => {
    if (name.endsWith("/slow")) return
    if (request.method === "PUT") {
      objects.set(name, Buffer.concat(blocks))
      return void answer.end()
    }
    const body = objects.get(name)
    if (body === undefined) return void answer.writeHead(404).end()
    answer.writeHead(200, { "content-length": body.length }).end(request.method === "HEAD" ? undefined : body)
  })
})

const program = Effect.gen(function* () {
  const theirs = (yield* Effect.promise(() => import(fileURLToPath(pluginEffect)))) as typeof Effect
  assert.notEqual(theirs.succeed, Effect.succeed, "the plugin has an effect of its own")
  passed("two copies of effect are loaded")

  const entries = yield* loadPlugins([folder])
  const found = entries.find(({ id }) => id === "s3")
  assert.ok(found !== undefined && "plugin" in found, JSON.stringify(entries))
  const { port } = server.address() as AddressInfo
  const options = (access_key_id: string) => ({
    provider: "Other",
    endpoint: `http://127.0.0.1:${port}`,
    access_key_id,
    secret_access_key: "CANARY"
  })
  const prepared = found.plugin.prepare(options("first"))
  assert.ok(prepared.issues === undefined)
  assert.ok(!JSON.stringify(prepared).includes("CANARY"))
  const { store, replace } = yield* prepared.open
  passed("a plugin with a schema of its own was prepared and opened")

  const path = Path.of("bucket/a//b")
  yield* store.write(path, Stream.succeed(Buffer.from("bytes")), { size: 5 })
  const { body } = yield* store.read(path)
  assert.equal(Buffer.from(yield* collectBytes(body, 100)).toString(), "bytes")
  assert.ok([...objects.keys()].some((name) => name.endsWith("/bucket/a//b")))
  passed("bytes, both ways")

  const error = yield* Effect.flip(Effect.scoped(store.read(Path.of("bucket/none"))))
  assert.ok(StorageError.is(error))
  assert.equal(error.reason._tag, "not_found")
  const caught = yield* Effect.scoped(store.read(Path.of("bucket/none"))).pipe(
    Effect.as("read"),
    Effect.catchTag("StorageError", ({ reason }) => Effect.succeed(reason._tag))
  )
  assert.equal(caught, "not_found")
  passed("an error, by its tag")

  const closed = yield* Deferred.make<void>()
  server.once("request", (request) => request.socket.once("close", () => Deferred.doneUnsafe(closed, Effect.void)))
  const reader = yield* Effect.forkChild(Effect.scoped(store.read(Path.of("bucket/slow"))))
  yield* Effect.sleep(200)
  yield* Fiber.interrupt(reader)
  yield* Effect.timeout(Deferred.await(closed), 2000)
  passed("an interruption, down to the socket")

  assert.equal(yield* replace({ ...options("second"), provider: "Minio" }), false)
  assert.equal(yield* replace(options("second")), true)
  yield* Effect.scoped(store.read(path))
  assert.equal(askers.at(-1), "second")
  assert.equal(askers[0], "first")
  passed("new credentials, under the open store")
})

const environment = Layer.mergeAll(
  transportLayer({ policy: local }),
  ambientLayer({ env: {}, allow: "none" }),
  MemoryBudget.layer(64 * 1024 * 1024)
)

server.listen(0, "127.0.0.1", () => {
  const done = Effect.runPromise(Effect.scoped(Effect.provide(program, environment)))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  done.then(close, (error: unknown) => {
    process.stderr.write(`${String(error)}\n`)
    process.exitCode = 1
    close()
  })
})
