import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { createServer, request } from "node:http"
import { connect, type AddressInfo } from "node:net"
import { makeFaultProxy, type FaultProxy } from "../../src/faults/index.ts"

const size = 200_000

/** A server that answers GET with bytes and PUT with how many it got. */
const server = Effect.map(
  Effect.acquireRelease(
    Effect.callback<ReturnType<typeof createServer>>((resume) => {
      const listener = createServer((incoming, answer) => {
        let got = 0
        incoming.on("data", (bytes: Buffer) => (got += bytes.length))
        incoming.on("end", () => answer.end(incoming.method === "PUT" ? String(got) : Buffer.alloc(size, 7)))
      }).listen(0, "127.0.0.1", () => resume(Effect.succeed(listener)))
    }),
    (listener) =>
      Effect.callback<void>((resume) => {
        listener.closeAllConnections()
        listener.close(() => resume(Effect.void))
      })
  ),
  (listener) => ({ host: "127.0.0.1", port: (listener.address() as AddressInfo).port })
)

interface Answer {
  readonly outcome: string
  readonly received: number
}

/** Milliseconds after which a test stops to wait for what must not come. */
const briefly = 500

/** One request: its status and length, or the error code that ended it; `SLOW` if nothing did in time. */
const send = (port: number, method = "GET", body?: Buffer, patience = 60_000) =>
  Effect.callback<Answer>((resume) => {
    let received = 0
    const done = (outcome: string) => resume(Effect.succeed({ outcome, received }))
    const call = request({ host: "127.0.0.1", port, method, agent: false }, (answer) => {
      answer.on("data", (bytes: Buffer) => (received += bytes.length))
      answer.on("end", () => done(answer.complete ? String(answer.statusCode) : "short"))
      answer.on("error", (error: NodeJS.ErrnoException) => done(error.code ?? "error"))
    })
    const deadline = setTimeout(() => call.destroy(Object.assign(new Error("slow"), { code: "SLOW" })), patience)
    call.on("close", () => clearTimeout(deadline))
    call.on("error", (error: NodeJS.ErrnoException) => done(error.code ?? "error"))
    call.end(body)
  })

/** Waits until so many connections are busy; the test's own time limit ends it. */
const busyIs = (proxy: FaultProxy, count: number): Effect.Effect<void> =>
  Effect.flatMap(proxy.busy, (busy) =>
    busy === count ? Effect.void : Effect.andThen(Effect.sleep(5), busyIs(proxy, count))
  )

describe("FaultProxy", () => {
  it.live("passes everything on while nothing is broken", () =>
    Effect.gen(function* () {
      const proxy = yield* makeFaultProxy(yield* server)
      assert.deepStrictEqual(yield* send(proxy.port), { outcome: "200", received: size })
      assert.strictEqual((yield* send(proxy.port, "PUT", Buffer.alloc(size))).outcome, "200")
      assert.strictEqual(yield* proxy.busy, 0)
    })
  )

  it.live("breaks what it is told to, and heals", () =>
    Effect.gen(function* () {
      const proxy = yield* makeFaultProxy(yield* server)
      const { port } = proxy
      yield* proxy.set({ kind: "unavailable", retryAfter: 1 })
      assert.strictEqual((yield* send(port)).outcome, "503")
      yield* proxy.set({ kind: "refuse" })
      assert.strictEqual((yield* send(port)).outcome, "ECONNRESET")
      yield* proxy.set({ kind: "blackHole" })
      assert.strictEqual((yield* send(port, "GET", undefined, briefly)).outcome, "SLOW")
      yield* proxy.set({ kind: "reset", after: 1000, side: "answer" })
      const reset = yield* send(port)
      assert.strictEqual(reset.outcome, "ECONNRESET")
      assert.isBelow(reset.received, size)
      yield* proxy.set({ kind: "reset", after: 1000, side: "request" })
      assert.include(["ECONNRESET", "EPIPE"], (yield* send(port, "PUT", Buffer.alloc(4 * size))).outcome)
      yield* proxy.set({ kind: "truncate", after: 1000 })
      const truncated = yield* send(port)
      assert.notStrictEqual(truncated.outcome, "200")
      assert.strictEqual(truncated.received, 1000)
      yield* proxy.set({ kind: "wrongLength", difference: 10 })
      assert.notStrictEqual((yield* send(port)).outcome, "200")
      yield* proxy.set({ kind: "trickle", interval: 20 })
      assert.strictEqual((yield* send(port, "GET", undefined, briefly)).received, 0)
      yield* proxy.set({ kind: "latency", delay: 100 })
      assert.strictEqual((yield* send(port, "PUT", Buffer.alloc(10))).outcome, "200")
      yield* proxy.set(undefined)
      assert.deepStrictEqual(yield* send(port), { outcome: "200", received: size })
    })
  )

  it.live("answers one of so many requests itself", () =>
    Effect.gen(function* () {
      const { port, set } = yield* makeFaultProxy(yield* server)
      yield* set({ kind: "unavailable", every: 3 })
      const sent = yield* Effect.forEach(Array.from({ length: 6 }), () => send(port))
      assert.deepStrictEqual(
        sent.map(({ outcome }) => outcome),
        ["200", "200", "503", "200", "200", "503"]
      )
    })
  )

  it.live("counts a request without answer as busy until its connection ends", () =>
    Effect.gen(function* () {
      const proxy = yield* makeFaultProxy(yield* server)
      yield* proxy.set({ kind: "latency", delay: 600_000 })
      const socket = connect({ host: "127.0.0.1", port: proxy.port })
      socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n")
      yield* busyIs(proxy, 1)
      socket.destroy()
      yield* busyIs(proxy, 0)
    })
  )
})
