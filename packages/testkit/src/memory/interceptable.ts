/**
 * A store whose way can be cut, stalled or refused: what a fault proxy does to a store behind a network.
 */
import type { Body, ObjectStore } from "@mooring/core/ObjectStore"
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Faults } from "../Suite.ts"

const cut = StorageError.of("provider_unavailable", "the connection was cut")
const refused = StorageError.of("connect_refused", "the connection was refused")

/** The store behind a way that `faults` controls. */
export const interceptable = (store: ObjectStore): { readonly store: ObjectStore; readonly faults: Faults } => {
  let download = Infinity
  let upload = Infinity
  let stalled = false
  let shut = false
  let busy = 0
  const way: Effect.Effect<void, StorageError> = Effect.suspend(() => {
    if (shut) return Effect.fail(refused)
    return stalled ? Effect.flatMap(Effect.sleep(5), () => way) : Effect.void
  })
  const occupied = Effect.acquireRelease(
    Effect.sync(() => (busy += 1)),
    () => Effect.sync(() => (busy -= 1))
  )
  const carried = (body: Body, most: () => number): Body =>
    Stream.suspend(() => {
      let sent = 0
      return Stream.mapEffect(body, (block) =>
        Effect.flatMap(way, () => {
          sent += block.length
          return sent > most() ? Effect.fail(cut) : Effect.succeed(block)
        })
      )
    })
  const held = <A>(effect: Effect.Effect<A, StorageError>): Effect.Effect<A, StorageError> =>
    Effect.scoped(Effect.andThen(Effect.andThen(occupied, way), effect))
  const members = Object.entries(store).map(([name, value]) =>
    typeof value === "function"
      ? [name, (...given: ReadonlyArray<never>) => held((value as (...all: ReadonlyArray<never>) => never)(...given))]
      : [name, value]
  )
  return {
    store: {
      ...(Object.fromEntries(members) as ObjectStore),
      check: held(store.check),
      read: (path, options) =>
        Effect.andThen(Effect.andThen(occupied, way), store.read(path, options)).pipe(
          Effect.map(({ info, body }) => ({ info, body: carried(body, () => download) }))
        ),
      write: (path, body, options) =>
        held(
          store.write(
            path,
            carried(body, () => upload),
            options
          )
        )
    },
    faults: {
      cutDownload: (after) => Effect.sync(() => void (download = after)),
      cutUpload: (after) => Effect.sync(() => void (upload = after)),
      stall: Effect.sync(() => void (stalled = true)),
      refuse: Effect.sync(() => void (shut = true)),
      heal: Effect.sync(() => {
        download = Infinity
        upload = Infinity
        stalled = false
        shut = false
      }),
      busy: Effect.sync(() => busy)
    }
  }
}
