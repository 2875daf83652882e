/**
 * The only door to the network.
 *
 * Providers ask for one request and get one answer; everything that must hold for all of them lives behind this
 * interface: the egress policy on the address that is connected to, TLS, proxies, extra certificate authorities,
 * connect and idle deadlines, redirects only where they are asked for, tracing and redaction. The service is found by
 * its string key, so a plugin with its own copy of effect finds the host's. `UndiciTransport.ts` is the implementation;
 * tests may bring another.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { StorageError } from "./StorageError.ts"

/** Header names in lower case. */
export type Headers = Readonly<Record<string, string>>

/** A body that can be sent again from the start, so that a call with it may be retried. */
export interface ReplayableBody {
  readonly open: () => Stream.Stream<Uint8Array, StorageError>
  /** Bytes; sent as `content-length`. Without it the body is chunked. */
  readonly size?: number
}

/** A body that exists once; a call with it is tried once. */
export interface OneShotBody {
  readonly once: Stream.Stream<Uint8Array, StorageError>
  readonly size?: number
}

/** Bytes that are here, or a stream of them. */
export type RequestBody = Uint8Array | ReplayableBody | OneShotBody

/** One request; credentials are in it already. */
export interface HttpRequest {
  /** Scheme, host and port: `https://host:port`. */
  readonly origin: string
  /** Path and query, sent as it is: no dot segment is resolved and nothing is escaped. */
  readonly path: string
  readonly method: "GET" | "HEAD" | "PUT" | "POST" | "DELETE" | "PATCH"
  readonly headers?: Headers
  readonly body?: RequestBody
  /**
   * Fields that are sent after the body, such as a checksum; made once the body was read. The body is chunked, whatever
   * its size, and `headers` should name them in `trailer`. Such a request opens a connection of its own.
   */
  readonly trailers?: Effect.Effect<Headers, StorageError>
  /**
   * How many redirects may be followed; none if absent, and a redirect is an answer like any other. Never from https to
   * http, and to another origin only with headers that cannot be credentials. One that needs a body again which exists
   * once is not followed.
   */
  readonly redirects?: number
  /** How long the server may stay silent before the headers and between two blocks, in ms; the transport's if absent. */
  readonly idleTimeout?: number
}

/** One answer. */
export interface HttpResponse {
  readonly status: number
  /** Names in lower case; repeated headers are joined by `, `. */
  readonly headers: Headers
  /** Lives in the Scope of the request. Ends with an error if it is shorter or longer than announced. */
  readonly body: Stream.Stream<Uint8Array, StorageError>
}

/** A TLS connection for protocols that are not HTTP, under the same policy. */
export interface TlsConnection {
  readonly read: Stream.Stream<Uint8Array, StorageError>
  readonly write: (bytes: Uint8Array) => Effect.Effect<void, StorageError>
}

/** What sends requests and opens connections. */
export interface TransportShape {
  /**
   * Sends one request. The connection is given back or closed with the Scope; an interruption closes it at once, also
   * before the headers came. Any status is a success here. Fails with the code of the stage that failed: `dns_failed`,
   * `connect_refused`, `egress_denied`, `tls_*`, `timeout`, `provider_unavailable`; with `redirects` also with
   * `not_a_storage_endpoint`. Its span `Transport.request` ends with the headers.
   */
  readonly request: (request: HttpRequest) => Effect.Effect<HttpResponse, StorageError, Scope.Scope>
  /** Opens a TLS connection in a Scope. Fails as `request` does. */
  readonly connectTls: (host: string, port: number) => Effect.Effect<TlsConnection, StorageError, Scope.Scope>
}

/** The service. */
export class Transport extends Context.Service<Transport, TransportShape>()("@mooring/core/Transport") {}

/** Reads a body whole. Fails with `integrity_error` if it is larger than `limit` bytes. */
export const collectBytes = (
  body: Stream.Stream<Uint8Array, StorageError>,
  limit: number
): Effect.Effect<Uint8Array, StorageError> =>
  Effect.suspend(() => {
    const blocks: Array<Uint8Array> = []
    let size = 0
    return Effect.map(
      Stream.runForEach(body, (block) => {
        size += block.byteLength
        if (size > limit) {
          return Effect.fail(StorageError.of("integrity_error", `the answer is larger than ${limit} bytes`))
        }
        blocks.push(block)
        return Effect.void
      }),
      () => (blocks.length === 1 ? (blocks[0] as Uint8Array) : Buffer.concat(blocks, size))
    )
  })

/** Bytes of a refusal that are looked at. */
const maxBeginning = 64 * 1024

/** What there is of the body of a refusal, up to 64 KiB: it may never end, or break off. */
export const beginningOf = (body: HttpResponse["body"]): Effect.Effect<Uint8Array> =>
  Effect.suspend(() => {
    const blocks: Array<Uint8Array> = []
    let size = 0
    const reading = Stream.runForEachWhile(body, (block) =>
      Effect.sync(() => {
        blocks.push(block)
        size += block.byteLength
        return size < maxBeginning
      })
    )
    return Effect.map(Effect.ignore(reading), () => Buffer.concat(blocks).subarray(0, maxBeginning))
  })
