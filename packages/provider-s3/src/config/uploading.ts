/**
 * Options that say how objects and buckets are written.
 */
import { Options } from "@mooring/core"

const group = "Uploading"
const compatibility = "Compatibility"

/** There is no pool of buffers: a budget of the process bounds them. */
const noPool = "Does nothing: memory for parts comes from the budget of the process."

/** The options of these groups. */
export const uploads = {
  chunk_size: Options.size({
    help: "Bytes of each part of an upload in parts. Left out, at least what the preset of the provider needs.",
    group,
    default: "5242880"
  }),
  upload_cutoff: Options.size({
    help: "Objects of at least this many bytes are uploaded in parts.",
    group,
    advanced: true,
    default: "209715200"
  }),
  copy_cutoff: Options.size({
    help: "Objects of more than this many bytes are copied in parts. Left out, the preset of the provider may copy any in one.",
    group,
    advanced: true,
    default: "4999610368"
  }),
  max_upload_parts: Options.integer({
    help: "Most parts of one upload. Left out, at most what the preset of the provider takes.",
    group,
    advanced: true,
    default: 10_000,
    minimum: 1,
    maximum: 10_000
  }),
  upload_concurrency: Options.integer({
    help: "Parts of one object that are uploaded at once.",
    group,
    advanced: true,
    default: 4,
    minimum: 1
  }),
  leave_parts_on_error: Options.boolean({
    help: "Keep the parts of an upload that failed, to be completed or removed by hand.",
    group,
    advanced: true
  }),
  disable_checksum: Options.boolean({
    help: "Do not store the MD5 of objects that are uploaded in parts.",
    group,
    advanced: true
  }),
  no_check_bucket: Options.boolean({
    help: "Neither check nor create the bucket before an upload. Mooring never does, so both values mean the same.",
    group,
    advanced: true
  }),
  no_head: Options.boolean({
    help: "Do not ask for an object after it was uploaded. Mooring never does, so both values mean the same.",
    group,
    advanced: true
  }),
  use_presigned_request: Options.boolean({
    help: "Upload small objects by presigned requests.",
    group,
    advanced: true
  }),
  use_multipart_uploads: Options.tristate({
    help: "Whether large objects are uploaded in parts.",
    group,
    advanced: true
  }),
  use_multipart_etag: Options.tristate({
    help: "Check the ETag of uploads in parts. Unset, the preset of the provider decides.",
    group: compatibility,
    advanced: true
  }),
  use_already_exists: Options.tristate({
    help: "Take BucketAlreadyExists as an error. Unset, the preset of the provider decides.",
    group: compatibility,
    advanced: true
  }),
  use_unsigned_payload: Options.tristate({
    help: "Leave the body of small uploads out of the signature. Unset, the preset of the provider decides.",
    group: compatibility,
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
