import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import type { Version3 } from "../src/credentials/AuthSource.ts"
import { addressIn, loginOf } from "../src/credentials/loginOf.ts"
import { bodiesOf2, bodyOf3 } from "../src/credentials/requests.ts"
import { optionsWith } from "./options.ts"

const v3 = "https://keystone.example.com/v3"
type Texts = Parameters<typeof optionsWith>[0]

const loginWith = (texts: Texts) => Result.getOrThrow(loginOf(optionsWith(texts)))
const bodyWith = (texts: Texts) => JSON.parse(bodyOf3(loginWith({ auth: v3, ...texts }) as Version3)).auth

const pointersOf = (texts: Texts) => {
  const login = loginOf(optionsWith(texts))
  return Result.isFailure(login) ? login.failure.map(({ pointer }) => pointer) : []
}

describe("loginOf", () => {
  it("takes the version from the option, else from the auth URL, the highest first", () => {
    const pair = { user: "a:b", key: "key" }
    const kinds = [
      [{ auth: "https://host/auth/v1.0" }, "v1"],
      [{ auth: "https://host/v2.0" }, "v2"],
      [{ auth: v3 }, "v3"],
      [{ auth: "https://host", version: 2 }, "v2"],
      [{ auth: v3, version: 1 }, "v1"],
      [{ auth: "https://v1.host/v3" }, "v3"]
    ] as const
    for (const [texts, kind] of kinds) assert.strictEqual(loginWith({ ...pair, ...texts }).kind, kind)
    assert.deepStrictEqual(pointersOf({ ...pair, auth: "https://authenticate.ain.net" }), ["#/auth_version"])
  })

  it("asks nobody with a storage URL and a token", () => {
    const login = loginWith({ storageUrl: "https://host/v1/AUTH_a/", token: "token", auth: v3 })
    assert.deepStrictEqual([login.kind, login.storageUrl], ["given", "https://host/v1/AUTH_a"])
  })

  it("says what is missing", () => {
    assert.deepStrictEqual(pointersOf({}), ["#/auth"])
    assert.deepStrictEqual(pointersOf({ storageUrl: "https://host/v1/AUTH_a" }), ["#/auth"])
    assert.deepStrictEqual(pointersOf({ auth: "https://host/v1.0" }), ["#/user", "#/key"])
    assert.deepStrictEqual(pointersOf({ auth: "https://host/v2.0", user: "a" }), ["#/key"])
    assert.deepStrictEqual(pointersOf({ auth: v3, user: "a" }), ["#/key"])
    assert.deepStrictEqual(pointersOf({ auth: v3, applicationId: "id" }), ["#/application_credential_secret"])
    assert.deepStrictEqual(pointersOf({ auth: v3, applicationSecret: "s" }), ["#/application_credential_id"])
    assert.deepStrictEqual(pointersOf({ auth: v3, applicationName: "n", applicationSecret: "s" }), ["#/user"])
    assert.deepStrictEqual(pointersOf({ auth: "host/v3", storageUrl: "ftp://x" }), ["#/auth", "#/storage_url"])
  })
})

describe("addressIn", () => {
  it("takes http and https addresses that can be extended", () => {
    assert.strictEqual(addressIn("https://Host:8080/v1/AUTH_a//"), "https://host:8080/v1/AUTH_a")
    assert.strictEqual(addressIn("http://[::1]:5000/v3"), "http://[::1]:5000/v3")
    for (const text of [
      "host",
      "ftp://h",
      "https://u:p@h",
      "https://h/?q",
      "https://h/#x",
      "https://h/a b",
      "https:\\h"
    ]) {
      assert.isUndefined(addressIn(text), text)
    }
  })
})

describe("bodyOf3", () => {
  it("has the user by name with its domain, or by id", () => {
    const named = bodyWith({ user: "demo", key: "k", domain: "People" })
    assert.deepStrictEqual(named.identity, {
      methods: ["password"],
      password: { user: { name: "demo", domain: { name: "People" }, password: "k" } }
    })
    assert.deepStrictEqual(bodyWith({ userId: "u1", user: "demo", key: "k" }).identity.password.user, {
      id: "u1",
      password: "k"
    })
    assert.deepStrictEqual(bodyWith({ user: "demo", key: "k" }).identity.password.user.domain, { name: "Default" })
    assert.deepStrictEqual(bodyWith({ user: "demo", key: "k", domainId: "d1" }).identity.password.user.domain, {
      id: "d1"
    })
  })

  it("has a trust before a project, an id before a name, and the domain of the project before that of the user", () => {
    const user = { user: "demo", key: "k", domain: "People" }
    assert.isUndefined(bodyWith(user).scope)
    assert.deepStrictEqual(bodyWith({ ...user, tenant: "p" }).scope, {
      project: { name: "p", domain: { name: "People" } }
    })
    assert.deepStrictEqual(bodyWith({ ...user, tenant: "p", tenantDomain: "D" }).scope.project.domain, { name: "D" })
    assert.deepStrictEqual(bodyWith({ user: "demo", key: "k", tenant: "p" }).scope.project.domain, { name: "Default" })
    assert.deepStrictEqual(bodyWith({ ...user, tenant: "p", tenantId: "p1" }).scope, { project: { id: "p1" } })
    assert.deepStrictEqual(bodyWith({ ...user, tenantId: "p1", trust: "t1" }).scope, { "OS-TRUST:trust": { id: "t1" } })
  })

  it("has an application credential before all else, and no scope, since it has one", () => {
    const both = {
      applicationId: "c1",
      applicationName: "n",
      applicationSecret: "s",
      user: "demo",
      key: "k",
      tenant: "p"
    }
    assert.deepStrictEqual(bodyWith(both), {
      identity: { methods: ["application_credential"], application_credential: { id: "c1", secret: "s" } }
    })
    assert.deepStrictEqual(bodyWith({ ...both, applicationId: "" }).identity.application_credential, {
      name: "n",
      user: { name: "demo", domain: { name: "Default" } },
      secret: "s"
    })
  })

  it("takes a key without a user for a token", () => {
    const token = { methods: ["token"], token: { id: "k" } }
    assert.deepStrictEqual(bodyWith({ key: "k" }).identity, token)
    assert.deepStrictEqual(bodyWith({ token: "k" }).identity, token)
    assert.deepStrictEqual(bodyWith({ token: "k", user: "demo" }).identity, token)
  })
})

describe("bodiesOf2", () => {
  const bodiesWith = (texts: Texts) => {
    const login = loginWith({ auth: "https://host/v2.0", user: "demo", ...texts })
    return login.kind === "v2" ? bodiesOf2(login).map((body) => JSON.parse(body).auth) : []
  }

  it("has the form of passwords first, that of API keys for long keys", () => {
    const [password, apiKey] = bodiesWith({ key: "short", tenant: "t" })
    assert.deepStrictEqual(password, { passwordCredentials: { username: "demo", password: "short" }, tenantName: "t" })
    const named = { username: "demo", apiKey: "short" }
    assert.deepStrictEqual(apiKey, { "RAX-KSKEY:apiKeyCredentials": named, tenantName: "t" })
    const [first] = bodiesWith({ key: "0".repeat(32), tenant: "t", tenantId: "t1" })
    assert.deepStrictEqual(Object.keys(first), ["RAX-KSKEY:apiKeyCredentials", "tenantId"])
  })
})
