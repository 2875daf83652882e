/** Roles that are narrow. */
import { family } from "@mooring/testkit/doctor"
import { newServiceAccount, type Permission } from "../../double/index.ts"
import { token, withDouble, withObject } from "../worlds.ts"

const withRole = (permissions: ReadonlyArray<Permission>, situation = {}) => {
  const identity = newServiceAccount("narrow@double-project.iam.gserviceaccount.com", { permissions })
  return withDouble(() => ({ at: ["bucket"], ...situation }), { accessTokens: { [token]: identity } })
}

export const permissions = family("permissions", [
  { name: "to list objects only", arrange: withRole(["storage.objects.list"]), finding: "passed" },
  {
    name: "to list objects only, and all buckets are listed",
    arrange: withRole(["storage.objects.list"], { at: [] }),
    finding: "list unverified permission_denied #/access_token",
    suggestion: "role"
  },
  {
    name: "to read objects only",
    arrange: withRole(["storage.objects.get"]),
    finding: "list failed permission_denied #/access_token",
    suggestion: "Storage Object Viewer"
  },
  {
    name: "to list and not to read",
    arrange: withDouble(
      (double) => {
        withObject(double)
        return { at: ["bucket"] }
      },
      {
        accessTokens: {
          [token]: newServiceAccount("lister@double-project.iam.gserviceaccount.com", {
            permissions: ["storage.objects.list"]
          })
        }
      }
    ),
    finding: "read failed permission_denied #/access_token",
    suggestion: "role"
  },
  {
    name: "to list and not to write",
    arrange: withRole(["storage.objects.list", "storage.objects.get"], { write: true }),
    finding: "write failed permission_denied #/access_token",
    suggestion: "role"
  },
  {
    name: "to write and not to remove",
    arrange: withRole(["storage.objects.list", "storage.objects.create"], { write: true, leaves: 1 }),
    finding: "write failed permission_denied #/access_token",
    suggestion: "is left over"
  },
  {
    name: "for all of objects and nothing of buckets",
    arrange: withRole(
      ["storage.objects.list", "storage.objects.create", "storage.objects.delete", "storage.objects.get"],
      { write: true }
    ),
    finding: "passed"
  },
  {
    name: "without a project, and a bucket is named",
    arrange: withDouble(() => ({ config: { project_number: undefined }, at: ["bucket"], write: true })),
    finding: "passed"
  },
  {
    name: "without a project, and no bucket is named",
    arrange: withDouble(() => ({ config: { project_number: undefined }, at: [] })),
    finding: "list unverified permission_denied #/project_number",
    suggestion: "the number of the project"
  },
  {
    name: "without a project and a bucket, and the token is refused",
    arrange: withDouble(() => ({ config: { project_number: undefined, access_token: "ya29.unknown" }, at: [] })),
    finding: "authenticate failed auth_invalid #/access_token",
    suggestion: "a new access token"
  }
])
