/** How a case that is completed is written down. */
import type { StorageDoubleOptions } from "../StorageDouble.ts"
import type { Fixture } from "./fixture.ts"

export interface Admission {
  readonly run: (fixture: Fixture) => Promise<unknown>
  readonly options?: StorageDoubleOptions
}
