/** Servers on loopback that live in a Scope, and what the tests of the transport ask of it. */
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Stream from "effect/Stream"
import { readFileSync } from "node:fs"
import * as http from "node:http"
import * as https from "node:https"
import * as net from "node:net"
import { local } from "../../src/EgressPolicy.ts"
import type { ErrorCode } from "../../src/errorCodes.ts"
import { StorageError } from "../../src/StorageError.ts"
import { Transport, type HttpRequest, type HttpResponse } from "../../src/Transport.ts"
import { layer, type UndiciTransportOptions } from "../../src/UndiciTransport.ts"

/** The text of a file under certificates/. */
export const pem = (name: string) => readFileSync(new URL(`./certificates/${name}.pem`, import.meta.url), "utf8")

/** A listening server and what happened to it so far. */
export interface Running {
  readonly port: number
  /** All connections that were accepted. */
  readonly sockets: ReadonlyArray<net.Socket>
}

const running = (server: net.Server) =>
  Effect.acquireRelease(
    Effect.callback<{ readonly port: number; readonly sockets: Array<net.Socket> }>((resume) => {
      const sockets: Array<net.Socket> = []
      server.on("connection", (socket: net.Socket) => sockets.push(socket.on("error", () => {})))
      server.listen(0, "127.0.0.1", () =>
        resume(Effect.succeed({ port: (server.address() as net.AddressInfo).port, sockets }))
      )
    }),
    ({ sockets }) =>
      Effect.sync(() => {
        server.close()
        for (const socket of sockets) socket.destroy()
      })
  )

/** A port at which nothing listens, nor comes to listen within the Scope: an open connection has it. */
export const closedPort = Effect.gen(function* () {
  const server = yield* running(net.createServer())
  const socket = yield* Effect.acquireRelease(
    Effect.callback<net.Socket>((resume) => {
      const opened = net.connect(server.port, "127.0.0.1", () => resume(Effect.succeed(opened)))
    }),
    (opened) => Effect.sync(() => opened.destroy())
  )
  return socket.localPort as number
})

export const serveHttp = (answer: http.RequestListener) =>
  running(http.createServer({ keepAliveTimeout: 60_000 }, answer))

export const serveTcp = (talk: (socket: net.Socket) => void) => running(net.createServer(talk))

export const serveHttps = (certificate: string, answer: http.RequestListener) =>
  running(https.createServer({ cert: pem(certificate), key: pem(`${certificate}.key`) }, answer))

/** Answers every connection with these bytes, once the request's first bytes are here, and then does `after`. */
export const serveBytes = (bytes: string, after: (socket: net.Socket) => void = () => {}) =>
  serveTcp((socket) => socket.once("data", () => socket.write(bytes, () => after(socket))))

/** Runs with a transport of its own. */
export const withTransport = <A, E, R>(
  effect: Effect.Effect<A, E, R | Transport>,
  options: Partial<UndiciTransportOptions> = {}
) => Effect.provide(effect, layer({ policy: local, ...options }))

export const send = (request: Partial<HttpRequest> & { readonly origin: string }) =>
  Effect.flatMap(Transport, (transport) => transport.request({ method: "GET", path: "/", ...request }))

export const at = ({ port }: Running, scheme = "http", host = "127.0.0.1") => `${scheme}://${host}:${port}`

export const textOf = ({ body }: HttpResponse) => Stream.mkString(Stream.decodeText(body))

/** Sends, reads the whole answer, and answers its text. */
export const exchange = (request: Partial<HttpRequest> & { readonly origin: string }) =>
  Effect.scoped(Effect.flatMap(send(request), textOf))

/** The error of an effect that must fail with this code. */
export const failsWith = <A, R>(code: ErrorCode, effect: Effect.Effect<A, StorageError, R>) =>
  Effect.map(Effect.flip(effect), (error) => {
    assert.isTrue(StorageError.is(error))
    assert.strictEqual(error.reason._tag, code, error.message)
    assert.isUndefined(error.cause)
    return error.reason
  })

/** Waits until something holds; the test's own time limit ends it. */
export const eventually = (holds: () => boolean): Effect.Effect<void> =>
  Effect.suspend(() => (holds() ? Effect.void : Effect.andThen(Effect.sleep(5), eventually(holds))))

/** Fails unless the effect ends within so many milliseconds; answers how it ended. */
export const within = <A, E, R>(millis: number, effect: Effect.Effect<A, E, R>) =>
  Effect.timeoutOrElse(Effect.exit(effect), {
    duration: millis,
    orElse: () => Effect.succeed(Exit.die(`not done within ${millis} ms`) as Exit.Exit<A, E>)
  })
