/**
 * A request body as what is sent: its blocks, and the form undici takes, which is bytes or an iterable that is pulled
 * when the socket has room.
 */
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Pull from "effect/Pull"
import * as Stream from "effect/Stream"
import { StorageError } from "../StorageError.ts"
import type { RequestBody } from "../Transport.ts"

type Bytes = Stream.Stream<Uint8Array, StorageError>

const nothing: Uint8Array = new Uint8Array(0)

/**
 * The same bytes if they are exactly `size`, else `integrity_error`. The block that completes the size is held back
 * until the source has ended, so a server never gets a whole body that is then found to be too long.
 */
const exactly = (source: Bytes, size: number): Bytes =>
  Stream.suspend(() => {
    let seen = 0
    let last = nothing
    const most = Stream.mapEffect(source, (block) => {
      seen += block.byteLength
      if (seen > size) {
        return Effect.fail(StorageError.of("integrity_error", `the body is longer than its size, ${size} bytes`))
      }
      if (seen < size || block.byteLength === 0) return Effect.succeed(block)
      last = block
      return Effect.succeed(nothing)
    })
    const rest = Stream.suspend((): Bytes =>
      seen === size
        ? Stream.succeed(last)
        : Stream.fail(StorageError.of("integrity_error", `the body ended after ${seen} of ${size} bytes`))
    )
    return Stream.concat(most, rest)
  })

/** A stream as an async iterable whose every pull ends with the Scope; its own error is thrown as it is. */
const iterate = Effect.fnUntraced(function* (source: Bytes) {
  const scope = yield* Effect.scope
  const run = Effect.runPromiseWith(yield* Effect.context<never>())
  const pull = yield* Stream.toPull(Stream.rechunk(source, 1))
  const step = Pull.matchEffect(pull, {
    onSuccess: ([value]) => Effect.succeed<IteratorResult<Uint8Array, undefined>>({ done: false, value }),
    onFailure: Effect.failCause,
    onDone: () => Effect.succeed<IteratorResult<Uint8Array, undefined>>({ done: true, value: undefined })
  })
  const next = () => run(Effect.flatMap(Effect.forkIn(step, scope), Fiber.join))
  return { [Symbol.asyncIterator]: () => ({ next }) }
})

/** The blocks of a body, exactly as many bytes as it announces where it does. */
export const blocksOf = (body: RequestBody | undefined): Bytes => {
  if (body === undefined) return Stream.empty
  if (body instanceof Uint8Array) return Stream.succeed(body)
  const source = "open" in body ? Stream.suspend(body.open) : body.once
  return body.size === undefined ? source : exactly(source, body.size)
}

/** What to hand to undici for a body, and the number of bytes where it is known. */
export const sendable = Effect.fnUntraced(function* (body: RequestBody | undefined) {
  if (body === undefined) return { body: null, size: undefined }
  if (body instanceof Uint8Array) return { body, size: body.byteLength }
  return { body: yield* iterate(blocksOf(body)), size: body.size }
})
