/**
 * Options that say how objects are uploaded and copied.
 */
import { Options } from "@mooring/core"

const group = "Uploading"
const compatibility = "Compatibility"

/** There is no pool of buffers: a budget of the process bounds them. */
const noPool = "Does nothing: memory for parts comes from the budget of the process."

/** Option to its schema. */
export const transfers = {
  chunk_size: Options.size({
    help: "Bytes of each part of a large upload.",
    group,
    advanced: true,
    default: "100663296"
  }),
  upload_cutoff: Options.size({
    help: "Objects of more than this many bytes are uploaded in parts. Less than chunk_size means chunk_size.",
    group,
    advanced: true,
    default: "209715200"
  }),
  copy_cutoff: Options.size({
    help: "Objects of more than this many bytes are copied in parts.",
    group,
    advanced: true,
    default: "4294967296"
  }),
  upload_concurrency: Options.integer({
    help: "Parts of one object that are uploaded at once.",
    group,
    advanced: true,
    default: 4,
    minimum: 1
  }),
  disable_checksum: Options.boolean({
    help: "Do not store checksums of whole objects that go up, or are copied, in parts.",
    group,
    advanced: true
  }),
  memory_pool_flush_time: Options.integer({
    help: "Seconds until unused buffers are freed.",
    group: compatibility,
    advanced: true,
    default: 60,
    deprecated: noPool
  }),
  memory_pool_use_mmap: Options.boolean({
    help: "Use mmap for buffers.",
    group: compatibility,
    advanced: true,
    deprecated: noPool
  })
}
