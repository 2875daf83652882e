import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as TestClock from "effect/testing/TestClock"
import { tokenFrom } from "../../src/entra/tokenFrom.ts"
import type { TokenSource } from "../../src/Identity.ts"
import { certificate, encryptedKey, otherCertificate, privateKey } from "../data/certificates.ts"
import { fakeAmbient, forbiddenAmbient, type Machine } from "./fakeAmbient.ts"
import { makeTokenDouble, type TokenWorld } from "./tokenDouble.ts"

const tenant = "contoso.onmicrosoft.com"
const clientId = "11111111-2222-3333-4444-555555555555"
const secret = (text: string) => Redacted.make(text)
const world = (more: Partial<TokenWorld> = {}): TokenWorld => ({ tenant, clientId, ...more })
const withSecret: TokenSource = { kind: "secret", tenant, clientId, secret: secret("s3cr&t=+ é") }
const withCertificate = (password = "", sendChain = false): TokenSource => ({
  kind: "certificate",
  tenant,
  clientId,
  path: "/cert.pem",
  password: secret(password),
  sendChain
})
const withUser: TokenSource = { kind: "user", tenant, clientId, username: "ann@contoso.com", password: secret("p&w") }

const ask = (source: TokenSource, of: TokenWorld, machine: Machine = {}) =>
  tokenFrom(source, makeTokenDouble(of).transport, fakeAmbient(machine))

const gives = (source: TokenSource, of: TokenWorld, machine: Machine = {}, token = "token-1") =>
  Effect.map(ask(source, of, machine), (found) => assert.strictEqual(Redacted.value(found.token), token))

const refuses = Effect.fnUntraced(function* (
  source: TokenSource,
  of: TokenWorld,
  machine: Machine,
  code: string,
  pointer: string
) {
  const { reason } = yield* Effect.flip(ask(source, of, machine))
  assert.deepStrictEqual([reason._tag, reason.pointer], [code, pointer])
  assert.notInclude(JSON.stringify(reason), "CANARY")
  return reason
})

describe("an application with a secret", () => {
  const of = world({ secret: "s3cr&t=+ é" })
  it.effect("gets a token, and knows its end", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(1_700_000_000_000)
      const { expires } = yield* ask(withSecret, of)
      assert.strictEqual(expires, 1_700_003_600_000)
    })
  )
  it.effect("is told which option is wrong", () =>
    Effect.gen(function* () {
      yield* refuses(withSecret, world({ secret: "other" }), {}, "auth_invalid", "#/client_secret")
      yield* refuses({ ...withSecret, tenant: "fabrikam" }, of, {}, "auth_invalid", "#/tenant")
      yield* refuses({ ...withSecret, clientId: "x" }, of, {}, "auth_invalid", "#/client_id")
    })
  )
  it.effect("is told when the service is busy or answers with something else", () =>
    Effect.gen(function* () {
      const double = makeTokenDouble(of)
      const asked = tokenFrom(withSecret, double.transport, fakeAmbient())
      double.state.next = [429, ""]
      assert.strictEqual((yield* Effect.flip(asked)).reason._tag, "rate_limited")
      double.state.next = [503, "<html>"]
      assert.strictEqual((yield* Effect.flip(asked)).reason._tag, "provider_unavailable")
      double.state.next = [302, {}]
      assert.strictEqual((yield* Effect.flip(asked)).reason._tag, "auth_invalid")
    })
  )
  it.effect("can be in a file", () =>
    Effect.gen(function* () {
      const source: TokenSource = { kind: "principalFile", path: "/sp.json" }
      const file = (content: object) => ({ files: { "/sp.json": JSON.stringify(content) } })
      yield* gives(source, of, file({ appId: clientId, password: "s3cr&t=+ é", tenant, displayName: "x" }))
      yield* refuses(
        source,
        of,
        file({ appId: clientId, password: "no", tenant }),
        "auth_invalid",
        "#/service_principal_file"
      )
      yield* refuses(source, of, file({ appId: clientId, tenant }), "invalid_value", "#/service_principal_file")
      yield* refuses(source, of, {}, "not_found", "#/service_principal_file")
    })
  )
})

describe("an application with a certificate", () => {
  const of = world({ certificate })
  const file = (content: string | Uint8Array) => ({ files: { "/cert.pem": content } })
  it.effect("gets a token, whatever stands first in the file", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(1_700_000_000_000)
      yield* gives(withCertificate(), of, file(certificate + privateKey))
      yield* gives(withCertificate(), of, file(`Bag Attributes\n${privateKey}\n${otherCertificate}${certificate}`))
      yield* gives(withCertificate("", true), { ...of, chain: 2 }, file(privateKey + certificate + otherCertificate))
      yield* gives(withCertificate("sesame"), of, file(encryptedKey + certificate))
    })
  )
  it.effect("is told what is wrong with the file", () =>
    Effect.gen(function* () {
      const path = "#/client_certificate_path"
      const password = "#/client_certificate_password"
      yield* refuses(withCertificate("wrong"), of, file(encryptedKey + certificate), "invalid_value", password)
      yield* refuses(withCertificate(), of, file(encryptedKey + certificate), "invalid_value", password)
      yield* refuses(withCertificate(), of, file(certificate), "invalid_value", path)
      yield* refuses(withCertificate(), of, file(privateKey + otherCertificate), "invalid_value", path)
      yield* refuses(withCertificate(), of, {}, "not_found", path)
      const { suggestion } = yield* refuses(
        withCertificate(),
        of,
        file(new Uint8Array([0x30, 0x82, 0x09])),
        "invalid_value",
        path
      )
      assert.match(suggestion ?? "", /^openssl pkcs12 -in FILE/)
      yield* refuses(
        withCertificate(),
        world({ certificate: otherCertificate }),
        file(certificate + privateKey),
        "auth_invalid",
        path
      )
    })
  )
})

