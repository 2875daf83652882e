/**
 * Options of new buckets.
 */
import { Options } from "@mooring/core"

const group = "Buckets"

/** Option to its schema. */
export const buckets = {
  location: Options.text({
    help: "Location of new buckets. Empty is us.",
    group,
    suggestions: ["us", "eu", "asia", "us-central1", "europe-west1"]
  }),
  bucket_acl: Options.choice({
    help: "Who may access new buckets. Empty is private.",
    group,
    default: "",
    values: ["", "authenticatedRead", "private", "projectPrivate", "publicRead", "publicReadWrite"]
  }),
  bucket_policy_only: Options.boolean({
    help: "Leave access to the policies of buckets: no ACL is sent with objects, and new buckets have none.",
    group
  }),
  no_check_bucket: Options.boolean({
    help: "Neither check nor create the bucket before an upload. Mooring never does, so both values mean the same.",
    group,
    advanced: true
  })
}
