import { assert, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { dangersOfJson } from "../src/credentials/dangersOfJson.ts"
import { identityOf } from "../src/credentials/identityOf.ts"

const read = (json: object) => identityOf(JSON.stringify(json))
const detailOf = (json: object) => Result.getOrThrow(Result.flip(read(json))).detail

const external = {
  type: "external_account",
  audience: "//iam.googleapis.com/pools/pool",
  subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
  token_url: "https://sts.test/v1/token",
  credential_source: { file: "/var/run/token", format: { type: "json", subject_token_field_name: "id_token" } }
}

it("an external account says where the other token is, and in which form", () => {
  const found = Result.getOrThrow(read(external))
  assert.deepInclude(found, {
    type: "external_account",
    tokenUrl: "https://sts.test/v1/token",
    source: { kind: "file", path: "/var/run/token", format: { field: "id_token" } },
    lifetime: 3600
  })
})

it("what is missing or not supported is named", () => {
  const cases: ReadonlyArray<readonly [object, string]> = [
    [{ ...external, audience: "" }, "no audience"],
    [{ ...external, credential_source: {} }, "no credential_source.file"],
    [{ ...external, credential_source: { executable: { command: "/bin/token" } } }, "credential_source.executable"],
    [{ ...external, credential_source: { certificate: {} } }, "credential_source.certificate"],
    [{ ...external, credential_source: { environment_id: "azure1" } }, "environment that is not known"],
    [{ ...external, credential_source: { url: "ftp://x.test" } }, "credential_source.url"],
    [{ ...external, token_url: "sts.test" }, "token_url"],
    [{ ...external, credential_source: { file: "x", format: { type: "json" } } }, "subject_token_field_name"],
    [{ type: "impersonated_service_account", source_credentials: external }, "no service_account_impersonation_url"],
    [{ type: "authorized_user", client_id: "id", client_secret: "secret" }, "no refresh_token"],
    [{ type: "gdch_service_account" }, "type that is not known"],
    [{ type: "service_account", client_email: 7 }, "no text"]
  ]
  for (const [json, part] of cases) assert.include(detailOf(json), part)
})

it("an account that is impersonated is not impersonated again", () => {
  const impersonated = {
    type: "impersonated_service_account",
    service_account_impersonation_url: "https://iamcredentials.test/x:generateAccessToken",
    source_credentials: external
  }
  assert.strictEqual(Result.getOrThrow(read(impersonated)).type, "impersonated_service_account")
  assert.include(detailOf({ ...impersonated, source_credentials: impersonated }), "impersonated themselves")
})

const dangers = (json: unknown) =>
  dangersOfJson(Redacted.make(typeof json === "string" ? json : JSON.stringify(json))).map(
    ({ danger, value }) => `${danger} ${value}`
  )

it("every address, file, program and identity in JSON is a danger, however deep", () => {
  assert.deepStrictEqual(dangers({ type: "service_account", token_uri: "https://user:pass@evil.test/token?x=1" }), [
    "url https://evil.test"
  ])
  assert.deepStrictEqual(
    dangers({
      type: "impersonated_service_account",
      service_account_impersonation_url: "http://169.254.169.254/x",
      source_credentials: {
        ...external,
        credential_source: {
          environment_id: "aws1",
          region_url: "http://region.test",
          url: "http://keys.test",
          file: "/etc/shadow",
          executable: { command: "/bin/sh", output_file: "/tmp/out" },
          certificate: { use_default_certificate_config: true }
        }
      }
    }),
    [
      "url http://169.254.169.254",
      "url https://sts.test",
      "ambient-identity aws1",
      "url http://region.test",
      "url http://keys.test",
      "server-file /etc/shadow",
      "exec a program",
      "server-file /tmp/out",
      "server-file certificates of the machine"
    ]
  )
  assert.deepStrictEqual(dangers("no json"), [])
})
