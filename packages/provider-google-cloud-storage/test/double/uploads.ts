/** Uploads in chunks: sessions between their beginning and the object. */
import type { Checksums } from "./checksums.ts"
import type { NewObject } from "./objects.ts"
import type { Preconditions } from "./preconditions.ts"

export interface Upload {
  readonly bucket: string
  readonly object: Omit<NewObject, "body">
  readonly conditions: Preconditions
  readonly sums: Checksums
  /** Bytes of the whole, if they are known. */
  total: number | undefined
  body: Buffer
  /** Epoch milliseconds. */
  readonly expires: number
  state: "open" | "cancelled" | { readonly generation: string }
}

/** By upload id. */
export type Uploads = Map<string, Upload>
