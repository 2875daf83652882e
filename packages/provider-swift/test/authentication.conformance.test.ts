/**
 * Every way to authenticate that a real server has: `MOORING_SETUP` is what the setup's `up` printed.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { failedStage } from "@mooring/core/ConnectionTest"
import { inHost } from "./host.ts"
import { openClient } from "./openClient.ts"
import { prepare } from "./pluginSubject.ts"

const { setup, config, storage_url: storageUrl, ids, other } = JSON.parse(process.env["MOORING_SETUP"] ?? "")
const keystone = setup === "keystone"
const { auth } = config
const root = new URL(auth).origin

type Options = Readonly<Record<string, unknown>>

/** The account that is reached with options, after a call that needs the token. */
const accountOf = Effect.fnUntraced(function* (options: Options, env?: Readonly<Record<string, string>>) {
  const { client, store } = yield* openClient(options, env === undefined ? {} : { env })
  yield* store.listPage([])
  return yield* client.session.get
})

const reaches = (title: string, options: Options, env?: Readonly<Record<string, string>>) =>
  it.live(`is accepted: ${title}`, () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* accountOf(options, env)).storageUrl, storageUrl)
    }).pipe(Effect.scoped)
  )

/** The stage that fails, and the option that is blamed. */
const blames = (title: string, options: Options, stage: string, code: string, pointer: string | undefined) =>
  it.live(`is told apart: ${title}`, () =>
    Effect.gen(function* () {
      const failed = failedStage(yield* inHost(prepare(options).test({})))
      assert.deepStrictEqual([failed?.stage, failed?.code, failed?.pointer], [stage, code, pointer])
      assert.isString(failed?.suggestion)
      assert.notInclude(JSON.stringify(failed), String(config.key))
    }).pipe(Effect.scoped)
  )

const closed = "http://127.0.0.1:1"

describe("any version", () => {
  reaches("what the setup hands out", config)
  blames(
    "a port where nothing is",
    { ...config, auth: `${closed}/v3`, auth_version: keystone ? 3 : 1 },
    "connect",
    "connect_refused",
    "#/auth"
  )
  blames(
    "a host that does not exist",
    { ...config, auth: "http://nowhere.invalid/v3", auth_version: keystone ? 3 : 1 },
    "resolve",
    "dns_failed",
    "#/auth"
  )
  blames(
    "a storage URL where nothing is",
    { ...config, storage_url: `${closed}/v1/AUTH_a` },
    "connect",
    "connect_refused",
    "#/storage_url"
  )
  blames("a wrong key", { ...config, key: "wrong" }, "authenticate", "auth_invalid", "#/key")
  blames(
    "a wrong user",
    { ...config, user: "nobody:nobody" },
    "authenticate",
    "auth_invalid",
    setup === "ceph" ? "#/user" : "#/key"
  )
  blames(
    "a token that is none",
    { auth_token: "wrong", storage_url: storageUrl },
    "authenticate",
    "auth_invalid",
    "#/auth_token"
  )
  blames(
    "an auth URL of something else",
    { ...config, auth: `${root}/elsewhere/${keystone ? "v3" : "v1"}` },
    "authenticate",
    "not_a_storage_endpoint",
    "#/auth"
  )

  it.live("is accepted: a storage URL and a token, without asking anybody for one", () =>
    Effect.gen(function* () {
      const { token } = yield* accountOf(config)
      const given = { auth_token: Redacted.value(token), storage_url: storageUrl }
      assert.strictEqual((yield* accountOf({ ...given, auth: `${closed}/v3` })).storageUrl, storageUrl)
    }).pipe(Effect.scoped)
  )

  it.live("is asked again with new credentials under an open store", () =>
    Effect.gen(function* () {
      const { store, replace } = yield* inHost(prepare({ ...config, key: "wrong" }).open)
      assert.strictEqual((yield* Effect.flip(store.check)).reason._tag, "auth_invalid")
      assert.isTrue(yield* replace(config))
      yield* store.check
      assert.isFalse(yield* replace({ ...config, user: "another" }))
      yield* store.check
    }).pipe(Effect.scoped)
  )

  it.live("is not asked by an environment that is not permitted", () =>
    Effect.gen(function* () {
      const failed = failedStage(yield* inHost(prepare({ env_auth: true }).test({})))
      const found = [failed?.stage, failed?.code, failed?.pointer]
      assert.deepStrictEqual(found, ["authenticate", "ambient_credentials_forbidden", "#/env_auth"])
    }).pipe(Effect.scoped)
  )

  it.live("keeps a user out who has no right, and says so", () =>
    Effect.gen(function* () {
      const { store } = yield* openClient({ ...config, ...other, storage_url: storageUrl })
      if (setup === "ceph") assert.deepStrictEqual((yield* store.listPage([])).entries, [])
      else assert.strictEqual((yield* Effect.flip(store.listPage([]))).reason._tag, "permission_denied")
      yield* store.check
    }).pipe(Effect.scoped)
  )
})

