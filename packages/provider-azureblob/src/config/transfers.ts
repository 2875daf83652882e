/**
 * Options that say how blobs are uploaded and read.
 */
import { Options } from "@mooring/core"

const group = "Uploading"
const compatibility = "Compatibility"

/** There is no pool of buffers: a budget of the process bounds them. */
const noPool = "Does nothing: memory for blocks comes from the budget of the process."

export const transfers = {
  chunk_size: Options.size({
    help: "Bytes of each block of a blob. A blob of at most one block is uploaded in one request.",
    group,
    default: "4194304"
  }),
  upload_concurrency: Options.integer({
    help: "Blocks of one blob that are uploaded at once.",
    group,
    advanced: true,
    default: 16,
    minimum: 1
  }),
  disable_checksum: Options.boolean({
    help: "Do not store the MD5 of blobs that are uploaded in blocks.",
    group,
    advanced: true
  }),
  no_check_container: Options.boolean({
    help: "Neither check nor create the container before an upload. Mooring never does, so both values mean the same.",
    group,
    advanced: true
  }),
  no_head_object: Options.boolean({
    help: "Do not ask for a blob before it is read. Mooring never does, so both values mean the same.",
    group,
    advanced: true
  }),
  upload_cutoff: Options.text({
    help: "Size from which blobs are uploaded in blocks.",
    group: compatibility,
    advanced: true,
    deprecated: "Does nothing: blobs of more than chunk_size are uploaded in blocks."
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
