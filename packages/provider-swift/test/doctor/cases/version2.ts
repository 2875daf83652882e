/** What is wrong with options of version 2, before a service whose catalog says where its store is. */
import { family } from "@mooring/testkit/doctor"
import type { Config, DoctorCase } from "@mooring/testkit/doctor"
import { people, tenant } from "../../double/identity.ts"
import { withDouble, who } from "../worlds.ts"

const given = (config: Config) => withDouble(() => ({ at: ["c"], config }))

export const version2: ReadonlyArray<DoctorCase> = family("version 2", [
  { name: "right", arrange: withDouble(() => ({ at: ["c"], write: true })), finding: "passed" },
  { name: "an API key instead of a password", arrange: given({ key: people.apiKey }), finding: "passed" },
  {
    name: "a wrong key",
    arrange: given({ key: "wrong" }),
    finding: "authenticate failed auth_invalid #/key",
    suggestion: "its password or API key, and the tenant"
  },
  {
    name: "a wrong user",
    arrange: given({ user: "nobody" }),
    finding: "authenticate failed auth_invalid #/key",
    suggestion: "the user name"
  },
  { name: "the tenant by id", arrange: given({ tenant: "", tenant_id: tenant.id }), finding: "passed" },
  {
    name: "a tenant that is none",
    arrange: given({ tenant: "nowhere" }),
    finding: "authenticate failed auth_invalid #/key",
    suggestion: "and the tenant"
  },
  {
    name: "no tenant",
    arrange: given({ tenant: "" }),
    finding: "authenticate failed auth_invalid #/tenant",
    suggestion: "by tenant or tenant_id"
  },
  {
    name: "another version in the option",
    arrange: given({ auth_version: 3 }),
    finding: "authenticate failed not_a_storage_endpoint #/auth_version",
    suggestion: "2"
  },
  {
    name: "a user by id, which it does not know",
    arrange: given({ user_id: "u1" }),
    finding: "options conflicting_fields #/user_id",
    suggestion: "does not know this"
  },
  { name: "a region of the catalog", arrange: given({ region: "ORD" }), finding: "passed" },
  {
    name: "a region that does not exist",
    arrange: given({ region: "LON" }),
    finding: "authenticate failed wrong_region #/region",
    suggestion: "ORD, DFW"
  },
  {
    name: "a region that answers nobody",
    arrange: given({ region: "DFW" }),
    finding: "connect failed connect_refused #/region",
    suggestion: "an address and port at which the service answers"
  },
  {
    name: "an address that the catalog lacks",
    arrange: given({ endpoint_type: "admin" }),
    finding: "authenticate failed not_a_storage_endpoint #/endpoint_type",
    suggestion: "public"
  },
  {
    name: "the environment of an openrc file",
    arrange: withDouble(({ auth }) => ({
      at: ["c"],
      config: { auth: "", user: "", key: "", tenant: "", env_auth: true },
      ambient: {
        env: { OS_AUTH_URL: auth, OS_USERNAME: who.user, OS_PASSWORD: who.key, OS_TENANT_NAME: who.tenant },
        allow: "all"
      }
    })),
    finding: "passed"
  },
  {
    name: "a container that is missing",
    arrange: withDouble(() => ({ at: ["missing"] })),
    finding: "list failed not_found -",
    suggestion: "a container that exists"
  }
])
