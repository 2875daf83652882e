/**
 * The mounts of this state: made, listed and unmounted, whichever process serves them, and brought back after a restart.
 */
import { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Scope from "effect/Scope"
import { randomBytes } from "node:crypto"
import { BackendRepository } from "../BackendRepository.ts"
import { OpenStores } from "../OpenStores.ts"
import { MountDriver, type LiveMount } from "./MountDriver.ts"
import { isWithin, mountPoint, permittedTarget, type MountPlaces } from "./mountPoint.ts"
import {
  MountRepository,
  type KeptMount,
  type MountOptions,
  type PendingFile,
  type UnmountOptions
} from "./MountRepository.ts"
import { isRunning, thisProcess } from "./ProcessIdentity.ts"

/** A mount as it is shown. `dead`: the process that served it ended without unmounting. */
export interface MountView extends Omit<KeptMount, "status"> {
  readonly state: "starting" | "mounted" | "dead"
  readonly pending: ReadonlyArray<PendingFile>
  readonly pid: number
}

/** What is to be mounted. */
export interface MountWanted {
  /** Id or name of a backend. */
  readonly backend: string
  readonly path: Path
  readonly target: string
  readonly options: MountOptions
  /** Whether a server brings it back when it starts. */
  readonly restored: boolean
}

/** What is done with mounts. An id may be the target wherever a mount is asked for. */
export interface MountsShape {
  /** Mounts in this process, for as long as the host lives. Answers once the kernel shows it. */
  readonly mount: (wanted: MountWanted) => Effect.Effect<MountView, StorageError>
  readonly list: Effect.Effect<ReadonlyArray<MountView>, StorageError>
  readonly get: (id: string) => Effect.Effect<MountView, StorageError>
  /** Ends a mount, here or in the process that serves it. Answers what could not be written in time. */
  readonly unmount: (id: string, options: UnmountOptions) => Effect.Effect<ReadonlyArray<PendingFile>, StorageError>
  /** Completes when a mount of this process is no more. */
  readonly ended: (id: string) => Effect.Effect<void>
  /** Mounts again what a server had mounted. Answers what could not be, each with the reason. */
  readonly restore: Effect.Effect<
    ReadonlyArray<{ readonly mount: MountView; readonly error: StorageError }>,
    StorageError
  >
}

/** How often the state is looked at, in milliseconds, for what other processes ask and change. */
const interval = 500

/** How long what is pending may still be written when the host ends, in milliseconds. */
const lastDeadline = 30_000

const cacheInMount = StorageError.of("invalid_value", "the cache folder is in the mount, which would wait for itself", {
  pointer: "#/cache_folder",
  suggestion: "a folder elsewhere"
})

interface Served {
  readonly live: LiveMount
  readonly scope: Scope.Closeable
}

const viewOf = Effect.fnUntraced(function* ({ status: { served, mounted, pending }, ...mount }: KeptMount) {
  const alive = yield* isRunning(served)
  const state = alive ? (mounted ? "mounted" : "starting") : "dead"
  return { ...mount, state, pending: alive ? pending : [], pid: served.pid } satisfies MountView
})

const make = (places: MountPlaces) =>
  Effect.gen(function* () {
    const repository = yield* MountRepository
    const backends = yield* BackendRepository
    const stores = yield* OpenStores
    const driver = yield* MountDriver
    const host = yield* Effect.scope
    const served = yield* thisProcess
    const here = new Map<string, Served>()

    const leave = (id: string) =>
      Effect.suspend(() => {
        const mount = here.get(id)
        here.delete(id)
        return mount === undefined ? Effect.void : Scope.close(mount.scope, Exit.void)
      })

    /** Ends a mount of this process; what is left keeps it mounted unless it is forced. */
    const unmountHere = Effect.fnUntraced(function* (id: string, { live }: Served, options: UnmountOptions) {
      const left = yield* live.unmount(options)
      if (left.length > 0 && !options.force) return left
      if (left.length > 0) {
        // For whoever asked from another process; it looks again before this is over.
        yield* repository.report(id, { served, mounted: false, pending: left })
        yield* Effect.sleep(interval)
      }
      yield* repository.remove(id)
      yield* leave(id)
      return left
    })

    /** Credentials that another process has changed reach the store of a mount. */
    const renew = Effect.fnUntraced(function* (backend: string, known: number) {
      const { revision } = yield* backends.get(backend)
      if (revision === known) return known
      const renewed = yield* stores.renew(backend)
      if (!renewed) yield* Effect.logWarning(`${backend} has changed; what is mounted of it stays as it was`)
      return revision
    })

    /** Tells the others what is pending, and does what they ask. What fails is tried again at the next turn. */
    const attend = Effect.fnUntraced(function* (
      { id, backend }: Omit<KeptMount, "status">,
      mount: Served,
      opened: number
    ) {
      let said = "[]"
      let revision = opened
      const turn = Effect.gen(function* () {
        revision = yield* Effect.catch(renew(backend, revision), () => Effect.succeed(revision))
        const pending = yield* mount.live.pending
        const text = JSON.stringify(pending)
        if (text !== said) yield* repository.report(id, { served, mounted: true, pending })
        said = text
        const { leave: asked } = (yield* repository.get(id)).status
        if (asked === undefined) return
        const left = yield* Effect.result(unmountHere(id, mount, asked))
        const answer = left._tag === "Success" ? left.success : pending
        yield* repository.report(id, { served, mounted: true, pending: answer })
        // Taken back last: who asked sees that it was tried.
        yield* repository.ask(id, undefined)
      })
      while (here.has(id)) {
        yield* Effect.sleep(interval)
        yield* Effect.ignore(turn)
      }
    })

    /** A host that ends writes what is pending of its mounts; of one that was unmounted nothing is. */
    const lastWrites = ({ id, target }: Omit<KeptMount, "status">, live: LiveMount) =>
      Effect.gen(function* () {
        if (!here.has(id)) return
        const left = yield* live.unmount({ deadline: lastDeadline, force: true })
        for (const { path, bytes } of left) yield* Effect.logError(`not written of ${target}: ${path}, ${bytes} bytes`)
      }).pipe(Effect.ignore)

    const serveIn = Effect.fnUntraced(function* (scope: Scope.Closeable, mount: Omit<KeptMount, "status">, path: Path) {
      // Read first: a change that comes while the store is opened is seen by who attends.
      const { revision } = yield* backends.get(mount.backend)
      const { store } = yield* Scope.provide(stores.get(mount.backend), scope)
      const request = { store, path, target: mount.target, name: mount.id, options: mount.options }
      const own = { live: yield* Scope.provide(driver.mount(request), scope), scope }
      here.set(mount.id, own)
      yield* Scope.addFinalizer(scope, lastWrites(mount, own.live))
      yield* repository.report(mount.id, { served, mounted: true, pending: [] })
      yield* Effect.forkIn(attend(mount, own, revision), scope)
      const gone = Effect.andThen(
        lastWrites(mount, own.live),
        Effect.andThen(Effect.ignore(repository.remove(mount.id)), leave(mount.id))
      )
      yield* Effect.forkIn(Effect.andThen(own.live.ended, gone), host)
      // A mount that a server brings back is kept when its host ends; any other ends with it.
      if (!mount.restored) yield* Scope.addFinalizer(host, Effect.ignore(repository.remove(mount.id)))
    })

    const serve = Effect.fnUntraced(function* (mount: Omit<KeptMount, "status">, path: Path) {
      const scope = yield* Scope.fork(host)
      const abandon = Effect.andThen(
        Effect.sync(() => here.delete(mount.id)),
        Scope.close(scope, Exit.void)
      )
      yield* Effect.onError(serveIn(scope, mount, path), () => abandon)
    })

    /** Clears what a process that is gone left at a target, and gives the record of it, which is kept no more. */
    const bury = Effect.fnUntraced(function* (target: string) {
      const before = Option.getOrUndefined(yield* Effect.option(repository.get(target)))
      if (before !== undefined) {
        if (yield* isRunning(before.status.served)) {
          return yield* StorageError.of("already_exists", "there is a mount at the target already", {
            pointer: "#/target",
            suggestion: `unmount ${before.id} first, or take another directory`
          })
        }
        yield* repository.remove(before.id)
      }
      yield* driver.prepare(target)
      return before
    })

    const mount = Effect.fn("Mounts.mount")(function* (wanted: MountWanted) {
      const backend = yield* backends.get(wanted.backend)
      const permitted = yield* permittedTarget(wanted.target, places)
      const { cacheFolder } = wanted.options
      if (cacheFolder !== undefined && isWithin(cacheFolder, permitted)) return yield* cacheInMount
      const before = yield* bury(permitted)
      const making = Effect.gen(function* () {
        const record = {
          id: `mnt_${randomBytes(8).toString("hex")}`,
          backend: backend.id,
          path: yield* Effect.fromResult(Path.toText(wanted.path)),
          target: yield* mountPoint(permitted, places),
          options: wanted.options,
          restored: wanted.restored,
          created: yield* Clock.currentTimeMillis
        }
        yield* repository.insert({ ...record, status: { served, mounted: false, pending: [] } })
        yield* Effect.onError(serve(record, wanted.path), () => Effect.ignore(repository.remove(record.id)))
        return yield* viewOf(yield* repository.get(record.id))
      })
      return yield* Effect.onError(making, () =>
        before === undefined ? Effect.void : Effect.ignore(repository.insert(before))
      )
    })

    /** Asks the process that serves a mount, and waits for it. */
    const unmountThere = Effect.fnUntraced(function* ({ id, status, target }: KeptMount, options: UnmountOptions) {
      if (!(yield* isRunning(status.served))) {
        yield* driver.prepare(target)
        yield* repository.remove(id)
        return []
      }
      yield* repository.ask(id, options)
      const end = (yield* Clock.currentTimeMillis) + options.deadline + 4 * interval
      let lost: ReadonlyArray<PendingFile> = []
      while ((yield* Clock.currentTimeMillis) < end) {
        yield* Effect.sleep(interval / 2)
        const now = yield* Effect.option(repository.get(id))
        if (now._tag === "None") return lost
        const { leave: asked, mounted, pending } = now.value.status
        if (asked === undefined) break
        if (!mounted) lost = pending
      }
      const { status: late } = yield* repository.get(id)
      // Nobody waits for it any more.
      if (late.leave !== undefined) yield* repository.ask(id, undefined)
      if (late.pending.length > 0) return late.pending
      return yield* StorageError.of("backend_in_use", "the mount is in use, or its process does not answer", {
        suggestion: "close what is open below it, and try again"
      })
    })

    const restore = Effect.gen(function* () {
      const failed: Array<{ readonly mount: MountView; readonly error: StorageError }> = []
      for (const kept of yield* repository.list) {
        if (!kept.restored || (yield* isRunning(kept.status.served))) continue
        const again = Effect.gen(function* () {
          yield* driver.prepare(kept.target)
          yield* mountPoint(kept.target, places)
          const { status, ...record } = kept
          const path = yield* Effect.fromResult(Path.fromText(kept.path))
          // It may have been unmounted while others were brought back; from here on that is asked of this process.
          yield* repository.report(kept.id, { served, mounted: false, pending: [] })
          if (yield* Effect.isFailure(repository.get(kept.id))) return
          yield* Effect.onError(serve(record, path), () => Effect.ignore(repository.report(kept.id, status)))
        })
        const done = yield* Effect.result(again)
        if (done._tag === "Failure") failed.push({ mount: yield* viewOf(kept), error: done.failure })
      }
      return failed
    })

    return {
      mount,
      list: Effect.flatMap(repository.list, (all) => Effect.forEach(all, viewOf)),
      get: (id) => Effect.flatMap(repository.get(id), viewOf),
      unmount: Effect.fn("Mounts.unmount")(function* (id, options) {
        const kept = yield* repository.get(id)
        const own = here.get(kept.id)
        return yield* own === undefined ? unmountThere(kept, options) : unmountHere(kept.id, own, options)
      }),
      ended: (id) => here.get(id)?.live.ended ?? Effect.void,
      restore
    } satisfies MountsShape
  })

/** The service. */
export class Mounts extends Context.Service<Mounts, MountsShape>()("@mooring/host/Mounts") {
  /** Mounts at these places. */
  static readonly layer = (places: MountPlaces) => Layer.effect(Mounts, make(places))
}
