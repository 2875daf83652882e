import { assert, describe, it } from "@effect/vitest"
import { Ambient } from "@mooring/core/Ambient"
import { local } from "@mooring/core/EgressPolicy"
import * as NodeAmbient from "@mooring/core/NodeAmbient"
import { Transport } from "@mooring/core/Transport"
import * as UndiciTransport from "@mooring/core/UndiciTransport"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import { spawnSync } from "node:child_process"
import * as fs from "node:fs"
import { open, readFile, rm } from "node:fs/promises"
import { createServer, request } from "node:http"
import { connect, type AddressInfo } from "node:net"
import { fileURLToPath } from "node:url"
import { openedBy } from "../../src/doors/watch.ts"

const own = fileURLToPath(import.meta.url)

/** A server that answers everything with nothing, and its port. */
const listening = Effect.acquireRelease(
  Effect.callback<ReturnType<typeof createServer>>((resume) => {
    const server = createServer((_, answer) => answer.end())
    server.listen(0, "127.0.0.1", () => resume(Effect.succeed(server)))
  }),
  (server) =>
    Effect.sync(() => {
      server.closeAllConnections()
      server.close()
    })
).pipe(Effect.map((server) => (server.address() as AddressInfo).port))

const kinds = (effect: Effect.Effect<unknown>) =>
  Effect.map(openedBy(effect), (openings) => openings.map(({ kind, call }) => `${kind} ${call}`))

describe("openedBy", () => {
  it.live("does not see what comes through core's doors", () =>
    Effect.gen(function* () {
      const port = yield* listening
      const through = Effect.gen(function* () {
        const { request } = yield* Transport
        const { status } = yield* request({ origin: `http://127.0.0.1:${port}`, path: "/", method: "GET" })
        const ambient = yield* Ambient
        yield* ambient.readFile(own)
        yield* ambient.run(process.execPath, ["--version"])
        return status
      }).pipe(
        Effect.scoped,
        Effect.provide(
          Layer.merge(UndiciTransport.layer({ policy: local }), NodeAmbient.layer({ env: {}, allow: "all" }))
        ),
        Effect.orDie,
        Effect.map((status) => assert.strictEqual(status, 200))
      )
      assert.deepStrictEqual(yield* openedBy(through), [])
    })
  )

  it.live("sees every other way, also later and by code of Node alone, and names the file", () =>
    Effect.gen(function* () {
      const port = yield* listening
      const url = `http://127.0.0.1:${port}/`
      const ask = Effect.callback<void>((resume) => {
        request(url, (answer) => answer.resume().on("end", () => resume(Effect.void))).end()
      })
      assert.deepStrictEqual(yield* kinds(ask), ["socket net.Socket.connect"])
      const fetched = Effect.promise(() => fetch(url).then((answer) => answer.text()))
      assert.deepStrictEqual(yield* kinds(fetched), ["socket net.Socket.connect"])
      const later = Effect.andThen(
        Effect.sleep(1),
        Effect.promise(() => readFile(own))
      )
      assert.deepStrictEqual(yield* kinds(later), ["file fs.promises.readFile"])
      const handle = Effect.promise(() => open(own).then((file) => file.close()))
      assert.deepStrictEqual(yield* kinds(handle), ["file fs.promises.open"])
      const removed = Effect.promise(() => rm(`${own}.none`, { force: true }))
      assert.deepStrictEqual(yield* kinds(removed), ["file fs.promises.rm"])
      const streamed = Effect.callback<void>((resume) => {
        fs.createReadStream(own)
          .resume()
          .on("close", () => resume(Effect.void))
      })
      assert.deepStrictEqual(yield* kinds(streamed), ["file fs.createReadStream"])
      const ran = Effect.sync(() => spawnSync(process.execPath, ["--version"]))
      assert.deepStrictEqual(yield* kinds(ran), ["process child_process.spawnSync"])
      const [opening] = yield* openedBy(Effect.sync(() => connect(port, "127.0.0.1").destroy()))
      assert.deepStrictEqual(opening, { kind: "socket", call: "net.Socket.connect", opener: own })
    })
  )

  it.live("sees nothing of other work in the process, and leaves Node as it was", () =>
    Effect.gen(function* () {
      const before = fs.readFileSync
      const [started, done] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
      const waiting = openedBy(Effect.andThen(Deferred.succeed(started, undefined), Deferred.await(done)))
      const watching = yield* Effect.forkChild(waiting)
      yield* Deferred.await(started)
      assert.notStrictEqual(fs.readFileSync, before)
      assert.isAbove(fs.readFileSync(own).length, 0)
      yield* Deferred.succeed(done, undefined)
      assert.deepStrictEqual(yield* Fiber.join(watching), [])
      assert.strictEqual(fs.readFileSync, before)
    })
  )
})
