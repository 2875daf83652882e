/**
 * Options that say where the service is and who is billed.
 */
import { Options } from "@mooring/core"

const group = "Connection"

/** Option to its schema. */
export const connection = {
  project_number: Options.text({
    help: "Number or ID of the project. Needed to list and create buckets, and for nothing else.",
    group
  }),
  user_project: Options.text({
    help: "Project that is billed for requests, where the requester of a bucket pays.",
    group,
    advanced: true
  }),
  endpoint: Options.text({
    help: "Address of the JSON API. Empty is https://storage.googleapis.com/storage/v1/; without a path /storage/v1/ is added.",
    group,
    advanced: true,
    danger: "url"
  }),
  description: Options.text({ help: "A note for people.", group, advanced: true })
}
