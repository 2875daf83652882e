/**
 * What a write says of the object that it stored, where the provider answers with little more than its validator.
 */
import type { ObjectInfo } from "./ObjectInfo.ts"
import type { WriteOptions } from "./ObjectStore.ts"
import type { Path } from "./Path.ts"

/** What is known of the bytes that were stored. */
export interface Written {
  /** Bytes. */
  readonly size: number
  readonly validator: string | undefined
  /** Lower-case hex. */
  readonly md5: string | undefined
}

/** The time of the upload is not known, so `modified` is there only if it was given: `stat` has it. */
export const writtenInfo = (path: Path, options: WriteOptions, { size, validator, md5 }: Written): ObjectInfo => ({
  kind: "object",
  path,
  size,
  metadata: options.metadata ?? {},
  ...(options.modified !== undefined && { modified: options.modified }),
  ...(options.contentType !== undefined && { contentType: options.contentType }),
  ...(validator !== undefined && { validator }),
  ...(md5 !== undefined && { checksums: { md5 } })
})
