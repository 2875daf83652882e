/**
 * A node stream as an Effect stream, one block per pull.
 */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Readable } from "node:stream"
import type { StorageError } from "../StorageError.ts"

type Block = Effect.Effect<readonly [Uint8Array], StorageError | Cause.Done>

/**
 * Reads what has arrived, at most the stream's high-water mark, each time it is asked, and nothing ahead of that. The
 * stream is left as it is when the consumer stops early: whoever opened it closes it. `rebuild` turns its error into
 * ours.
 */
export const readBlocks = (
  readable: Readable,
  rebuild: (error: unknown) => StorageError
): Stream.Stream<Uint8Array, StorageError> =>
  Stream.fromPull(
    Effect.sync(() => {
      let wake = () => {}
      for (const event of ["readable", "end", "error", "close"]) readable.on(event, () => wake())

      const next = (): Block | undefined => {
        const block: Uint8Array | null = readable.read()
        if (block !== null) return Effect.succeed([block] as const)
        if (readable.errored !== null) return Effect.fail(rebuild(readable.errored))
        if (readable.readableEnded) return Cause.done()
        return readable.destroyed ? Effect.fail(rebuild({ code: "ERR_STREAM_PREMATURE_CLOSE" })) : undefined
      }

      const wait: Block = Effect.callback((resume) => {
        wake = () => {
          const found = next()
          if (found === undefined) return
          wake = () => {}
          resume(found)
        }
        return Effect.sync(() => {
          wake = () => {}
        })
      })

      return Effect.suspend(() => next() ?? wait)
    })
  )
