/**
 * Options that say how blobs are kept and listed.
 */
import { Options } from "@mooring/core"

const group = "Objects"

export const objects = {
  access_tier: Options.choice({
    help: "Tier of new blobs. Empty is that of the account.",
    group,
    default: "",
    values: ["", "hot", "cool", "cold", "archive"]
  }),
  archive_tier_delete: Options.boolean({
    help: "Delete a blob in the archive before it is overwritten. Without it that is refused.",
    group,
    advanced: true
  }),
  delete_snapshots: Options.choice({
    help: "What is deleted of a blob with snapshots: both, or the snapshots only. Empty refuses to.",
    group,
    advanced: true,
    default: "",
    values: ["", "include", "only"]
  }),
  public_access: Options.choice({
    help: "What everybody may read of new containers: nothing, blobs, or their list too.",
    group,
    advanced: true,
    default: "",
    values: ["", "blob", "container"]
  }),
  directory_markers: Options.boolean({
    help: "Keep empty directories as blobs whose name ends in a slash.",
    group,
    advanced: true
  }),
  list_chunk: Options.integer({
    help: "Entries that one listing request asks for.",
    group,
    advanced: true,
    default: 5000,
    minimum: 1,
    maximum: 5000
  }),
  encoding: Options.encoding({
    help: "Characters that are replaced in names.",
    group,
    advanced: true,
    default: "21078018"
  })
}
