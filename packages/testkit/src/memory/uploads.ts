/**
 * How a body becomes bytes at a memory store: whole, in parts, or appended to an object that is visible meanwhile.
 */
import type { Body, ObjectStore } from "@mooring/core/ObjectStore"
import type { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { admit, inContainer, type Memory } from "./Memory.ts"
import { pend, unpend } from "./MemoryState.ts"
import type { Personality } from "./Personality.ts"

/** Takes the body and gives its bytes. Leaves nothing behind if it fails, unless it appends. */
type Upload = (
  memory: Memory,
  path: Path,
  body: Body,
  append: (bytes: Uint8Array) => void
) => Effect.Effect<Uint8Array, StorageError>

const gather = Effect.fnUntraced(function* (
  body: Body,
  each: (size: number) => Effect.Effect<void, StorageError>
): Effect.fn.Return<Uint8Array, StorageError> {
  const taken: Array<Uint8Array> = []
  let size = 0
  yield* Stream.runForEach(body, (block) => {
    taken.push(Uint8Array.from(block))
    size += block.length
    return each(size)
  })
  return new Uint8Array(Buffer.concat(taken))
})

const whole: Upload = (_, __, body) => gather(body, () => Effect.void)

const parts: Upload = Effect.fnUntraced(function* ({ ledger, personality }, path, body) {
  const minimum = personality.limits.parts?.min ?? Infinity
  const started = yield* Clock.currentTimeMillis
  let id: string | undefined
  const step = (size: number): Effect.Effect<void, StorageError> => {
    if (id !== undefined) {
      return ledger.newest().uploads.has(id)
        ? Effect.void
        : Effect.fail(StorageError.of("not_found", "the upload was aborted"))
    }
    if (size <= minimum) return Effect.void
    const name = `u${ledger.newest().next}`
    id = name
    return Effect.sync(() =>
      ledger.update((state) => ({
        ...pend(state, { path, id: name, started, options: {}, parts: new Map() }),
        next: state.next + 1
      }))
    )
  }
  return yield* Effect.ensuring(
    Effect.tap(gather(body, step), (bytes) => step(bytes.length)),
    Effect.sync(() => {
      const name = id
      if (name !== undefined) ledger.update((state) => unpend(state, name))
    })
  )
})

const append: Upload = Effect.fnUntraced(function* (_, __, body, show) {
  const taken: Array<Uint8Array> = []
  show(new Uint8Array())
  yield* Stream.runForEach(body, (block) =>
    Effect.sync(() => {
      taken.push(Uint8Array.from(block))
      show(new Uint8Array(Buffer.concat(taken)))
    })
  )
  return new Uint8Array(Buffer.concat(taken))
})

/** The ways by name. */
export const uploads: Readonly<Record<Personality["upload"], Upload>> = { whole, parts, append }

/** The pending uploads of a container, on one page. */
export const listUploads = (memory: Memory): NonNullable<ObjectStore["listUploads"]> =>
  Effect.fnUntraced(function* (container) {
    yield* admit(memory, container)
    const state = memory.ledger.look()
    yield* inContainer(memory, state, container)
    const here = [...state.uploads.values()].filter(({ path }) => path[0] === container[0])
    return { uploads: here.map(({ path, id, started }) => ({ path, id, ...(started !== undefined && { started }) })) }
  })

/** Forgets a pending upload; the write that waits for it fails. */
export const abortUpload =
  ({ ledger }: Memory): NonNullable<ObjectStore["abortUpload"]> =>
  ({ id }) =>
    Effect.sync(() => ledger.update((state) => unpend(state, id)))
