/**
 * A store that fails where a script says so, for tests of what is built on a store.
 */
import type { Body, ObjectStore } from "@mooring/core/ObjectStore"
import type { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"

/** One failure. */
export interface Fault {
  readonly operation: Exclude<keyof ObjectStore, "limits">
  /** Which call of the operation fails, counted from 1; every call if absent. */
  readonly call?: number
  readonly error: StorageError
  /** `read` and `write` only: the call begins well and fails once so many bytes of the body have passed. */
  readonly after?: number
}

/** The store, failing by script, and how often each operation was called. */
export interface FaultyStore {
  readonly store: ObjectStore
  readonly calls: (operation: Fault["operation"]) => number
}

const cut = (body: Body, after: number, error: StorageError): Body =>
  Stream.suspend(() => {
    let left = after
    const passed = Stream.mapEffect(body, (block) => {
      if (left <= 0) return Effect.fail(error)
      const part = block.subarray(0, left)
      left -= block.length
      return Effect.succeed(part)
    })
    return Stream.concat(passed, Stream.fail(error))
  })

/** A store that does as `store` does, except where the script has a fault for the call. */
export const faultyStore = (store: ObjectStore, script: ReadonlyArray<Fault>): FaultyStore => {
  const counts = new Map<Fault["operation"], number>()
  const next = (operation: Fault["operation"]): Fault | undefined => {
    const call = (counts.get(operation) ?? 0) + 1
    counts.set(operation, call)
    return script.find((fault) => fault.operation === operation && (fault.call ?? call) === call)
  }
  const guard = <A, R>(
    operation: Fault["operation"],
    run: (fault: Fault | undefined) => Effect.Effect<A, StorageError, R>
  ): Effect.Effect<A, StorageError, R> =>
    Effect.suspend(() => {
      const fault = next(operation)
      return fault !== undefined && fault.after === undefined ? Effect.fail(fault.error) : run(fault)
    })
  const members = Object.entries(store).map(([name, value]) => {
    if (typeof value !== "function") return [name, value]
    const call = value as (...given: ReadonlyArray<never>) => Effect.Effect<never, StorageError>
    return [name, (...given: ReadonlyArray<never>) => guard(name as Fault["operation"], () => call(...given))]
  })
  return {
    calls: (operation) => counts.get(operation) ?? 0,
    store: {
      ...(Object.fromEntries(members) as ObjectStore),
      check: guard("check", () => store.check),
      read: (path, options) =>
        guard("read", (fault) =>
          Effect.map(store.read(path, options), ({ info, body }) => ({
            info,
            body: fault?.after === undefined ? body : cut(body, fault.after, fault.error)
          }))
        ),
      write: (path, body, options) =>
        guard("write", (fault) =>
          store.write(path, fault?.after === undefined ? body : cut(body, fault.after, fault.error), options)
        )
    }
  }
}
