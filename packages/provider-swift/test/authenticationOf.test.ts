import { assert, describe, it } from "@effect/vitest"
import { choiceOf } from "@mooring/core/connectionTest/Authentication"
import * as Result from "effect/Result"
import { authenticationOf } from "../src/credentials/authenticationOf.ts"
import { loginOf } from "../src/credentials/loginOf.ts"
import { optionsWith } from "./options.ts"

type Texts = Parameters<typeof optionsWith>[0]

const v3 = "https://keystone.example.com/v3"
const found = (texts: Texts) => {
  const options = optionsWith(texts)
  const { used, ignored } = authenticationOf(Result.getOrThrow(loginOf(options)), options)
  return [used.join(" "), ignored.join(" ")]
}

const user = { user: "demo", key: "k", tenant: "p" }
const application = { applicationId: "c1", applicationName: "n", applicationSecret: "s" }
const place = { storageUrl: "https://host/v1/AUTH_a" }

describe("authenticationOf", () => {
  const cases: ReadonlyArray<readonly [title: string, texts: Texts, used: string, ignored: string]> = [
    [
      "a storage URL with a token comes before all",
      { auth: v3, ...user, ...place, token: "t", region: "r" },
      "storage_url auth_token",
      "auth user key tenant region"
    ],
    [
      "an application credential by id comes before its name and before a user",
      { auth: v3, ...user, ...application },
      "application_credential_id application_credential_secret",
      "application_credential_name user key tenant"
    ],
    [
      "an application credential by name needs its user and no key",
      { auth: v3, ...user, ...application, applicationId: "" },
      "application_credential_name application_credential_secret user",
      "key tenant"
    ],
    ["a user comes before the token that its key would be", { auth: v3, ...user }, "user key", ""],
    [
      "the id of a user comes before the name and its domain",
      { auth: v3, ...user, userId: "u" },
      "user_id key",
      "user"
    ],
    [
      "the id of a project comes before the name",
      { auth: v3, ...user, tenantId: "p1", tenantDomain: "d" },
      "user key",
      "tenant tenant_domain"
    ],
    [
      "a token beside a user replaces the one that is given",
      { auth: v3, ...user, token: "t" },
      "user key auth_token",
      ""
    ],
    ["a token comes before a key without a user", { auth: v3, token: "t", key: "k", tenant: "p" }, "auth_token", "key"],
    ["a key without a user is a token", { auth: v3, key: "k", tenant: "p" }, "key", ""],
    ["a storage URL comes before the catalog", { auth: v3, ...user, ...place, region: "r" }, "user key", "region"],
    [
      "version 1 knows a user and nothing else",
      { auth: "https://host/v1.0", ...user, tenant: "", ...application },
      "user key",
      "application_credential_id application_credential_name application_credential_secret"
    ],
    [
      "version 2 knows tenants",
      { auth: "https://host/v2.0", ...user, tenantId: "t1", region: "r" },
      "user key",
      "tenant"
    ]
  ]

  for (const [title, texts, used, ignored] of cases) {
    it(title, () => assert.deepStrictEqual(found(texts), [used, ignored]))
  }

  it("makes a sentence of it", () => {
    const options = optionsWith({ auth: v3, ...user, ...application, applicationName: "", tenant: "" })
    assert.strictEqual(
      choiceOf(authenticationOf(Result.getOrThrow(loginOf(options)), options)),
      "application_credential_id and application_credential_secret are used, user and key are ignored"
    )
  })
})
