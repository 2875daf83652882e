/** Places in the service, and who pays for them. */
import { family } from "@mooring/testkit/doctor"
import { withDouble, withObject } from "../worlds.ts"

export const buckets = family("buckets", [
  {
    name: "that is not there",
    arrange: withDouble(() => ({ at: ["no-such-bucket"] })),
    finding: "list failed not_found -",
    suggestion: "a bucket that exists"
  },
  {
    name: "by an address",
    arrange: withDouble(() => ({ at: ["gs:", "", "bucket"] })),
    finding: "list failed invalid_name -",
    suggestion: "gs://"
  },
  {
    name: "in capital letters",
    arrange: withDouble(() => ({ at: ["Bucket"] })),
    finding: "list failed invalid_name -",
    suggestion: "by its own name"
  },
  {
    name: "and an object in it",
    arrange: withDouble((double) => {
      withObject(double)
      return { at: ["bucket", "object"] }
    }),
    finding: "list failed not_a_directory -",
    suggestion: "the directory around it"
  },
  {
    name: "and a directory that is not there yet",
    arrange: withDouble(() => ({ at: ["bucket", "directory"], write: true })),
    finding: "passed"
  },
  {
    name: "that keeps versions",
    arrange: withDouble(() => ({ at: ["bucket"], write: true }), { buckets: [{ name: "bucket", versioning: true }] }),
    finding: "passed"
  },
  {
    name: "that leaves access to policies",
    arrange: withDouble(() => ({ at: ["bucket"], write: true }), {
      buckets: [{ name: "bucket", uniformAccess: true }]
    }),
    finding: "passed"
  },
  {
    name: "that leaves access to policies, and an ACL was chosen",
    arrange: withDouble(() => ({ config: { object_acl: "private" }, at: ["bucket"], write: true }), {
      buckets: [{ name: "bucket", uniformAccess: true }]
    }),
    finding: "write failed conflicting_fields #/bucket_policy_only",
    suggestion: "true"
  },
  {
    name: "whose requester pays",
    arrange: withDouble(() => ({ at: ["bucket"] }), { buckets: [{ name: "bucket", requesterPays: true }] }),
    finding: "list failed permission_denied #/user_project",
    suggestion: "a project in which"
  },
  {
    name: "whose requester pays, and does",
    arrange: withDouble(({ project }) => ({ config: { user_project: project }, at: ["bucket"], write: true }), {
      buckets: [{ name: "bucket", requesterPays: true }]
    }),
    finding: "passed"
  },
  {
    name: "whose requester pays, and somebody else's project is named",
    arrange: withDouble(() => ({ config: { user_project: "somebody-else" }, at: ["bucket"] }), {
      buckets: [{ name: "bucket", requesterPays: true }]
    }),
    finding: "list failed permission_denied #/user_project",
    suggestion: "a project in which"
  }
])
