/**
 * One way of getting a mount, and of being rid of it again.
 */
import type { StorageError } from "@mooring/core"
import type * as Effect from "effect/Effect"
import type { Settings } from "./MountOptions.ts"

/** A program and its arguments. */
export interface Command {
  readonly program: string
  readonly args: ReadonlyArray<string>
}

/** How this process gets mounts. */
export interface Route {
  readonly name: "root" | "ffi" | "decoy"
  /** Mounts, and gives the open descriptor of the device, which is the caller's. */
  readonly attach: (settings: Settings, point: string) => Effect.Effect<number, StorageError>
  /** What unmounts; lazily, the place is free at once, and what is open goes on until it is closed. */
  readonly detach: (point: string, lazy: boolean) => Command
}
