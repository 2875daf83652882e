import { assert, describe, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import { emulator } from "../src/normalize/place.ts"
import { settle, settingsOf } from "./store.ts"

const key = "bW9vcmluZw=="
const sas = "sv=2022-11-02&ss=b&srt=sco&sp=rl&sig=c2ln"

describe("the place", () => {
  const places: ReadonlyArray<
    readonly [title: string, options: object, origin: string, basePath: string, account: string]
  > = [
    ["of an account", { account: "acme", key }, "https://acme.blob.core.windows.net", "", "acme"],
    [
      "of an endpoint that names the account",
      { endpoint: "https://acme.blob.core.chinacloudapi.cn", key },
      "https://acme.blob.core.chinacloudapi.cn",
      "",
      "acme"
    ],
    [
      "of an endpoint without a scheme",
      { account: "acme", endpoint: "blobs.example.com:8443/x/", key },
      "https://blobs.example.com:8443",
      "/x",
      "acme"
    ],
    ["of the emulator", { use_emulator: true }, "http://127.0.0.1:10000", "/devstoreaccount1", "devstoreaccount1"],
    [
      "of another emulator",
      { use_emulator: true, endpoint: "http://azurite:1/devstoreaccount1" },
      "http://azurite:1",
      "/devstoreaccount1",
      "devstoreaccount1"
    ],
    [
      "of an emulator's own account",
      { use_emulator: true, account: "mine", key },
      "http://127.0.0.1:10000",
      "/mine",
      "mine"
    ],
    [
      "of a signature",
      { sas_url: `https://acme.blob.core.windows.net/?${sas}` },
      "https://acme.blob.core.windows.net",
      "",
      "acme"
    ],
    [
      "of a signature at an emulator",
      { sas_url: `http://127.0.0.1:10000/acme?${sas}` },
      "http://127.0.0.1:10000",
      "/acme",
      "acme"
    ]
  ]
  for (const [title, options, ...wanted] of places) {
    it(`${title} is found`, () => {
      const { origin, basePath, account } = settingsOf(options)
      assert.deepStrictEqual([origin, basePath, account], wanted)
    })
  }
  it("of a signature of a container is this one", () => {
    const query = "sv=2022-11-02&sr=c&sp=rl&sig=c2ln"
    assert.strictEqual(settingsOf({ sas_url: `https://acme.blob.core.windows.net/box?${query}` }).container, "box")
    assert.strictEqual(settingsOf({ sas_url: `http://[::1]:10000/acme/box?${query}` }).container, "box")
  })
})

describe("the identity", () => {
  const entra = { tenant: "t", client_id: "c" }
  const identities: ReadonlyArray<readonly [kind: string, options: object]> = [
    ["anonymous", {}],
    ["sharedKey", { key }],
    ["secret", { ...entra, client_secret: "s" }],
    ["certificate", { ...entra, client_certificate_path: "/c.pem", client_certificate_password: "p" }],
    ["user", { ...entra, username: "u", password: "p" }],
    ["principalFile", { service_principal_file: "/sp.json" }],
    ["managed", { use_msi: true, msi_object_id: "o" }],
    ["cli", { use_az: true, tenant: "t" }],
    ["environment", { env_auth: true, msi_client_id: "c" }]
  ]
  for (const [kind, options] of identities) {
    it(`is ${kind}`, () => {
      const { identity } = settingsOf({ account: "acme", ...options })
      assert.strictEqual(identity.kind === "token" ? identity.source.kind : identity.kind, kind)
    })
  }
  it("is that of the emulator where no key is written, before all but that of the environment", () => {
    const keyOf = (options: object) => {
      const { identity } = settingsOf(options)
      return identity.kind === "sharedKey" ? [identity.account, Redacted.value(identity.key)] : [identity.kind]
    }
    const usual = Redacted.value(emulator.key)
    assert.deepStrictEqual(keyOf({ use_emulator: true }), ["devstoreaccount1", usual])
    assert.deepStrictEqual(keyOf({ use_emulator: true, account: "mine" }), ["mine", usual])
    assert.deepStrictEqual(keyOf({ use_emulator: true, account: "mine", key }), ["mine", key])
    const link = { sas_url: `https://acme.blob.core.windows.net/?${sas}` }
    assert.deepStrictEqual(keyOf({ use_emulator: true, ...link, use_az: true }), ["devstoreaccount1", usual])
    assert.strictEqual(settingsOf({ use_emulator: true, ...link }).origin, "http://127.0.0.1:10000")
    const https = { use_emulator: true, endpoint: "https://azurite:1/devstoreaccount1" }
    assert.deepStrictEqual(keyOf({ ...https, env_auth: true }), ["token"])
    const { identityOption, ignoredOptions } = settingsOf({ ...https, env_auth: true })
    assert.deepStrictEqual([identityOption, ignoredOptions], ["env_auth", []])
    assert.strictEqual(settingsOf({ use_emulator: true }).identityOption, "use_emulator")
  })
})

describe("of several identities", () => {
  /** A part of the options for each, in the documented order. */
  const inOrder: ReadonlyArray<readonly [option: string, options: object]> = [
    ["env_auth", { env_auth: true }],
    ["key", { key }],
    ["sas_url", { sas_url: `https://acme.blob.core.windows.net/?${sas}` }],
    ["client_secret", { client_secret: "s" }],
    ["client_certificate_path", { client_certificate_path: "/c.pem", client_send_certificate_chain: true }],
    ["username", { username: "u", password: "p" }],
    ["service_principal_file", { service_principal_file: "/sp.json" }],
    ["use_msi", { use_msi: true, msi_client_id: "m" }],
    ["use_az", { use_az: true }]
  ]
  const shared = { account: "acme", tenant: "t", client_id: "c" }
  inOrder.forEach(([option], index) => {
    it(`${option} is used before those behind it`, () => {
      const options = Object.assign({ ...shared }, ...inOrder.slice(index).map(([, part]) => part))
      const settings = settingsOf(options)
      assert.strictEqual(settings.identityOption, option)
      const behind = inOrder.slice(index + 1).map(([other]) => other)
      assert.includeMembers([...settings.ignoredOptions], behind)
      assert.notInclude(settings.ignoredOptions, option)
    })
  })
  it("what is not used is said, and what is used is not", () => {
    const { identityOption, ignoredOptions } = settingsOf({ ...shared, key, client_secret: "s", use_az: true })
    assert.strictEqual(identityOption, "key")
    assert.deepStrictEqual(ignoredOptions, ["client_secret", "tenant", "client_id", "use_az"])
    const managed = settingsOf({ ...shared, use_msi: true, msi_client_id: "m", use_az: true })
    assert.deepStrictEqual(managed.ignoredOptions, ["tenant", "client_id", "use_az"])
    assert.deepStrictEqual(settingsOf({ account: "acme" }).ignoredOptions, [])
  })
  it("a part of one behind does not matter, and its place is not that of a signature that is not used", () => {
    const settings = settingsOf({
      account: "acme",
      key,
      client_secret: "s",
      sas_url: "https://other.example.com/?sig=x"
    })
    assert.strictEqual(settings.origin, "https://acme.blob.core.windows.net")
    assert.deepStrictEqual(settings.ignoredOptions, ["sas_url", "client_secret"])
  })
})

describe("options are refused", () => {
  const account = "acme"
  const refusals: ReadonlyArray<readonly [title: string, options: object, ...issues: ReadonlyArray<string>]> = [
    ["without an account", { key }, "#/account missing_field"],
    ["with an address for an account", { account: "https://acme", key }, "#/account invalid_value"],
    ["with a key that is no base64", { account, key: "not base64!" }, "#/key invalid_value"],
    [
      "with half an application",
      { account, client_secret: "s" },
      "#/tenant missing_field",
      "#/client_id missing_field"
    ],
    [
      "with half an application before another",
      { account, client_secret: "s", use_az: true },
      "#/tenant missing_field",
      "#/client_id missing_field"
    ],
    ["with an application of no use", { account, tenant: "t", client_id: "c" }, "#/client_secret missing_field"],
    ["with a key of no account", { endpoint: "https://blobs.example.com", key }, "#/account missing_field"],
    [
      "with a user without a password",
      { account, tenant: "t", client_id: "c", username: "u" },
      "#/password missing_field"
    ],
    [
      "with two names of one machine",
      { account, use_msi: true, msi_client_id: "c", msi_object_id: "o" },
      "#/msi_object_id conflicting_fields"
    ],
    ["with a name of no machine", { account, msi_client_id: "c" }, "#/use_msi missing_field"],
    [
      "with a path for a tenant",
      { account, tenant: "../x", client_id: "c", client_secret: "s" },
      "#/tenant invalid_value"
    ],
    ["with a token over http", { account, endpoint: "http://a.example.com", use_az: true }, "#/endpoint invalid_value"],
    [
      "with a container in the endpoint",
      { endpoint: "https://acme.blob.core.windows.net/box", key },
      "#/endpoint invalid_value"
    ],
    [
      "with a signature in the endpoint",
      { account, endpoint: `https://acme.blob.core.windows.net/?${sas}` },
      "#/endpoint invalid_value"
    ],
    [
      "with a signature without a signature",
      { sas_url: "https://acme.blob.core.windows.net/?sv=1" },
      "#/sas_url invalid_value"
    ],
    [
      "with a signature of a blob",
      { sas_url: `https://acme.blob.core.windows.net/box/blob?${sas}` },
      "#/sas_url invalid_value"
    ],
    [
      "with a signature of a container without it",
      { sas_url: "https://acme.blob.core.windows.net/?sr=c&sig=c2ln" },
      "#/sas_url invalid_value"
    ],
    [
      "with a signature of another account",
      { account: "other", sas_url: `https://acme.blob.core.windows.net/?${sas}` },
      "#/account conflicting_fields"
    ],
    [
      "with a signature beside an endpoint",
      { endpoint: "https://x.example.com", sas_url: `https://acme.blob.core.windows.net/?${sas}` },
      "#/endpoint conflicting_fields"
    ],
    ["with blocks of no bytes", { account, key, chunk_size: "0" }, "#/chunk_size invalid_value"],
    ["with blocks that Azure does not take", { account, key, chunk_size: "4001Mi" }, "#/chunk_size invalid_value"]
  ]
  for (const [title, options, ...issues] of refusals) it(title, () => assert.deepStrictEqual(settle(options), issues))
})
