/**
 * Whom to trust, and TLS connections for protocols that are not HTTP.
 */
import * as Effect from "effect/Effect"
import type { Socket } from "node:net"
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls"
import type { StorageError } from "../StorageError.ts"
import type { TlsConnection } from "../Transport.ts"
import type { Connector } from "./connector.ts"
import { readBlocks } from "./readBlocks.ts"
import { transportError } from "./transportErrors.ts"

/** Node's own authorities and these (PEM); undefined is Node's own. */
export const trustAlso = (authorities: ReadonlyArray<string> = []): SecureContext | undefined =>
  authorities.length === 0 ? undefined : createSecureContext({ ca: [...rootCertificates, ...authorities] })

const send = (socket: Socket, host: string, bytes: Uint8Array) =>
  Effect.callback<void, StorageError>((resume) => {
    socket.write(bytes, (error) => resume(error ? Effect.fail(transportError(error, host)) : Effect.void))
  })

/** A connection in a Scope, through the same connector as HTTP. */
export const connectTls = (connect: Connector) =>
  Effect.fnUntraced(function* (host: string, port: number) {
    const socket = yield* Effect.acquireRelease(
      connect({ host, port, secure: true }),
      (opened) => Effect.sync(() => opened.destroy()),
      { interruptible: true }
    )
    return {
      read: readBlocks(socket, (error) => transportError(error, host)),
      write: (bytes) => send(socket, host, bytes)
    } satisfies TlsConnection
  })
