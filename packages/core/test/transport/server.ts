/**
 * Real servers on loopback for tests of the transport.
 */
import * as Effect from "effect/Effect"
import { createServer, type RequestListener, type Server } from "node:http"
import { createServer as createRawServer, type AddressInfo, type Socket } from "node:net"

const port = (server: { readonly address: () => unknown }) => (server.address() as AddressInfo).port

/** An HTTP server in a Scope, and how many connections it took. */
export const serve = (listener: RequestListener) =>
  Effect.acquireRelease(
    Effect.callback<{ readonly origin: string; readonly server: Server; readonly connections: () => number }>(
      (resume) => {
        let connections = 0
        const server = createServer(listener).on("connection", () => (connections += 1))
        server.listen(0, "127.0.0.1", () =>
          resume(Effect.succeed({ origin: `http://127.0.0.1:${port(server)}`, server, connections: () => connections }))
        )
      }
    ),
    ({ server }) =>
      Effect.callback<void>((resume) => {
        server.closeAllConnections()
        server.close(() => resume(Effect.void))
      })
  )

/** A server of bytes in a Scope. */
export const serveRaw = (listener: (socket: Socket) => void) =>
  Effect.acquireRelease(
    Effect.callback<{ readonly origin: string; readonly port: number; readonly close: () => void }>((resume) => {
      const sockets = new Set<Socket>()
      const server = createRawServer((socket) => {
        sockets.add(socket.on("error", () => undefined))
        listener(socket)
      })
      const close = () => {
        for (const socket of sockets) socket.destroy()
        server.close()
      }
      server.listen(0, "127.0.0.1", () =>
        resume(Effect.succeed({ origin: `http://127.0.0.1:${port(server)}`, port: port(server), close }))
      )
    }),
    ({ close }) => Effect.sync(close)
  )
