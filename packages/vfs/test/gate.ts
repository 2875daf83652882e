/**
 * Calls that are held on their way, so that a test can do something else meanwhile.
 */
import type { ObjectStore, StorageError } from "@mooring/core"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Stream from "effect/Stream"
import nodeFs from "node:fs"
import { syncBuiltinESMExports } from "node:module"

/** Once closed, holds the first who passes until it is opened. */
export const makeGate = () => {
  const reached = Deferred.makeUnsafe<void>()
  const opened = Deferred.makeUnsafe<void>()
  let closed = false
  return {
    close: Effect.sync(() => void (closed = true)),
    /** Waits until somebody is held. */
    reached: Deferred.await(reached),
    open: Deferred.succeed(opened, undefined),
    pass: Effect.suspend(() => {
      if (!closed) return Effect.void
      closed = false
      return Effect.andThen(Deferred.succeed(reached, undefined), Deferred.await(opened))
    })
  }
}

/** A store whose calls of one member pass a gate: before the store is asked, or with its answer. */
export const holding = (
  inner: ObjectStore,
  member: "copy" | "listPage" | "moveDirectory" | "read" | "remove" | "removeDirectory" | "stat" | "write",
  when: "asked" | "answered"
) => {
  const gate = makeGate()
  const call = inner[member] as (...given: ReadonlyArray<never>) => Effect.Effect<unknown, StorageError>
  const held: typeof call = (...given) =>
    when === "asked"
      ? Effect.andThen(
          gate.pass,
          Effect.suspend(() => call(...given))
        )
      : Effect.flatMap(Effect.exit(call(...given)), (exit) => Effect.andThen(gate.pass, exit))
  const store = { ...inner, [member]: held } as ObjectStore
  return { ...gate, store }
}

/** A store whose writes wait, once they have begun, until they are let go; it counts what they pulled. */
export const slow = (inner: ObjectStore) => {
  const begun = Deferred.makeUnsafe<void>()
  const gate = Deferred.makeUnsafe<void>()
  const marks = new Map<number, Deferred.Deferred<void>>()
  let pulled = 0
  let ended = 0
  const write: ObjectStore["write"] = (path, body, options) =>
    Effect.ensuring(
      inner.write(
        path,
        Stream.mapEffect(body, (block) => {
          pulled += block.byteLength
          for (const [bytes, mark] of marks) if (pulled >= bytes) Deferred.doneUnsafe(mark, Exit.void)
          return Effect.andThen(Deferred.succeed(begun, undefined), Effect.as(Deferred.await(gate), block))
        }),
        options
      ),
      Effect.sync(() => void (ended += 1))
    )
  return {
    store: { ...inner, write },
    begun: Deferred.await(begun),
    go: Deferred.succeed(gate, undefined),
    pulled: () => pulled,
    /** Waits until so many bytes are pulled. */
    pulls: (bytes: number) => {
      const mark = Deferred.makeUnsafe<void>()
      marks.set(bytes, mark)
      return Deferred.await(mark)
    },
    ended: () => ended
  }
}

/** Holds what is written to the cache folder by the thread pool, that is more than 64 KiB at once, until it is let go. */
export const holdLocalWrites = Effect.gen(function* () {
  const reached = Deferred.makeUnsafe<void>()
  const held: Array<() => void> = []
  const { write } = nodeFs
  const replace = (by: typeof write): void => {
    nodeFs.write = by
    syncBuiltinESMExports()
  }
  const hold = (...given: Parameters<typeof write>): void => {
    held.push(() => write(...given))
    Deferred.doneUnsafe(reached, Exit.void)
  }
  const go = Effect.sync(() => {
    replace(write)
    for (const begin of held.splice(0)) begin()
  })
  yield* Effect.acquireRelease(
    Effect.sync(() => replace(hold as typeof write)),
    () => go
  )
  return { reached: Deferred.await(reached), go }
})
