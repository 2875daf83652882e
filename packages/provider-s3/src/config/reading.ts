/**
 * Options that say how objects are listed and read.
 */
import { Options } from "@mooring/core"

const listing = "Listing"
const reading = "Reading"
const versions = "Versions"

/** The options of these groups. */
export const reads = {
  list_chunk: Options.integer({
    help: "Entries that one listing request asks for.",
    group: listing,
    advanced: true,
    default: 1000,
    minimum: 1,
    maximum: 1000
  }),
  list_version: Options.choice({
    help: "Version of ListObjects. 0 lets the preset of the provider decide.",
    group: listing,
    advanced: true,
    default: 0,
    values: [0, 1, 2]
  }),
  list_url_encode: Options.tristate({
    help: "Ask for names in listings in URL encoding. Unset, the preset of the provider decides.",
    group: listing,
    advanced: true
  }),
  directory_markers: Options.boolean({
    help: "Keep empty directories as objects whose name ends in a slash.",
    group: listing,
    advanced: true
  }),
  versions: Options.boolean({ help: "List old versions too.", group: versions, advanced: true }),
  version_at: Options.time({ help: "Show objects as they were at this time.", group: versions, advanced: true }),
  version_deleted: Options.boolean({ help: "List deleted objects too.", group: versions, advanced: true }),
  no_head_object: Options.boolean({
    help: "Do not ask for an object before it is read. Mooring never does, so both values mean the same.",
    group: reading,
    advanced: true
  }),
  decompress: Options.boolean({ help: "Decompress objects that are stored as gzip.", group: reading, advanced: true }),
  might_gzip: Options.tristate({
    help: "Whether the service may compress what it sends. Unset, the preset of the provider decides.",
    group: reading,
    advanced: true
  }),
  use_accept_encoding_gzip: Options.tristate({
    help: "Whether requests say that they accept gzip. Unset, the preset of the provider decides.",
    group: reading,
    advanced: true
  })
}
