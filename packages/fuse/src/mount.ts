/**
 * A filesystem as a directory of Linux, for as long as a Scope is open.
 */
import { StorageError } from "@mooring/core"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import type { Filesystem } from "./Filesystem.ts"
import { host } from "./Host.ts"
import { guard } from "./mount/guard.ts"
import { settingsOf, type MountOptions, type Settings } from "./mount/MountOptions.ts"
import { clearDead, preparePlace } from "./mount/place.ts"
import type { Route } from "./mount/Route.ts"
import { chooseRoute } from "./mount/routes.ts"
import { detach, unmount, type UnmountOptions } from "./mount/unmount.ts"
import { openChannel, type Reading } from "./openChannel.ts"
import { Session } from "./session/Session.ts"

/** A live mount. */
export interface Mounted {
  /** The mount point without symbolic links. */
  readonly mountPoint: string
  /**
   * Unmounts: `backend_in_use` if programs have something open, `timeout` if it takes longer than its deadline. The mount
   * goes on after either.
   */
  readonly unmount: (options?: UnmountOptions) => Effect.Effect<void, StorageError>
  /** Done when the mount has ended, whoever ended it; fails if the connection to the kernel broke. */
  readonly ended: Effect.Effect<void, StorageError>
}

/** How long the kernel may take to say INIT, which it does as soon as it has mounted. */
const patience = 10_000

const silent = StorageError.of("timeout", "the kernel mounted, but did not start to talk")

/** Has the kernel mount, and starts to answer. Taken away with the Scope, lazily if programs have something open. */
const attach = (filesystem: Filesystem, route: Route, settings: Settings, point: string, reading: Reading) =>
  Effect.acquireRelease(
    Effect.gen(function* () {
      const leave = yield* guard(route, settings, point)
      const descriptor = yield* Effect.onError(route.attach(settings, point), () => Effect.sync(leave))
      const channel = openChannel(descriptor, reading)
      const session = new Session(filesystem, channel, settings, yield* Effect.context<never>())
      session.start()
      return { session, channel, leave }
    }),
    ({ session, channel, leave }) =>
      (Deferred.isDoneUnsafe(session.ended)
        ? clearDead(route, settings, point)
        : Effect.catch(detach(route, settings, point, "clean"), () => detach(route, settings, point, "forced"))
      ).pipe(
        Effect.ignore,
        Effect.andThen(
          Effect.sync(() => {
            session.stop()
            channel.close()
            leave()
          })
        )
      )
  )

/** Serves in a Scope of its own. */
const live = Effect.fnUntraced(function* (
  route: Route,
  filesystem: Filesystem,
  options: MountOptions,
  reading: Reading
): Effect.fn.Return<Mounted, StorageError, Scope.Scope> {
  const settings = yield* Effect.fromResult(settingsOf(options, host))
  const point = yield* preparePlace(route, settings, options.mountPoint)
  const ended = Deferred.makeUnsafe<void, StorageError>()
  // With the Scope the mount is no more, whoever closes it.
  yield* Effect.addFinalizer(() => Deferred.done(ended, Exit.void))
  const { session, leave } = yield* attach(filesystem, route, settings, point, reading)
  // An aborted connection leaves its mount behind, dead; one that was unmounted leaves the place to others.
  const tidied = Effect.exit(Deferred.await(session.ended)).pipe(
    Effect.tap(() => Effect.ignore(clearDead(route, settings, point))),
    Effect.tap(() => Effect.sync(leave)),
    Effect.flatMap((exit) => Deferred.done(ended, exit))
  )
  yield* Effect.forkScoped(tidied, { startImmediately: true })
  yield* Deferred.await(session.ready).pipe(
    Effect.timeoutOrElse({ duration: patience, orElse: () => Effect.fail(silent) })
  )
  yield* Effect.forkScoped(session.notifications)
  const done = Deferred.await(ended)
  return {
    mountPoint: point,
    unmount: (how) => unmount(route, settings, point, done, how),
    ended: done
  }
})

/** Mounts by a given route. What was begun is taken back at once if it fails, not only when the Scope closes. */
export const mountBy = (
  route: Route,
  filesystem: Filesystem,
  options: MountOptions,
  reading: Reading = "polling"
): Effect.Effect<Mounted, StorageError, Scope.Scope> =>
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const own = yield* Scope.fork(yield* Effect.scope)
      return yield* restore(live(route, filesystem, options, reading)).pipe(
        Scope.provide(own),
        Effect.onExit((exit) => (Exit.isFailure(exit) ? Scope.close(own, exit) : Effect.void))
      )
    })
  )

/**
 * Mounts a filesystem on an existing directory. Fails with `invalid_value` and the option to blame, `unsupported` or
 * `permission_denied` with what would help, or `already_exists` if the place is taken. A dead mount of an earlier process
 * with the same fsname is cleared; the mount is taken away when this process ends, however it ends.
 */
export const mount = (
  filesystem: Filesystem,
  options: MountOptions
): Effect.Effect<Mounted, StorageError, Scope.Scope> =>
  Effect.flatMap(chooseRoute, (route) => mountBy(route, filesystem, options))

/**
 * Frees a mount point of the dead mount that an earlier process with the same fsname left there, and of nobody else's.
 * Fails as `mount` does if the place cannot be mounted on.
 */
export const clearDeadMount = (options: MountOptions): Effect.Effect<void, StorageError> =>
  Effect.gen(function* () {
    const route = yield* chooseRoute
    const settings = yield* Effect.fromResult(settingsOf(options, host))
    yield* preparePlace(route, settings, options.mountPoint)
  })
