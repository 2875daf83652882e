/**
 * What is measured of one provider: its server, and what makes the work of both clients the same.
 */
import type { Command } from "./measure.ts"

/** The options of the server that `up` of the setup printed, as one would post them. */
export type Config = Readonly<Record<string, unknown>>

/** rclone's side of a provider. Its options are in the environment, so that no secret is among the arguments. */
export interface Remote {
  /** Options of the remote by rclone's names, `type` first of all. */
  readonly optionsOf: (config: Config) => Config
  /** Of every command. */
  readonly flags: ReadonlyArray<string>
  /** Besides, of putting or getting one large object. */
  readonly copyOne?: ReadonlyArray<string>
  /** Besides, of putting or getting many small ones. */
  readonly copyAll?: ReadonlyArray<string>
  /** Besides, of mounting. */
  readonly mount?: ReadonlyArray<string>
  /** Besides, of making the container. */
  readonly makeContainer?: ReadonlyArray<string>
}

export interface Provider {
  /** The folder below `setups`. */
  readonly setup: string
  /** Folders of the repository that are packed and installed beside core and the command. */
  readonly packages: ReadonlyArray<string>
  /** The option that the command takes from the environment; none where the server asks for no secret. */
  readonly secret?: string
  /** Options of Mooring besides those of the server. */
  readonly options: Config
  readonly rclone: Remote
  /** Makes the server, which is in this folder, free the memory of what was removed, where it needs to be told. */
  readonly settle?: (server: string) => Command
}

/** The same for both: bytes of a part, and how many parts and files are on their way at once. */
export const same = { chunk: 5 * 1024 * 1024, parts: 4, files: 8 }
