/**
 * Every option, and what it changes: in the settings where these are what an operation reads, else in the login. What
 * operations make of them is in the tests that the rows name.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import type { SwiftConfig } from "../src/SwiftConfig.ts"
import type { SwiftSettings } from "../src/SwiftSettings.ts"
import type { Login } from "../src/credentials/AuthSource.ts"
import { settingsOf } from "./openClient.ts"

type Options = Readonly<Record<string, unknown>>

const keystone = { auth: "https://keystone.example.com/v3", user: "demo", key: "secret", tenant: "demo" }
const bare = { auth: keystone.auth }
const application = { ...bare, application_credential_secret: "s" }

const loginOf = ({ auth }: SwiftSettings) => auth as Extract<Login, { readonly kind: "v3" }>

/** Options, what is looked at, and what it is with them and without the option. */
type Row = readonly [options: Options, see: (settings: SwiftSettings) => unknown, expected: unknown]

const identity = (settings: SwiftSettings) => {
  const { identity } = loginOf(settings)
  if (identity.method === "password") return [identity.user, Redacted.value(identity.password)]
  return identity.method === "token"
    ? Redacted.value(identity.token)
    : [identity.credential, Redacted.value(identity.secret)]
}
const demo = { name: "demo", domain: { name: "Default" } }

const rows: { readonly [Name in keyof typeof SwiftConfig.fields]: Row } = {
  // doctor/realCases.ts, doctor/keystoneCases.ts
  auth: [keystone, (settings) => loginOf(settings).url, keystone.auth],
  auth_version: [{ ...keystone, auth_version: 2 }, ({ auth }) => auth.kind, "v2"],
  storage_url: [
    { ...keystone, storage_url: "https://store/v1/AUTH_a/" },
    (settings) => loginOf(settings).storageUrl,
    "https://store/v1/AUTH_a"
  ],
  region: [{ ...keystone, region: "GRA" }, (settings) => loginOf(settings).region, "GRA"],
  endpoint_type: [{ ...keystone, endpoint_type: "internal" }, (settings) => loginOf(settings).endpointType, "internal"],
  user: [keystone, identity, [demo, "secret"]],
  key: [{ ...bare, key: "token" }, identity, "token"],
  user_id: [{ ...bare, user_id: "u1", key: "secret" }, identity, [{ id: "u1" }, "secret"]],
  domain: [{ ...keystone, domain: "People" }, identity, [{ name: "demo", domain: { name: "People" } }, "secret"]],
  tenant: [keystone, (settings) => loginOf(settings).scope, { project: demo }],
  tenant_id: [{ ...keystone, tenant_id: "p1" }, (settings) => loginOf(settings).scope, { project: { id: "p1" } }],
  tenant_domain: [
    { ...keystone, tenant_domain: "Projects" },
    (settings) => loginOf(settings).scope,
    { project: { name: "demo", domain: { name: "Projects" } } }
  ],
  application_credential_id: [{ ...application, application_credential_id: "c1" }, identity, [{ id: "c1" }, "s"]],
  application_credential_name: [
    { ...application, application_credential_name: "n", user: "demo" },
    identity,
    [{ name: "n", user: demo }, "s"]
  ],
  application_credential_secret: [{ ...application, application_credential_id: "c1" }, identity, [{ id: "c1" }, "s"]],
  auth_token: [{ ...bare, auth_token: "t" }, identity, "t"],
  env_auth: [
    { ...keystone, env_auth: true },
    ({ auth, authentication }) => [auth.kind, authentication.used],
    ["ambient", ["env_auth"]]
  ],
  // largeObjects.conformance.test.ts
  storage_policy: [{ ...keystone, storage_policy: "pca" }, ({ storagePolicy }) => storagePolicy, "pca"],
  chunk_size: [{ ...keystone, chunk_size: "1Gi" }, ({ chunkSize }) => chunkSize, 1024 ** 3],
  no_chunk: [
    { ...keystone, no_chunk: true },
    ({ chunkStreams, largeObjects }) => [chunkStreams, largeObjects],
    [false, true]
  ],
  no_large_objects: [
    { ...keystone, no_large_objects: true },
    ({ chunkStreams, largeObjects }) => [chunkStreams, largeObjects],
    [false, false]
  ],
  leave_parts_on_error: [{ ...keystone, leave_parts_on_error: true }, ({ leaveParts }) => leaveParts, true],
  use_segments_container: [
    { ...keystone, use_segments_container: "false" },
    ({ segmentsContainer }) => segmentsContainer,
    false
  ],
  // list.test.ts, SwiftClient.test.ts
  fetch_until_empty_page: [{ ...keystone, fetch_until_empty_page: true }, ({ untilEmptyPage }) => untilEmptyPage, true],
  partial_page_fetch_threshold: [{ ...keystone, partial_page_fetch_threshold: 7 }, ({ partialPage }) => partialPage, 7],
  // keys.test.ts
  encoding: [{ ...keystone, encoding: "Slash,Question" }, ({ encoding }) => encoding, 0x102],
  description: [{ ...keystone, description: "of the archive" }, (settings) => "description" in settings, false]
}

describe("every option", () => {
  for (const [name, [options, see, expected]] of Object.entries(rows)) {
    it(name, () => {
      assert.property(options, name)
      assert.deepStrictEqual(see(settingsOf(options)), expected)
      if (name === "description") return
      // Without the option it is something else, or nothing.
      const { [name]: _, ...others } = options
      const without = (() => {
        try {
          return see(settingsOf(others))
        } catch {
          return "refused"
        }
      })()
      assert.notDeepEqual(without, expected)
    })
  }
})
