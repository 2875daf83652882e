/**
 * Requests with trailers (RFC 9112, section 7.1.2), which undici cannot send: through node:http, over the connections of
 * the same connector. Each has a connection of its own, which ends with it.
 */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { request as open, type ClientRequest, type IncomingMessage } from "node:http"
import type { Socket } from "node:net"
import type { StorageError } from "../StorageError.ts"
import type { Headers, HttpRequest, HttpResponse } from "../Transport.ts"
import type { Connector } from "./connector.ts"
import { readBlocks } from "./readBlocks.ts"
import { blocksOf } from "./requestBody.ts"
import type { RequestTarget } from "./requestTarget.ts"
import { transportError } from "./transportErrors.ts"

/** Bytes that are handed to the socket at a time, and that a server must take within the idle time. */
const piece = 64 * 1024

const ignore = () => {}

const headersOf = ({ headers = {} }: HttpRequest, { authority }: RequestTarget): Headers => {
  // a length and trailers exclude each other
  const { "content-length": _, ...rest } = headers
  return { host: authority, ...rest, "transfer-encoding": "chunked", connection: "close" }
}

/** One write; done when the socket has taken the bytes. A socket that breaks is told by the events of the call. */
const write = (call: ClientRequest, bytes: Uint8Array) =>
  Effect.callback<void>((resume) => {
    call.write(bytes, (error) => {
      if (error == null) resume(Effect.void)
    })
  })

const piecesOf = (bytes: Uint8Array) =>
  Array.from({ length: Math.ceil(bytes.byteLength / piece) }, (_, index) =>
    bytes.subarray(index * piece, (index + 1) * piece)
  )

const received = (answer: IncomingMessage): Headers =>
  Object.fromEntries(
    Object.entries(answer.headersDistinct).map(([name, values = []]) => [name, values.join(", ")] as const)
  )

/** Sends one request with trailers. Fails as `TransportShape.request` does, and as its body and its trailers do. */
export const makeTrailersRequest = (connector: Connector, usualIdleTimeout: number) =>
  Effect.fnUntraced(function* (request: HttpRequest, target: RequestTarget) {
    const { method, path, body, trailers = Effect.succeed({}), idleTimeout: duration = usualIdleTimeout } = request
    const explain = (error: unknown) => transportError(error, target.host)
    const silent = (code: "UND_ERR_HEADERS_TIMEOUT" | "UND_ERR_BODY_TIMEOUT") => explain({ code })
    const answered = yield* Deferred.make<IncomingMessage, StorageError>()

    /** A step that fails the call if the server takes too long for it without having answered. */
    const silence = Effect.andThen(Effect.sleep(duration), Deferred.fail(answered, silent("UND_ERR_HEADERS_TIMEOUT")))
    const inTime = (step: Effect.Effect<void>) => Effect.raceFirst(step, Effect.andThen(silence, Effect.never))

    const socket = yield* Effect.acquireRelease(
      connector(target, ["http/1.1"]),
      (it: Socket) => Effect.sync(() => it.destroy()),
      { interruptible: true }
    )
    const close = () => void socket.destroy()
    const call = yield* Effect.try({
      try: () =>
        open({ method, path, headers: headersOf(request, target), createConnection: () => socket })
          .on("error", (error) => Deferred.doneUnsafe(answered, Effect.fail(explain(error))))
          .on("response", (answer) => Deferred.doneUnsafe(answered, Effect.succeed(answer.on("error", ignore)))),
      catch: explain
    })

    const upload = Effect.gen(function* () {
      yield* Stream.runForEach(blocksOf(body), (block) =>
        Effect.forEach(piecesOf(block), (bytes) => inTime(write(call, bytes)), { discard: true })
      )
      const fields = yield* trailers
      yield* Effect.try({ try: () => call.addTrailers(fields), catch: explain })
      call.end()
      yield* inTime(Effect.never)
    })
    // the answer may come before the body has gone out; a body that fails then ends it with its own error
    let failed: StorageError | undefined
    yield* upload.pipe(
      Effect.tapError((error) => Effect.sync(() => (failed = error))),
      Effect.onError((cause) => Effect.andThen(Deferred.failCause(answered, cause), Effect.sync(close))),
      Effect.ignoreCause,
      Effect.forkScoped
    )

    const answer = yield* Deferred.await(answered)
    return {
      status: answer.statusCode ?? 0,
      headers: received(answer),
      body: readBlocks(answer, (error) => failed ?? explain(error)).pipe(
        Stream.timeoutOrElse({ duration, orElse: () => Stream.fail(silent("UND_ERR_BODY_TIMEOUT")) })
      )
    } satisfies HttpResponse
  })
