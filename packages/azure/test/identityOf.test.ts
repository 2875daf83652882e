import { assert, describe, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { choosingOption, identityOf, type IdentityOptions } from "../src/identityOf.ts"

const none: IdentityOptions = {
  key: Redacted.make(""),
  sas_url: Redacted.make(""),
  tenant: "",
  client_id: "",
  client_secret: Redacted.make(""),
  client_certificate_path: "",
  client_certificate_password: Redacted.make(""),
  client_send_certificate_chain: false,
  username: "",
  password: Redacted.make(""),
  service_principal_file: "",
  env_auth: false,
  use_msi: false,
  msi_client_id: "",
  msi_object_id: "",
  msi_mi_res_id: "",
  use_az: false
}
const secret = Redacted.make("hush")
const place = { account: "acme", sas: Redacted.make("sig=x") }

/** What is chosen and what is ignored, or the issues as `pointer code`. */
const chosen = (options: Partial<IdentityOptions>, at = place) =>
  Result.match(identityOf({ ...none, ...options }, at), {
    onSuccess: ({ option, ignored }) => [option, ...ignored],
    onFailure: (issues) => issues.map(({ pointer, code }) => `${pointer} ${code}`)
  })

/** Complete, in the documented order. */
const ways: ReadonlyArray<Partial<IdentityOptions>> = [
  { env_auth: true },
  { key: secret },
  { sas_url: secret },
  { client_secret: secret },
  { client_certificate_path: "/c.pem" },
  { username: "u", password: secret },
  { service_principal_file: "/sp.json" },
  { use_msi: true },
  { use_az: true }
]

describe("the identity of several that are asked for", () => {
  it("is the first in the documented order, and the options of all others are ignored", () => {
    const application = { tenant: "t", client_id: "c" }
    ways.forEach((way, index) => {
      const options = Object.assign({}, application, ...ways.slice(index))
      const [option, ...ignored] = chosen(options)
      const first = Object.keys(way)[0]
      assert.strictEqual(option, first)
      assert.strictEqual(choosingOption({ ...none, ...options }), first)
      const others = ways.slice(index + 1).flatMap((other) => Object.keys(other))
      assert.includeMembers([...ignored], others)
      for (const own of Object.keys(way)) assert.notInclude(ignored, own)
    })
  })
  it("uses what belongs to it, and nothing that belongs to others", () => {
    assert.deepStrictEqual(chosen({ use_az: true, tenant: "t", client_id: "c" }), ["use_az", "client_id"])
    assert.deepStrictEqual(chosen({ use_msi: true, msi_object_id: "o", tenant: "t" }), ["use_msi", "tenant"])
    assert.deepStrictEqual(chosen({ key: secret, client_certificate_password: secret }), [
      "key",
      "client_certificate_password"
    ])
    assert.deepStrictEqual(chosen({}), [undefined])
  })
})

describe("an identity is refused", () => {
  it("of which there is a part, where it would be used", () => {
    assert.deepStrictEqual(chosen({ client_secret: secret, use_az: true }), [
      "#/tenant missing_field",
      "#/client_id missing_field"
    ])
    assert.deepStrictEqual(chosen({ password: secret, tenant: "t", client_id: "c" }), ["#/username missing_field"])
    assert.deepStrictEqual(chosen({ tenant: "t", client_id: "c" }), ["#/client_secret missing_field"])
    assert.deepStrictEqual(chosen({ client_send_certificate_chain: true }), ["#/client_certificate_path missing_field"])
    assert.deepStrictEqual(chosen({ key: secret }, { ...place, account: "" }), ["#/account missing_field"])
    assert.deepStrictEqual(chosen({ env_auth: true, client_secret: secret }), ["env_auth", "client_secret"])
  })
  it("that names the machine in two ways, also where it would not be used", () => {
    const twice = { msi_client_id: "a", msi_object_id: "b", msi_mi_res_id: "c" }
    const both = ["#/msi_object_id conflicting_fields", "#/msi_mi_res_id conflicting_fields"]
    assert.deepStrictEqual(chosen({ use_msi: true, ...twice }), both)
    assert.deepStrictEqual(chosen({ key: secret, ...twice }), both)
  })
})
