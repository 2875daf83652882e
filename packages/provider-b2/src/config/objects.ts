/**
 * Options that say how objects are kept: versions, removal and names.
 */
import { Options } from "@mooring/core"

const versions = "Versions"

/** Option to its schema. */
export const objects = {
  hard_delete: Options.boolean({
    help: "Remove all versions of an object for good, instead of hiding it.",
    group: versions,
    advanced: true
  }),
  lifecycle: Options.integer({
    help: "Days for which new buckets keep hidden versions. 0 keeps them until they are removed.",
    group: versions,
    advanced: true,
    default: 0,
    minimum: 0
  }),
  versions: Options.boolean({ help: "List old versions too.", group: versions, advanced: true }),
  version_at: Options.time({ help: "Show objects as they were at this time.", group: versions, advanced: true }),
  encoding: Options.encoding({
    help: "Characters that are replaced in names.",
    group: "Objects",
    advanced: true,
    default: "50438146"
  })
}
