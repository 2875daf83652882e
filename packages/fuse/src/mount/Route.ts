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

/**
 * How a mount is taken away: not while anything is open; at once for the place, while what is open goes on until it is
 * closed; or at once for everything.
 */
export type Manner = "clean" | "lazy" | "forced"

/** How this process gets mounts. */
export interface Route {
  readonly name: "root" | "ffi" | "decoy"
  /** Mounts, and gives the open descriptor of the device, which is the caller's. */
  readonly attach: (settings: Settings, point: string) => Effect.Effect<number, StorageError>
  readonly detach: (point: string, manner: Manner) => Command
}
