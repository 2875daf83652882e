/**
 * Options that say how objects are kept and read.
 */
import { Options } from "@mooring/core"

const group = "Objects"

/** Option to its schema. */
export const objects = {
  object_acl: Options.choice({
    help: "Who may access new objects. Empty is private.",
    group,
    default: "",
    values: [
      "",
      "authenticatedRead",
      "bucketOwnerFullControl",
      "bucketOwnerRead",
      "private",
      "projectPrivate",
      "publicRead"
    ]
  }),
  storage_class: Options.choice({
    help: "Storage class of new objects and buckets. Empty is that of the bucket.",
    group,
    default: "",
    values: ["", "MULTI_REGIONAL", "REGIONAL", "NEARLINE", "COLDLINE", "ARCHIVE", "DURABLE_REDUCED_AVAILABILITY"]
  }),
  decompress: Options.boolean({
    help: "Decompress objects whose content encoding is gzip when they are read. Their size is not known before.",
    group,
    advanced: true
  }),
  directory_markers: Options.boolean({
    help: "Keep empty directories as objects whose name ends in a slash.",
    group,
    advanced: true
  }),
  encoding: Options.encoding({
    help: "Characters that are replaced in names.",
    group,
    advanced: true,
    default: "50348034"
  })
}
