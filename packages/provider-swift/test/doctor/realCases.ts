/** Misconfigurations of a real server: those that any tells, and those of version 1. */
import { families, family, type Config, type DoctorCase } from "@mooring/testkit/doctor"
import { realSubject, withContainer, type Setup } from "./real.ts"

/** Where nothing listens. */
export const closed = "http://127.0.0.1:1"

/** Those that any server tells. */
export const everywhere = (setup: Setup): ReadonlyArray<DoctorCase> => {
  const { config, storage_url: storageUrl } = setup
  const container = withContainer(setup)
  const given = (changes: Config) => container(() => ({ config: changes }))
  const { origin, host, pathname } = new URL(config.auth)
  const version = pathname.includes("v3") ? 3 : 1
  const ceph = setup.setup === "ceph"
  return [
    ...family("endpoint", [
      { name: "right", arrange: container(() => ({ write: true })), finding: "passed" },
      { name: "right, and all containers listed", arrange: container(() => ({ at: [] })), finding: "passed" },
      {
        name: "a port where nothing is",
        arrange: given({ auth: `${closed}/v${version}` }),
        finding: "connect failed connect_refused #/auth",
        suggestion: "localhost is the machine on which Mooring runs"
      },
      {
        name: "a host that does not exist",
        arrange: given({ auth: `http://nowhere.invalid/v${version}` }),
        finding: "resolve failed dns_failed #/auth",
        suggestion: "slips"
      },
      {
        name: "https where the service has none",
        arrange: given({ auth: `https://${host}${pathname}` }),
        // uwsgi closes the connection without a word.
        finding: `${version === 3 ? "connect" : "tls"} failed provider_unavailable #/auth`,
        suggestion: `http://127.0.0.1:PORT${pathname}`
      },
      {
        name: "the auth URL of something else",
        arrange: given({ auth: `${origin}/elsewhere/v${version}` }),
        finding: "authenticate failed not_a_storage_endpoint #/auth",
        suggestion: "the authentication service up to v1.0"
      },
      {
        name: "a storage URL where nothing is",
        arrange: given({ storage_url: `${closed}/v1/AUTH_a` }),
        finding: "connect failed connect_refused #/storage_url",
        suggestion: "port"
      },
      // The account of Keystone is another each time, and the suggestion has it.
      ...(version === 3
        ? []
        : [
            {
              name: "https in the storage URL where the service has none",
              arrange: given({ storage_url: storageUrl.replace("http:", "https:") }),
              finding: "tls failed provider_unavailable #/storage_url",
              suggestion: "http://127.0.0.1:PORT/"
            }
          ]),
      {
        name: "the auth URL as storage URL",
        arrange: container(() => ({ config: { storage_url: config.auth } })),
        ...(version === 3
          ? { finding: "list failed not_found -", suggestion: "a container that exists" }
          : { finding: "authenticate failed auth_invalid #/storage_url", suggestion: "leave storage_url out" })
      },
      {
        name: "an auth URL without its version",
        arrange: given({ auth: origin }),
        finding: "options missing_field #/auth_version",
        suggestion: "write 1, 2 or 3"
      }
    ]),
    ...families(realSubject(setup)).faults,
    ...family("credentials", [
      {
        name: "a wrong key",
        arrange: given({ key: "wrong" }),
        finding: "authenticate failed auth_invalid #/key",
        suggestion: version === 3 ? "the password of the user" : "the user as account:user, and its key"
      },
      {
        name: "a wrong user",
        arrange: given({ user: "nobody:nobody" }),
        finding: `authenticate failed auth_invalid ${ceph ? "#/user" : "#/key"}`,
        suggestion: version === 3 ? "another user" : "account:user"
      },
      {
        name: "no key",
        arrange: given({ key: undefined }),
        finding: "options missing_field #/key",
        suggestion: version === 3 ? "a password or token" : "the key of the user"
      },
      {
        name: "a token that is none, with the storage URL",
        arrange: given({ auth_token: "wrong", storage_url: storageUrl }),
        finding: "authenticate failed auth_invalid #/auth_token",
        suggestion: "a token that has not expired"
      },
      {
        name: "a token that is none, beside the user",
        arrange: given({ auth_token: "wrong" }),
        finding: "authenticate failed auth_invalid #/auth_token",
        suggestion: "a token that has not expired"
      },
      {
        name: "of an environment that is not permitted",
        arrange: container(() => ({ config: { env_auth: true, auth: undefined } })),
        finding: "authenticate failed ambient_credentials_forbidden #/env_auth",
        suggestion: "write the auth URL"
      },
      {
        name: "of an environment that is empty",
        arrange: container(() => ({
          config: { env_auth: true, auth: undefined, user: undefined, key: undefined, tenant: undefined },
          ambient: { env: {}, allow: "all" }
        })),
        finding: "authenticate failed auth_invalid #/env_auth",
        suggestion: "openrc"
      },
      {
        name: "of another user, who has no right",
        arrange: given({ ...setup.other, storage_url: storageUrl }),
        finding: "list failed permission_denied -",
        suggestion: "another container"
      }
    ]),
    ...family("place", [
      {
        name: "missing",
        arrange: container((name) => ({ at: [`${name}-missing`] })),
        finding: "list failed not_found -",
        suggestion: "a container that exists"
      },
      {
        name: "an object",
        arrange: container((name) => ({ at: [name, "object"] })),
        finding: "list failed not_a_directory -",
        suggestion: "the directory around it"
      },
      {
        name: "with nothing in it yet",
        arrange: container((name) => ({ at: [name, "new"], write: true })),
        finding: "passed"
      }
    ])
  ]
}

