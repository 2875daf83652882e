/** Shared access signatures. */
import { family } from "@mooring/testkit/doctor"
import { accountSas, blobSas, containerSas, sasOf } from "../sas.ts"
import { withDouble } from "../worlds.ts"

const hour = 3_600_000

/** The address of the account, or of a container below it, with a signature, instead of key and endpoint. */
const linked = (query: string, { below = "", at = [] as ReadonlyArray<string>, write = false } = {}) =>
  withDouble(({ endpoint }) => ({
    config: { account: "", key: "", endpoint: "", sas_url: `${endpoint}${below}?${query}` },
    at,
    write
  }))

const invalid = "authenticate failed auth_invalid #/sas_url"

export const signatures = family("signatures", [
  { name: "of the account", arrange: linked(accountSas(), { at: ["box"], write: true }), finding: "passed" },
  {
    name: "of a container",
    arrange: linked(containerSas("rwdl"), { below: "/box", at: ["box"], write: true }),
    finding: "passed"
  },
  { name: "of a container, and no place", arrange: linked(containerSas("rl"), { below: "/box" }), finding: "passed" },
  {
    name: "that has expired",
    arrange: linked(accountSas({ expires: -hour }), { at: ["box"] }),
    finding: "authenticate failed auth_expired #/sas_url",
    suggestion: "a new signature"
  },
  {
    name: "that is not valid yet",
    arrange: linked(accountSas({ starts: hour, expires: 2 * hour }), { at: ["box"] }),
    finding: invalid,
    suggestion: "clock"
  },
  {
    name: "that was cut",
    arrange: linked(accountSas().replace(/sig=.{8}/, "sig=AAAAAAAA"), { at: ["box"] }),
    finding: invalid,
    suggestion: "copied whole"
  },
  {
    name: "without its signature",
    arrange: linked(accountSas().replace(/&?sig=[^&]*/, "")),
    finding: "options invalid_value #/sas_url",
    suggestion: "sig="
  },
  {
    name: "for queues",
    arrange: linked(accountSas({ services: "q" }), { at: ["box"] }),
    finding: invalid,
    suggestion: "the service b"
  },
  {
    name: "for https only, over http",
    arrange: linked(accountSas({ https: true }), { at: ["box"] }),
    finding: "list failed permission_denied #/sas_url",
    suggestion: "https"
  },
  {
    name: "that may not list",
    arrange: linked(accountSas({ permissions: "rw" }), { at: ["box"] }),
    finding: "list failed permission_denied #/sas_url",
    suggestion: "permission to list (l)"
  },
  {
    name: "that may not list the account, asked without a place",
    arrange: linked(accountSas({ types: "co" })),
    finding: "list unverified permission_denied #/sas_url",
    suggestion: "name a container"
  },
  {
    name: "that may not write",
    arrange: linked(containerSas("rl"), { below: "/box", write: true }),
    finding: "write failed permission_denied #/sas_url",
    suggestion: "permissions that this needs"
  },
  {
    name: "that may write and not delete",
    arrange: withDouble(({ endpoint }) => ({
      config: { account: "", key: "", endpoint: "", sas_url: `${endpoint}/box?${containerSas("rwl")}` },
      write: true,
      leaves: 1
    })),
    finding: "write failed permission_denied #/sas_url",
    suggestion: "mooring-test-ID is left over"
  },
  {
    name: "of a blob",
    arrange: linked(blobSas("name"), { below: "/box/name" }),
    finding: "options invalid_value #/sas_url",
    suggestion: "not of a blob"
  },
  {
    name: "of a container, asked for another",
    arrange: linked(containerSas("rl"), { below: "/box", at: ["other"] }),
    finding: "list failed permission_denied #/sas_url",
    suggestion: "box"
  },
  {
    name: "in the endpoint",
    arrange: withDouble(({ endpoint }) => ({ config: { key: "", endpoint: `${endpoint}?${accountSas()}` } })),
    finding: "options invalid_value #/endpoint",
    suggestion: "sas_url"
  },
  {
    name: "of a policy that is not stored",
    arrange: linked(sasOf({ si: "policy", sr: "c", sv: "2022-11-02", sig: "AAAA" }), { below: "/box" }),
    finding: invalid,
    suggestion: "copied whole"
  }
])