describe("a user", () => {
  it.effect("gets a token by a password, or is told that it is wrong", () =>
    Effect.gen(function* () {
      const user = { name: "ann@contoso.com", password: "p&w" }
      yield* gives(withUser, world({ user }))
      yield* refuses(withUser, world({ user: { ...user, password: "x" } }), {}, "auth_invalid", "#/password")
    })
  )
})

describe("a machine", () => {
  const managed = (by: "client" | "object" | "resource", id: string): TokenSource => ({
    kind: "managed",
    identity: { by, id }
  })
  const only: TokenSource = { kind: "managed", identity: { by: "machine" } }
  it.effect("of Azure gives a token of its only identity, or of one that is chosen", () =>
    Effect.gen(function* () {
      yield* gives(only, world({ machine: [""] }))
      yield* gives(managed("client", "c"), world({ machine: ["client_id=c"] }))
      yield* gives(managed("object", "o"), world({ machine: ["object_id=o"] }))
      yield* gives(managed("resource", "/sub/r"), world({ machine: ["msi_res_id=/sub/r"] }))
      yield* refuses(managed("client", "x"), world({ machine: ["client_id=c"] }), {}, "auth_invalid", "#/msi_client_id")
    })
  )
  it.effect("is an app service where the environment says so", () =>
    Effect.gen(function* () {
      const machine = { env: { IDENTITY_ENDPOINT: "http://127.0.0.1:41/msi/token", IDENTITY_HEADER: "h" } }
      yield* gives(only, world({ machine: [""], appSecret: "h" }), machine)
      yield* gives(managed("object", "o"), world({ machine: ["principal_id=o"], appSecret: "h" }), machine)
      yield* refuses(only, world({ machine: [""], appSecret: "other" }), machine, "auth_invalid", "#/use_msi")
    })
  )
  it.effect("of nobody's has none, and policy may forbid to ask", () =>
    Effect.gen(function* () {
      yield* refuses(only, world(), {}, "auth_invalid", "#/use_msi")
      const double = makeTokenDouble(world({ machine: [""] }))
      const { reason } = yield* Effect.flip(tokenFrom(only, double.transport, forbiddenAmbient))
      assert.strictEqual(reason._tag, "ambient_credentials_forbidden")
      assert.deepStrictEqual(double.requests, [])
    })
  )
})

describe("the Azure CLI", () => {
  const usual = ["account", "get-access-token", "--output", "json", "--resource", "https://storage.azure.com"]
  const prints = (wanted: ReadonlyArray<string>, output: string): Machine => ({
    az: (args) => (args.join(" ") === wanted.join(" ") ? output : undefined)
  })
  const cli = (named = ""): TokenSource => ({ kind: "cli", tenant: named })
  it.effect("gives the token of who is signed in, in a tenant if one is named", () =>
    Effect.gen(function* () {
      const machine = prints(usual, '{"accessToken":"a","expires_on":1700003600,"expiresOn":"local"}')
      assert.strictEqual((yield* ask(cli(), world(), machine)).expires, 1_700_003_600_000)
      yield* gives(cli("t"), world(), prints([...usual, "--tenant", "t"], '{"accessToken":"b"}'), "b")
    })
  )
  it.effect("may have nobody, or say something else", () =>
    Effect.gen(function* () {
      const { suggestion } = yield* refuses(cli(), world(), {}, "auth_invalid", "#/use_az")
      assert.strictEqual(suggestion, "az login")
      yield* refuses(cli(), world(), prints(usual, "WARNING CANARY"), "auth_invalid", "#/use_az")
    })
  )
})

describe("the environment", () => {
  const environment: TokenSource = { kind: "environment", identity: { by: "machine" } }
  const env = { AZURE_TENANT_ID: tenant, AZURE_CLIENT_ID: clientId }
  const az = () => '{"accessToken":"of az"}'
  it.effect("is asked for a secret, a certificate, a user, a workload's token", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(1_700_000_000_000)
      const files = { "/cert.pem": certificate + privateKey, "/token": "federated\n" }
      yield* gives(environment, world({ secret: "s" }), { env: { ...env, AZURE_CLIENT_SECRET: "s" } })
      yield* gives(environment, world({ certificate }), {
        env: { ...env, AZURE_CLIENT_CERTIFICATE_PATH: "/cert.pem" },
        files
      })
      yield* gives(environment, world({ user: { name: "u", password: "p" } }), {
        env: { ...env, AZURE_USERNAME: "u", AZURE_PASSWORD: "p" }
      })
      yield* gives(environment, world({ federated: "federated" }), {
        env: { ...env, AZURE_FEDERATED_TOKEN_FILE: "/token", AZURE_AUTHORITY_HOST: "https://login.example.test/" },
        files
      })
    })
  )
  it.effect("is asked for the machine's identity and then for the CLI's, but not where variables name one", () =>
    Effect.gen(function* () {
      yield* gives(environment, world({ machine: [""] }), { az })
      yield* gives(environment, world(), { az }, "of az")
      yield* refuses(environment, world(), {}, "auth_invalid", "#/env_auth")
      const named = { env: { ...env, AZURE_CLIENT_SECRET: "wrong" }, az }
      yield* refuses(environment, world({ secret: "s" }), named, "auth_invalid", "#/env_auth")
    })
  )
})
