/**
 * One request and its answer, as undici's dispatcher tells of it: without the streams, promises and signals that its
 * own `request` makes for each, which cost more than the rest of a small request.
 */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Dispatcher } from "undici"
import type { StorageError } from "../StorageError.ts"

/** What came before the body. */
export interface Head {
  readonly status: number
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
}

/** An answer whose head is here. */
export interface Answer extends Head {
  /** One block per pull. */
  readonly body: Stream.Stream<Uint8Array, StorageError>
  /** Closes the connection, unless the body has ended. */
  readonly abort: () => void
  /** Reads a small rest away, so that the connection is kept; for more, closing is cheaper. Says when that is done. */
  readonly drain: (done: () => void) => void
}

/** Bytes of a body that wait for their reader before the socket is no longer read. */
const mostUnread = 256 * 1024

/** So many bytes, and for so many milliseconds, an unread body is read away. */
const drainLimit = 64 * 1024
const drainTime = 1_000

const ignore = () => {}
const nobodyReads = new Error("nobody reads this answer")

type Block = Effect.Effect<readonly [Uint8Array], StorageError | Cause.Done>

/**
 * Sends a request. An interruption before the head came closes the connection. `rebuild` makes an error one of ours, and
 * is told whether the answer had begun.
 */
export const exchange = (
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  rebuild: (error: unknown, begun: boolean) => StorageError
): Effect.Effect<Answer, StorageError> =>
  Effect.callback((resume) => {
    const blocks: Array<Uint8Array> = []
    let controller: Dispatcher.DispatchController | undefined
    let unread = 0
    let drained: number | undefined
    let deadline: NodeJS.Timeout | undefined
    let begun = false
    let ended = false
    let unwanted = false
    let failure: StorageError | undefined
    let wake = ignore
    // Whoever waits runs after undici is done with what it tells: it may send the next request at once.
    const tell = () => queueMicrotask(() => wake())

    const abort = () => {
      unwanted = true
      if (!ended) controller?.abort(nobodyReads)
    }

    const drain = (done: () => void) => {
      blocks.length = 0
      drained = unread
      const over = () => ended || failure !== undefined
      if (over()) return done()
      // What was told before may still be on its way.
      wake = () => {
        if (over()) done()
      }
      if (drained > drainLimit) return abort()
      deadline = setTimeout(abort, drainTime).unref()
      controller?.resume()
    }

    const next = (): Block | undefined => {
      const block = blocks.shift()
      if (block !== undefined) {
        unread -= block.byteLength
        if (unread < mostUnread) controller?.resume()
        return Effect.succeed([block])
      }
      if (failure !== undefined) return Effect.fail(failure)
      return ended ? Cause.done() : undefined
    }

    const wait: Block = Effect.callback((found) => {
      wake = () => {
        const block = next()
        if (block === undefined) return
        wake = ignore
        found(block)
      }
      wake()
      return Effect.sync(() => {
        wake = ignore
      })
    })

    const body = Stream.fromPull(Effect.succeed(Effect.suspend(() => next() ?? wait)))

    dispatcher.dispatch(request, {
      onRequestStart: (started) => {
        controller = started
        if (unwanted) abort()
      },
      onResponseStart: (_, status, headers) => {
        if (status < 200) return
        begun = true
        const answer = { status, headers, body, abort, drain }
        queueMicrotask(() => resume(Effect.succeed(answer)))
      },
      onResponseData: (_, block) => {
        if (drained !== undefined) {
          drained += block.byteLength
          if (drained > drainLimit) abort()
          return
        }
        blocks.push(block)
        unread += block.byteLength
        if (unread >= mostUnread) controller?.pause()
        tell()
      },
      onResponseEnd: () => {
        ended = true
        clearTimeout(deadline)
        tell()
      },
      onResponseError: (_, error) => {
        failure = rebuild(error, begun)
        clearTimeout(deadline)
        tell()
        resume(Effect.fail(failure))
      }
    })
    return Effect.sync(abort)
  })
