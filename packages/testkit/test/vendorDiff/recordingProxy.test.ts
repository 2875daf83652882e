import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { request as send } from "node:http"
import { connect } from "node:net"
import { buffer, text } from "node:stream/consumers"
import { rawServer } from "../../src/faults/index.ts"
import { recordingProxy, runProgram, type Injected } from "../../src/vendorDiff/index.ts"

const portOf = (origin: string) => Number(new URL(origin).port)
const operationOf = ({ method, path }: { readonly method: string; readonly path: string }) =>
  `${method} ${path.split("/")[1]?.split("?")[0]}`

/** A server that counts, and says where it is. */
const counting = Effect.gen(function* () {
  const seen: Array<string> = []
  const origin: string = yield* rawServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    const at = `http://localhost:${portOf(origin)}/next`
    if (request.url === "/json") {
      response.writeHead(200, { "content-type": "application/json", location: at }).end(JSON.stringify({ at }))
    } else
      response.writeHead(200, "Fine", { "content-type": "text/plain", "x-seen": request.rawHeaders.join() }).end(at)
  })
  return { port: portOf(origin), seen }
})

interface Asked {
  readonly method?: string
  readonly path?: string
  readonly headers?: ReadonlyArray<string>
  readonly body?: string
}

const ask = (port: number, { method = "GET", path = "/", headers = [], body = "" }: Asked = {}) =>
  Effect.callback<{ readonly status: number; readonly headers: NodeJS.Dict<unknown>; readonly body: string }, Error>(
    (resume) => {
      const all = ["Host", `127.0.0.1:${port}`, "Connection", "close", ...headers]
      const asked = send({ host: "127.0.0.1", port, method, path, headers: all, agent: false }, (answer) => {
        text(answer).then(
          (said) => resume(Effect.succeed({ status: answer.statusCode ?? 0, headers: answer.headers, body: said })),
          (error: Error) => resume(Effect.fail(error))
        )
      })
      asked.on("error", (error) => resume(Effect.fail(error)))
      asked.end(body)
    }
  )

describe("recordingProxy", () => {
  it.live("sends on and writes down target, headers and body as they came", () =>
    Effect.gen(function* () {
      const { port, seen } = yield* counting
      const proxy = yield* recordingProxy({ target: port, operationOf })
      const path = "/a%2fb//c?x=%7E&y&z=+"
      const headers = ["X-Twice", "one", "x-twice", "two", "Content-Length", "4"]
      const answer = yield* ask(proxy.port, { method: "PUT", path, headers, body: "text" })
      assert.deepStrictEqual(seen, [`PUT ${path}`])
      assert.include(String(answer.headers["x-seen"]), "X-Twice,one,x-twice,two,Content-Length,4")
      assert.include(String(answer.headers["x-seen"]), `Host,127.0.0.1:${proxy.port}`)
      const [request] = proxy.requests()
      assert.deepStrictEqual(
        { ...request, body: request?.body?.toString() },
        {
          operation: "PUT a%2fb",
          method: "PUT",
          path,
          headers: {
            host: `127.0.0.1:${proxy.port}`,
            connection: "close",
            "x-twice": "one, two",
            "content-length": "4"
          },
          body: "text"
        }
      )
    })
  )

  it.live("takes chunked bodies with trailers, and answers without bodies", () =>
    Effect.gen(function* () {
      const origin = yield* rawServer((request, response) => {
        response.writeHead(request.method === "HEAD" ? 200 : 204, { "x-trailer": String(request.trailers["x-sum"]) })
        response.end()
      })
      const proxy = yield* recordingProxy({ target: portOf(origin), operationOf })
      const raw = `PUT /a HTTP/1.1\r\nhost: x\r\nconnection: close\r\ntransfer-encoding: chunked\r\ntrailer: x-sum\r\n\r\n`
      const socket = connect(proxy.port, "127.0.0.1")
      socket.write(`${raw}4\r\ntext\r\n0\r\nx-sum: 7\r\n\r\n`)
      const answer = yield* Effect.promise(() => buffer(socket))
      assert.match(answer.toString(), /^HTTP\/1\.1 204 /)
      assert.include(answer.toString(), "x-trailer: 7")
      assert.strictEqual((yield* ask(proxy.port, { method: "HEAD" })).status, 200)
      assert.deepStrictEqual(
        proxy.requests().map(({ method, body }) => [method, body?.toString()]),
        [
          ["PUT", "text"],
          ["HEAD", ""]
        ]
      )
    })
  )

  it.live("leads addresses of the server in headers and JSON through itself, and changes nothing else", () =>
    Effect.gen(function* () {
      const { port } = yield* counting
      const proxy = yield* recordingProxy({ target: port, operationOf })
      const json = yield* ask(proxy.port, { path: "/json" })
      const led = `http://localhost:${proxy.port}/next`
      assert.deepStrictEqual([json.headers["location"], JSON.parse(json.body)], [led, { at: led }])
      assert.strictEqual((yield* ask(proxy.port)).body, `http://localhost:${port}/next`)
    })
  )

  it.live("fails the next requests of an operation as it is told, and no other", () =>
    Effect.gen(function* () {
      const { port, seen } = yield* counting
      const injected: ReadonlyArray<Injected> = [
        { status: 503, headers: { "retry-after": "0" }, body: "busy" },
        "drop",
        "apply-then-drop"
      ]
      const proxy = yield* recordingProxy({ target: port, operationOf, failing: { operation: "GET bad", injected } })
      const bad = ask(proxy.port, { path: "/bad" })
      assert.strictEqual((yield* ask(proxy.port, { path: "/good" })).status, 200)
      const { status, headers, body } = yield* bad
      assert.deepStrictEqual([status, headers["retry-after"], body], [503, "0", "busy"])
      assert.deepStrictEqual(seen, ["GET /good"])
      assert.strictEqual((yield* Effect.exit(bad))._tag, "Failure")
      assert.deepStrictEqual(seen, ["GET /good"], "dropped before it was carried out")
      assert.strictEqual((yield* Effect.exit(bad))._tag, "Failure")
      assert.deepStrictEqual(seen, ["GET /good", "GET /bad"], "dropped after it was carried out")
      assert.strictEqual((yield* bad).status, 200)
      assert.strictEqual(proxy.requests().length, 5)
    })
  )

  it.live("cuts the connection where the server is not there", () =>
    Effect.gen(function* () {
      const proxy = yield* recordingProxy({ target: 1, operationOf })
      assert.strictEqual((yield* Effect.exit(ask(proxy.port)))._tag, "Failure")
      assert.strictEqual(proxy.requests().length, 1)
    })
  )
})

describe("runProgram", () => {
  it.live("gives what a program prints, or what it says when it fails", () =>
    Effect.gen(function* () {
      const run = (script: string) => runProgram(process.execPath, ["-e", script], { env: { WORD: "word" } })
      assert.strictEqual((yield* run("process.stdout.write(process.env.WORD)")).toString(), "word")
      const error = yield* Effect.flip(run("process.stderr.write('no'); process.exitCode = 1"))
      assert.include(error.message, "no")
    })
  )

  it.live("ends a program that takes too long", () =>
    Effect.gen(function* () {
      const hanging = runProgram(process.execPath, ["-e", "setInterval(() => 0, 1000)"], { timeout: 300 })
      assert.strictEqual((yield* Effect.exit(hanging))._tag, "Failure")
    })
  )
})
