/**
 * Options that say how objects are kept and listed.
 */
import { Options } from "@mooring/core"

const group = "Objects"
const listing = "Listing"

export const objects = {
  storage_policy: Options.choice({
    help: "Storage policy of new containers. Empty is the choice of the service.",
    group,
    default: "",
    values: ["", "pcs", "pca"]
  }),
  encoding: Options.encoding({
    help: "Characters that are replaced in names.",
    group,
    advanced: true,
    default: "16777218"
  }),
  fetch_until_empty_page: Options.boolean({
    help: "List until a page is empty, for services whose pages may be shorter than asked for.",
    group: listing,
    advanced: true
  }),
  partial_page_fetch_threshold: Options.integer({
    help: "List on after a page that is short of what was asked for by at most so many percent.",
    group: listing,
    advanced: true,
    default: 0
  })
}
