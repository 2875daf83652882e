/** Options as they are written. */
import { family } from "@mooring/testkit/doctor"
import { withDouble } from "../worlds.ts"

export const options = family("options", [
  {
    name: "a slip in a name",
    arrange: withDouble(() => ({ config: { projct_number: "1" } })),
    finding: "options unknown_field #/projct_number",
    suggestion: "project_number"
  },
  {
    name: "a project that is a sentence",
    arrange: withDouble(() => ({ config: { project_number: "my project" } })),
    finding: "options invalid_value #/project_number",
    suggestion: "project number"
  },
  {
    name: "a number where text belongs",
    arrange: withDouble(() => ({ config: { project_number: 123_456_789_012 } })),
    finding: "options invalid_value #/project_number",
    suggestion: "a text"
  },
  {
    name: "an ACL beside policies",
    arrange: withDouble(() => ({ config: { bucket_policy_only: true, object_acl: "publicRead" } })),
    finding: "options conflicting_fields #/object_acl",
    suggestion: "leave one of them out"
  },
  {
    name: "an ACL that nobody knows",
    arrange: withDouble(() => ({ config: { object_acl: "public-read" } })),
    finding: "options invalid_value #/object_acl",
    suggestion: "publicRead"
  },
  {
    name: "the address of a bucket as endpoint",
    arrange: withDouble(() => ({ config: { endpoint: "https://bucket.storage.googleapis.com" } })),
    finding: "options invalid_value #/endpoint",
    suggestion: "in paths"
  },
  {
    name: "the console as endpoint",
    arrange: withDouble(() => ({ config: { endpoint: "https://console.cloud.google.com/storage" } })),
    finding: "options invalid_value #/endpoint",
    suggestion: "leave it out"
  },
  {
    name: "the endpoint with the path of the API",
    arrange: withDouble(({ endpoint }) => ({ config: { endpoint: `${endpoint}/storage/v1/` }, at: ["bucket"] })),
    finding: "passed"
  },
  {
    name: "the endpoint with another path",
    arrange: withDouble(({ endpoint }) => ({ config: { endpoint: `${endpoint}/storage/v2` } })),
    finding: "authenticate failed not_a_storage_endpoint #/endpoint",
    suggestion: "JSON API"
  }
])