if (!keystone) {
  const environment = { ST_AUTH: auth, ST_USER: config.user, ST_KEY: config.key }

  describe("version 1", () => {
    reaches("the version as an option", { ...config, auth_version: 1 })
    reaches("the environment", { env_auth: true }, environment)
    reaches("options above the environment", { ...config, env_auth: true }, { ...environment, ST_KEY: "wrong" })
    reaches("OS_ above ST_", { env_auth: true }, { ...environment, ST_KEY: "wrong", OS_PASSWORD: config.key })
    blames("version 3", { ...config, auth_version: 3 }, "authenticate", "not_a_storage_endpoint", "#/auth_version")
    blames("version 2", { ...config, auth_version: 2 }, "authenticate", "not_a_storage_endpoint", "#/auth_version")

    it.live("has the internal address by a prefix of its own", () =>
      Effect.gen(function* () {
        const { client } = yield* openClient({ ...config, endpoint_type: "internal" })
        const found = (yield* client.session.get).storageUrl
        assert.strictEqual(found, storageUrl.replace("://", "://snet-"))
      }).pipe(Effect.scoped)
    )
  })
} else {
  const bare = { auth }
  const { user, key, tenant } = config
  const application = { ...bare, application_credential_secret: "application-secret" }
  const openrc = {
    OS_AUTH_URL: auth,
    OS_USERNAME: user,
    OS_PASSWORD: key,
    OS_PROJECT_NAME: tenant,
    OS_USER_DOMAIN_NAME: "Default",
    OS_PROJECT_DOMAIN_ID: "default",
    OS_REGION_NAME: "RegionOne"
  }

  describe("version 3", () => {
    reaches("the user by id", { ...bare, user_id: ids.user, key, tenant })
    reaches("the project by id", { ...bare, user, key, tenant_id: ids.project })
    reaches("domains by name", { ...bare, user, key, tenant, domain: "Default", tenant_domain: "Default" })
    reaches("no region: the first of the catalog", { ...bare, user, key, tenant })
    reaches("the internal address", { ...config, endpoint_type: "internal" })
    reaches("the admin address", { ...config, endpoint_type: "admin" })
    reaches("an application credential by id", { ...application, application_credential_id: ids.application })
    reaches("an application credential by name", { ...application, application_credential_name: "application", user })
    reaches("the same with the user by id", {
      ...application,
      application_credential_name: "application",
      user_id: ids.user
    })
    reaches("the environment", { env_auth: true }, openrc)
    reaches("options above the environment", { env_auth: true, key }, { ...openrc, OS_PASSWORD: "wrong" })
    reaches(
      "an application credential of the environment",
      { env_auth: true },
      {
        OS_AUTH_URL: auth,
        OS_APPLICATION_CREDENTIAL_ID: ids.application,
        OS_APPLICATION_CREDENTIAL_SECRET: "application-secret"
      }
    )

    it.live("is accepted: a token as key or as token, of which another is made", () =>
      Effect.gen(function* () {
        const { client } = yield* openClient({ ...config, storage_url: storageUrl })
        const { token } = yield* client.session.get
        for (const name of ["key", "auth_token"]) {
          const found = yield* accountOf({ ...bare, tenant, [name]: Redacted.value(token) })
          assert.strictEqual(found.storageUrl, storageUrl)
        }
      }).pipe(Effect.scoped)
    )

    it.live("says when a token expires", () =>
      Effect.gen(function* () {
        const { expires = 0 } = yield* accountOf(config)
        assert.isAbove(expires, 1.7e12)
      }).pipe(Effect.scoped)
    )

    const wrongSecret = { ...bare, application_credential_id: ids.application, application_credential_secret: "wrong" }
    blames(
      "a project that does not exist",
      { ...config, tenant: "nowhere" },
      "authenticate",
      "auth_invalid",
      "#/tenant"
    )
    blames("a project of somebody else", { ...config, tenant: "other" }, "authenticate", "auth_invalid", "#/tenant")
    blames(
      "a project by a wrong id",
      { ...bare, user, key, tenant_id: "0".repeat(32) },
      "authenticate",
      "auth_invalid",
      "#/tenant_id"
    )
    blames(
      "a wrong domain of the project",
      { ...config, tenant_domain: "Other" },
      "authenticate",
      "auth_invalid",
      "#/tenant"
    )
    blames("no project", { ...bare, user, key }, "authenticate", "auth_invalid", "#/tenant")
    blames("a wrong domain of the user", { ...config, domain: "Other" }, "authenticate", "auth_invalid", "#/key")
    blames("a wrong secret", wrongSecret, "authenticate", "auth_invalid", "#/application_credential_secret")
    blames(
      "a token that is none",
      { ...bare, auth_token: "wrong", tenant },
      "authenticate",
      "auth_invalid",
      "#/auth_token"
    )
    blames("a region that does not exist", { ...config, region: "Nowhere" }, "authenticate", "wrong_region", "#/region")
    blames("a region that answers nobody", { ...config, region: "RegionTwo" }, "connect", "connect_refused", "#/region")
    blames(
      "a type that the region lacks",
      { ...config, region: "RegionTwo", endpoint_type: "admin" },
      "authenticate",
      "not_a_storage_endpoint",
      "#/endpoint_type"
    )
    blames(
      "version 1",
      { auth, auth_version: 1, user, key },
      "authenticate",
      "not_a_storage_endpoint",
      "#/auth_version"
    )
    blames(
      "version 2",
      { auth, auth_version: 2, user, key, tenant },
      "authenticate",
      "not_a_storage_endpoint",
      "#/auth_version"
    )
    blames(
      "an address without its version",
      { ...config, auth: root, auth_version: 3 },
      "authenticate",
      "not_a_storage_endpoint",
      "#/auth"
    )
  })
}
