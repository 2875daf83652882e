/**
 * Servers that live in a Scope: one that does not speak HTTP, those that speak TLS before another.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { createServer as createHttpsServer } from "node:https"
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net"
import { createServer as createTlsServer, type TlsOptions } from "node:tls"
import { bodyOf, forward, pass, readdressed } from "../faults/forward.ts"
import type { Issued } from "./certificates.ts"

const listening = <S extends Server>(server: S): Effect.Effect<number, never, Scope.Scope> => {
  const sockets = new Set<Socket>()
  server.on("connection", (socket: Socket) => {
    sockets.add(socket.on("error", () => undefined).on("close", () => sockets.delete(socket)))
  })
  return Effect.acquireRelease(
    Effect.callback<number>((resume) => {
      server.listen(0, "127.0.0.1", () => resume(Effect.succeed((server.address() as AddressInfo).port)))
    }),
    () =>
      Effect.sync(() => {
        server.close()
        for (const socket of sockets) socket.destroy()
      })
  )
}

/** Joins a connection with a new one to this port of loopback; the end of one is that of the other. */
export const relayTo = (target: number, socket: Socket): Socket => {
  const behind = connect(target, "127.0.0.1")
  behind.on("error", () => socket.destroy()).on("close", () => socket.destroy())
  socket.on("error", () => behind.destroy()).on("close", () => behind.destroy())
  socket.pipe(behind).pipe(socket)
  return behind
}

/** The port of a server that does with each connection what the case says. */
export const talking = (talk: (socket: Socket) => void): Effect.Effect<number, never, Scope.Scope> =>
  listening(createServer(talk))

/** The port of a server of TLS before one at the port `target`: what it decrypts goes there. */
export const encrypting = (
  issued: Issued,
  target: number,
  options: TlsOptions = {}
): Effect.Effect<number, never, Scope.Scope> => {
  const server = createTlsServer({ cert: issued.certificate, key: issued.key, ...options }, (socket) => {
    relayTo(target, socket)
  })
  server.on("tlsClientError", () => undefined)
  return listening(server)
}

/**
 * The port of a service of HTTPS before one at the port `target`, as a real service has one: the addresses of itself
 * that it answers are those of `https://localhost`.
 */
export const securing = (issued: Issued, target: number): Effect.Effect<number, never, Scope.Scope> => {
  const server = createHttpsServer({ cert: issued.certificate, key: issued.key }, (request, response) => {
    const { port } = server.address() as AddressInfo
    const own = new RegExp(`http://(127\\.0\\.0\\.1|localhost):(${target}|${port})\\b`, "g")
    const led = (text: string) => text.replaceAll(own, `https://localhost:${port}`)
    const passing = Effect.gen(function* () {
      pass(readdressed(yield* forward(target, request, yield* bodyOf(request)), led), response)
    })
    Effect.runFork(Effect.catch(passing, () => Effect.sync(() => void request.socket.destroy())))
  })
  return listening(server)
}
