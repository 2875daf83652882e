/**
 * Where it all happens: the server that was booted, and folders that are gone afterwards.
 */
import type { Config, Provider } from "./Provider.ts"

export interface Scene {
  /** The id of the provider. */
  readonly id: string
  readonly provider: Provider
  /** The options of the server, as `up` printed them. */
  readonly config: Config
  /** The folder of the server. */
  readonly server: string
  /** A folder for everything else, in memory where there is such a place. */
  readonly scratch: string
}
