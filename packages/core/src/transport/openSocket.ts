/**
 * Sockets as Effects: opened or failed with a StorageError, destroyed if the opening is interrupted.
 */
import * as Effect from "effect/Effect"
import { connect, isIP, type LookupFunction, type Socket } from "node:net"
import { connect as connectSecure, type SecureContext, type TLSSocket } from "node:tls"
import type { StorageError } from "../StorageError.ts"
import { transportError } from "./transportErrors.ts"

const keepAliveDelay = 60_000

const ignore = () => {}

/** Waits for a socket's first event of success. The socket keeps a listener, so a late error is never uncaught. */
const opened = <S extends Socket>(host: string, ready: string, open: () => S): Effect.Effect<S, StorageError> =>
  Effect.callback((resume) => {
    const socket = open().on("error", ignore)
    const failed = (error: unknown) => resume(Effect.fail(transportError(error, host)))
    const closed = () => failed({ code: "ECONNRESET" })
    socket.once("error", failed).once("close", closed)
    socket.once(ready, () => {
      socket.off("error", failed).off("close", closed)
      resume(Effect.succeed(socket))
    })
    return Effect.sync(() => {
      socket.destroy()
    })
  })

/** A lookup that knows one answer, so that node connects to nothing else. */
const pinned = (addresses: ReadonlyArray<string>): LookupFunction => {
  const answer = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_host, options, callback) => {
    if (options.all === true) callback(null, answer)
    else callback(null, answer[0]?.address ?? "", answer[0]?.family)
  }
}

/** Opens a TCP connection to one of these addresses, trying them in turn (RFC 8305). `host` names it in errors. */
export const openTcp = (host: string, port: number, addresses: ReadonlyArray<string>) =>
  opened(host, "connect", () =>
    connect({
      host,
      port,
      lookup: pinned(addresses),
      autoSelectFamily: true,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: keepAliveDelay
    })
  )

/** How a TLS handshake is made. */
export interface TlsOptions {
  /** Whom to trust; node's own list if absent. */
  readonly trust: SecureContext | undefined
  /** Application protocols to offer (RFC 7301). */
  readonly protocols?: ReadonlyArray<string>
}

/** Speaks TLS over an open socket, verified against `host`. A failure destroys the socket. */
export const openTls = (socket: Socket, host: string, { trust, protocols }: TlsOptions) =>
  opened<TLSSocket>(host, "secureConnect", () =>
    connectSecure({
      socket,
      host,
      servername: isIP(host) === 0 ? host : "",
      ...(trust === undefined ? {} : { secureContext: trust }),
      ...(protocols === undefined ? {} : { ALPNProtocols: [...protocols] })
    })
  ).pipe(Effect.onError(() => Effect.sync(() => socket.destroy())))
