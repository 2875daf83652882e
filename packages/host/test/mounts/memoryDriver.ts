import type { LiveMount, MountDriverShape, MountRequest } from "../../src/mounts/MountDriver.ts"
import type { PendingFile } from "../../src/mounts/MountRepository.ts"
import { MountDriver } from "../../src/mounts/MountDriver.ts"
import { StorageError } from "@mooring/core/StorageError"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"

/** What a mount of the driver is told to be. */
export interface Kernel {
  /** Target to what is mounted there. */
  readonly mounted: Map<string, MountRequest>
  /** Targets whose mounts are left of processes that are gone. */
  readonly dead: Set<string>
  /** How mounts were asked to end. */
  readonly unmounts: Array<{ readonly deadline: number; readonly force: boolean }>
  /** What is not written yet, and does not get written in time. */
  pending: ReadonlyArray<PendingFile>
  /** Whether something is open below the mounts. */
  busy: boolean
  /** Why nothing can be mounted. */
  failure: StorageError | undefined
  /** What happens before something is mounted at a target. */
  before: (target: string) => Effect.Effect<void>
  /** Ends a mount as somebody else would. */
  readonly end: (target: string) => Effect.Effect<void>
}

/** A kernel that remembers mounts, and a driver over it. */
export const memoryDriver = () => {
  const ends = new Map<string, Deferred.Deferred<void>>()
  const kernel: Kernel = {
    mounted: new Map(),
    dead: new Set(),
    unmounts: [],
    pending: [],
    busy: false,
    failure: undefined,
    before: () => Effect.void,
    end: (target) =>
      Effect.suspend(() => {
        kernel.mounted.delete(target)
        const ended = ends.get(target)
        return ended === undefined ? Effect.void : Deferred.done(ended, Effect.runSyncExit(Effect.void))
      })
  }
  const driver: MountDriverShape = {
    mount: Effect.fnUntraced(function* (request) {
      if (kernel.failure !== undefined) return yield* kernel.failure
      yield* kernel.before(request.target)
      const ended = yield* Deferred.make<void>()
      yield* Effect.acquireRelease(
        Effect.sync(() => {
          kernel.mounted.set(request.target, request)
          ends.set(request.target, ended)
        }),
        () => Effect.sync(() => kernel.mounted.delete(request.target))
      )
      return {
        pending: Effect.sync(() => kernel.pending),
        unmount: (how) =>
          Effect.suspend(() => {
            const { force } = how
            kernel.unmounts.push(how)
            if (kernel.busy) return Effect.fail(StorageError.of("backend_in_use", "something is open"))
            if (kernel.pending.length === 0 || force) kernel.mounted.delete(request.target)
            return Effect.succeed(kernel.pending)
          }),
        ended: Deferred.await(ended)
      } satisfies LiveMount
    }),
    prepare: (target) =>
      Effect.suspend(() => {
        kernel.dead.delete(target)
        return kernel.mounted.has(target)
          ? Effect.fail(StorageError.of("already_exists", "something is mounted there"))
          : Effect.void
      })
  }
  return { kernel, layer: Layer.succeed(MountDriver, driver) }
}
