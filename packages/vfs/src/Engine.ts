/**
 * What the operations of one filesystem share.
 */
import type { Limits } from "@mooring/core/Capabilities"
import type { ObjectStore, StorageError } from "@mooring/core"
import type * as Effect from "effect/Effect"
import type * as Fiber from "effect/Fiber"
import type { CacheFolder } from "./cacheFolder/CacheFolder.ts"
import type { Namespace } from "./renaming/Namespace.ts"
import type { Readers } from "./reading/Readers.ts"
import type { BlockCache } from "./reading/BlockCache.ts"
import type { Tree } from "./Tree.ts"
import type { Change } from "./Vfs.ts"
import type { Settings } from "./VfsOptions.ts"
import type { WriteMemory } from "./writing/WriteMemory.ts"

/** One filesystem from within. */
export interface Engine {
  /** Its root is the root of the filesystem. */
  readonly store: ObjectStore
  readonly limits: Limits
  readonly settings: Settings
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Numbers what happens. */
  readonly sequence: { readonly next: () => number }
  /** Runs in the background until the filesystem is closed. */
  readonly fork: <A, E>(effect: Effect.Effect<A, E>) => Fiber.Fiber<A, E>
  readonly tree: Tree
  readonly blocks: BlockCache
  readonly readers: Readers
  readonly folder: CacheFolder
  readonly memory: WriteMemory
  readonly namespace: Namespace
  /** Tells the front end of a change that it did not make. */
  readonly emit: (change: Change) => void
}

/** What an operation answers. */
export type Result<A> = Effect.Effect<A, StorageError>