/** What the other user may do in a container by its ACL, in the words of each server. */
export const permissions = (setup: Setup): ReadonlyArray<DoctorCase> => {
  const who = { tempauth: "test:other", keystone: "*:*", ceph: "other" }[setup.setup] ?? ""
  const others = { ...setup.other, storage_url: setup.storage_url }
  const permitted = (headers: Readonly<Record<string, string>>, write: boolean) =>
    withContainer(setup, headers)(() => ({ config: others, write }))
  const reading = { "x-container-read": who }
  const writing = { "x-container-write": who }
  return family("permissions", [
    { name: "to list and read, and nothing is written", arrange: permitted(reading, false), finding: "passed" },
    {
      name: "to list and read, and something is written",
      arrange: permitted(reading, true),
      finding: "write failed permission_denied -",
      suggestion: "a user that may do this"
    },
    {
      name: "to write only",
      arrange: permitted(writing, true),
      finding: "list failed permission_denied -",
      suggestion: "a user that may do this"
    },
    { name: "to do all three", arrange: permitted({ ...reading, ...writing }, true), finding: "passed" }
  ])
}

/** Those of a server of version 1. */
export const ofVersion1 = (setup: Setup): ReadonlyArray<DoctorCase> => {
  const { config } = setup
  const container = withContainer(setup)
  const environment = { ST_AUTH: config.auth, ST_USER: config.user, ST_KEY: config.key }
  const ambiently = (env: Readonly<Record<string, string>>, changes: Config = {}) =>
    container(() => ({
      config: { auth: undefined, user: undefined, key: undefined, env_auth: true, ...changes },
      ambient: { env, allow: "all" }
    }))
  const elsewhere = { finding: "authenticate failed not_a_storage_endpoint #/auth_version", suggestion: "1" }
  return [
    ...family("version", [
      { name: "1 as an option", arrange: container(() => ({ config: { auth_version: 1 } })), finding: "passed" },
      { name: "2", arrange: container(() => ({ config: { auth_version: 2 } })), ...elsewhere },
      { name: "3", arrange: container(() => ({ config: { auth_version: 3 } })), ...elsewhere },
      {
        name: "1 with a region",
        arrange: container(() => ({ config: { region: "RegionOne" } })),
        finding: "options conflicting_fields #/region",
        suggestion: "does not know this"
      }
    ]),
    ...family("environment", [
      { name: "of older clients", arrange: ambiently(environment), finding: "passed" },
      {
        name: "below options",
        arrange: ambiently({ ...environment, ST_KEY: "wrong" }, { key: config.key }),
        finding: "passed"
      },
      {
        name: "of newer clients above that of older",
        arrange: ambiently({ ...environment, ST_KEY: "wrong", OS_PASSWORD: config.key }),
        finding: "passed"
      },
      {
        name: "with a wrong key",
        arrange: ambiently({ ...environment, ST_KEY: "wrong" }),
        finding: "authenticate failed auth_invalid #/env_auth",
        suggestion: "account:user"
      }
    ])
  ]
}
