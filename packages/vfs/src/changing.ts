/**
 * Calls that change something at the provider.
 */
import * as Effect from "effect/Effect"
import type { Engine, Result } from "./Engine.ts"
import type { DirectoryNode } from "./Node.ts"

/**
 * Runs a call that may be interrupted, and takes note of what it did without fail. Where it was interrupted or failed
 * nobody knows what it did: the directories are listed when they are next asked for.
 */
export const changing = <A, B>(
  { limits }: Engine,
  directories: ReadonlyArray<DirectoryNode>,
  call: Result<A>,
  note: (answer: A) => B
): Result<B> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.map(
      Effect.onError(restore(call), () =>
        Effect.sync(() => {
          if (limits.visibility === "eventual") return
          for (const directory of directories) directory.listedAt = undefined
        })
      ),
      note
    )
  )
