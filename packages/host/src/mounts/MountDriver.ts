/**
 * What shows a store as a filesystem at a path of this machine.
 */
import type { ObjectStore } from "@mooring/core/ObjectStore"
import type { Path } from "@mooring/core/Path"
import type { StorageError } from "@mooring/core/StorageError"
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { MountOptions, PendingFile, UnmountOptions } from "./MountRepository.ts"

/** What is shown, where and how. */
export interface MountRequest {
  readonly store: ObjectStore
  readonly path: Path
  /** A directory, by its real path. */
  readonly target: string
  /** As the tables of mounts name it. */
  readonly name: string
  readonly options: MountOptions
}

/** A mount that is served here. */
export interface LiveMount {
  readonly pending: Effect.Effect<ReadonlyArray<PendingFile>>
  /**
   * Writes what is pending, for so many milliseconds at most, and unmounts. Answers what is left, which stays mounted
   * unless `force`. Fails with `backend_in_use` while something is open below it.
   */
  readonly unmount: (options: UnmountOptions) => Effect.Effect<ReadonlyArray<PendingFile>, StorageError>
  /** Completes when it was unmounted by somebody else. */
  readonly ended: Effect.Effect<void>
}

/** What a driver does. */
export interface MountDriverShape {
  /** Mounts for the Scope. Fails with `unsupported`, and what would help, where this machine cannot. */
  readonly mount: (request: MountRequest) => Effect.Effect<LiveMount, StorageError, Scope.Scope>
  /**
   * Frees the path of a mount of ours whose process is gone, and of nothing else. Fails with `already_exists` if something
   * is mounted there.
   */
  readonly prepare: (target: string) => Effect.Effect<void, StorageError>
}

/** The service. */
export class MountDriver extends Context.Service<MountDriver, MountDriverShape>()("@mooring/host/MountDriver") {}
