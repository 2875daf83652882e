/**
 * `openUpload` and `resumeUpload` of a memory store: the token is the id of the pending upload.
 */
import type { ObjectStore, Upload } from "@mooring/core/ObjectStore"
import { StorageError } from "@mooring/core/StorageError"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { admit, type Memory } from "./Memory.ts"
import { current, pend, unpend, type Pending } from "./MemoryState.ts"
import { commit, conditions, revisionOf, supported, writable } from "./writing.ts"

const gone = StorageError.of("not_found", "there is no such upload")

const inOrder = ({ parts }: Pending) => [...parts].toSorted(([left], [right]) => left - right)

const uploadOf = (memory: Memory, { id, path }: Pending): Upload => {
  const { ledger, personality } = memory
  const pending = Effect.suspend(() => {
    const found = ledger.newest().uploads.get(id)
    return found === undefined ? Effect.fail(gone) : Effect.succeed(found)
  })

  const writePart = Effect.fnUntraced(function* (
    number: number,
    bytes: Uint8Array
  ): Effect.fn.Return<void, StorageError> {
    const rules = personality.limits.parts
    const found = yield* pending
    if (!Number.isInteger(number) || number < 1 || number > (rules?.count ?? 0) || bytes.length > (rules?.max ?? 0)) {
      return yield* StorageError.of("invalid_value", "the part is not within the limits")
    }
    if (rules?.ordered === true && number !== found.parts.size + 1) {
      return yield* StorageError.of("invalid_value", "parts come one after the other")
    }
    const parts = new Map(found.parts).set(number, Uint8Array.from(bytes))
    ledger.update((state) => pend(state, { ...found, parts }))
  })

  return {
    path,
    token: id,
    parts: Effect.map(pending, (found) => inOrder(found).map(([number, { length }]) => ({ number, size: length }))),
    writePart,
    copyPart: Effect.fnUntraced(function* (number, from, { start, end }) {
      yield* admit(memory, from)
      if (personality.limits.parts?.copies !== true) return yield* StorageError.of("unsupported", "parts are sent")
      const source = current(ledger.newest(), from)
      if (source === undefined) return yield* StorageError.of("not_found", "there is no such object")
      yield* writePart(number, source.bytes.subarray(start, end + 1))
    }),
    complete: Effect.gen(function* () {
      const found = yield* pending
      yield* conditions(memory, path, found.options)
      const bytes = inOrder(found).map(([, part]) => part)
      const short = bytes.slice(0, -1).some(({ length }) => length < (personality.limits.parts?.min ?? 0))
      if (short || bytes.length === 0) return yield* StorageError.of("invalid_value", "a part is too small")
      ledger.update((state) => unpend(state, id))
      return commit(memory, {
        ...(yield* revisionOf(path, found.options)),
        bytes: new Uint8Array(Buffer.concat(bytes))
      })
    }),
    abort: Effect.sync(() => ledger.update((state) => unpend(state, id)))
  }
}

/** Begins an upload that stays pending until it is completed or aborted. */
export const openUpload = (memory: Memory): NonNullable<ObjectStore["openUpload"]> =>
  Effect.fnUntraced(function* (path, options = {}) {
    yield* writable(memory, path)
    yield* supported(memory, options)
    yield* conditions(memory, path, options)
    const started = yield* Clock.currentTimeMillis
    const id = `u${memory.ledger.newest().next}`
    const pending = { path, id, started, options, parts: new Map<number, Uint8Array>() }
    memory.ledger.update((state) => ({ ...pend(state, pending), next: state.next + 1 }))
    return uploadOf(memory, pending)
  })

/** The pending upload of a token. */
export const resumeUpload =
  (memory: Memory): NonNullable<ObjectStore["resumeUpload"]> =>
  (token) =>
    Effect.suspend(() => {
      const found = memory.ledger.newest().uploads.get(token)
      return found === undefined ? Effect.fail(gone) : Effect.succeed(uploadOf(memory, found))
    })
