import { assert, it } from "@effect/vitest"
import { blocks, objectText } from "@mooring/testkit"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { randomBytes } from "node:crypto"
import { rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { acting, awsKey, awsPool, client, machine, pool, reader, second, subjectToken } from "./double/cases/fixture.ts"
import { defaultServiceAccount, newServiceAccount, type StorageDouble } from "./double/index.ts"
import { inHost, openHasty, prepare } from "./host.ts"
import { double, openDouble } from "./openDouble.ts"

const path = ["bucket", "object"]

const tokensOf = ({ requests }: StorageDouble) => requests.filter(({ operation }) => operation.startsWith("oauth."))

const identitiesOf = ({ requests }: StorageDouble) => [
  ...new Set(
    requests.flatMap(({ operation, identity, status }) =>
      operation.startsWith("objects.") && status < 300 ? [identity] : []
    )
  )
]

/** The same effect so many milliseconds later. */
const later = <A, E, R>(milliseconds: number, effect: Effect.Effect<A, E, R>) =>
  Clock.clockWith((clock) => {
    const now = () => clock.currentTimeMillisUnsafe() + milliseconds
    const ahead: Clock.Clock = {
      currentTimeMillisUnsafe: now,
      currentTimeMillis: Effect.sync(now),
      monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
      monotonicTimeNanos: clock.monotonicTimeNanos,
      currentTimeNanosUnsafe: () => clock.currentTimeNanosUnsafe() + BigInt(milliseconds) * 1_000_000n,
      currentTimeNanos: Effect.sync(() => clock.currentTimeNanosUnsafe() + BigInt(milliseconds) * 1_000_000n),
      sleep: (duration) => clock.sleep(duration)
    }
    return Effect.provideService(effect, Clock.Clock, ahead)
  })

it.live("one token is fetched for all who wait, and used until it ends", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    const names = Array.from({ length: 20 }, (_, index) => ["bucket", `object ${index}`])
    yield* Effect.forEach(names, (name) => store.write(name, blocks("text")), { concurrency: 20 })
    assert.strictEqual(tokensOf(service).length, 1)
  })
)

it.live("a token is fetched anew shortly before it ends, and when it is refused", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble({}, { tokenLifetime: 400_000 })
    yield* store.write(path, blocks("text"))
    yield* objectText(store, path)
    assert.strictEqual(tokensOf(service).length, 1)
    service.clockOffset = 120_000
    yield* later(120_000, objectText(store, path))
    assert.strictEqual(tokensOf(service).length, 2)
    service.revokeTokens()
    assert.strictEqual(yield* later(120_000, objectText(store, path)), "text")
    assert.strictEqual(tokensOf(service).length, 3)
  })
)

it.live("a token that was written is refreshed once it is refused, and one that cannot be is an error", () =>
  Effect.gen(function* () {
    const service = yield* double({ buckets: ["bucket"], clients: [client] })
    const base = { endpoint: service.endpoint, project_number: service.project }
    const token = JSON.stringify({ access_token: service.tokenFor(defaultServiceAccount), refresh_token: "refresh" })
    const options = { ...base, token, token_url: service.tokenUrl, client_id: client.id, client_secret: client.secret }
    const store = yield* openHasty(options)
    yield* store.write(path, blocks("text"))
    assert.strictEqual(tokensOf(service).length, 0)
    service.revokeTokens()
    assert.strictEqual(yield* objectText(store, path), "text")
    assert.deepStrictEqual(identitiesOf(service), [defaultServiceAccount.email, "user@example.com"])
    const fixed = yield* openHasty({ ...base, token: JSON.stringify({ access_token: "ya29.unknown" }) })
    const { reason } = yield* Effect.flip(fixed.stat(path))
    assert.deepStrictEqual([reason._tag, reason.pointer], ["auth_invalid", "#/token"])
  })
)

it.live("new credentials reach an open store, and other options do not", () =>
  Effect.gen(function* () {
    const next = newServiceAccount("next@double-project.iam.gserviceaccount.com")
    const service = yield* double({ buckets: ["bucket"], serviceAccounts: [defaultServiceAccount, next] })
    const base = { endpoint: service.endpoint, project_number: service.project }
    const { store, replace } = yield* inHost(prepare({ ...base, service_account_credentials: service.keyFile() }).open)
    yield* store.write(path, blocks("text"))
    assert.isTrue(yield* replace({ ...base, service_account_credentials: service.keyFile(next) }))
    yield* objectText(store, path)
    assert.deepStrictEqual(identitiesOf(service), [defaultServiceAccount.email, next.email])
    assert.isFalse(
      yield* replace({ ...base, service_account_credentials: service.keyFile(next), bucket_policy_only: true })
    )
  })
)

it.live("the connection test says which of two ways is used, and which are ignored", () =>
  Effect.gen(function* () {
    const service = yield* double({ buckets: ["bucket"] })
    const config = {
      endpoint: service.endpoint,
      project_number: service.project,
      service_account_credentials: service.keyFile(),
      access_token: "ya29.other",
      client_credentials: true
    }
    const stages = yield* inHost(prepare(config).test({ at: ["bucket"] }))
    const authenticate = stages.find(({ stage }) => stage === "authenticate")
    assert.strictEqual(authenticate?.outcome, "passed")
    assert.strictEqual(
      authenticate?.detail,
      "service_account_credentials is used, access_token and client_credentials are ignored"
    )
  })
)

const accounts = [defaultServiceAccount, reader, second, acting]

/** A store that reads as the identity of this JSON, at a double that knows it. */
const readsAs = Effect.fnUntraced(function* (
  json: (service: StorageDouble) => object,
  env: Readonly<Record<string, string>> = {}
) {
  const service = yield* double({
    buckets: ["bucket"],
    serviceAccounts: accounts,
    clients: [client],
    federations: [pool, awsPool],
    machine
  })
  const base = { endpoint: service.endpoint, project_number: service.project }
  const owner = yield* openHasty({ ...base, service_account_credentials: service.keyFile() })
  yield* owner.write(path, blocks("text"))
  service.clearRequests()
  const config = { ...base, service_account_credentials: JSON.stringify(json(service)) }
  const store = yield* openHasty(config, { env, allow: "all" })
  assert.strictEqual(yield* objectText(store, path), "text")
  return identitiesOf(service)
})

const impersonationUrl = ({ endpoint }: StorageDouble, email: string) =>
  `${endpoint}/v1/projects/-/serviceAccounts/${email}:generateAccessToken`

const external = (service: StorageDouble) => ({
  type: "external_account",
  audience: pool.audience,
  subject_token_type: pool.tokenType,
  token_url: service.exchangeUrl
})

it.live("an identity of another provider is exchanged: of a file, whole or a field of it", () =>
  Effect.gen(function* () {
    const file = join(tmpdir(), `mooring-subject-${randomBytes(6).toString("hex")}`)
    yield* Effect.addFinalizer(() => Effect.sync(() => rmSync(file, { force: true })))
    writeFileSync(file, `${subjectToken}\n`)
    const federated = ["principal://pool/subject/federated"]
    assert.deepStrictEqual(yield* readsAs((it) => ({ ...external(it), credential_source: { file } })), federated)
    writeFileSync(file, JSON.stringify({ id_token: subjectToken }))
    const format = { type: "json", subject_token_field_name: "id_token" }
    assert.deepStrictEqual(
      yield* readsAs((it) => ({ ...external(it), credential_source: { file, format } })),
      federated
    )
    writeFileSync(file, "")
    const { reason } = yield* Effect.flip(readsAs((it) => ({ ...external(it), credential_source: { file } })))
    assert.deepStrictEqual([reason._tag, reason.pointer], ["auth_invalid", "#/service_account_credentials"])
  })
)

it.live("an identity of another provider may act as a service account", () =>
  Effect.gen(function* () {
    const file = join(tmpdir(), `mooring-subject-${randomBytes(6).toString("hex")}`)
    yield* Effect.addFinalizer(() => Effect.sync(() => rmSync(file, { force: true })))
    writeFileSync(file, subjectToken)
    const as = yield* readsAs((it) => ({
      ...external(it),
      credential_source: { file },
      service_account_impersonation_url: impersonationUrl(it, reader.email)
    }))
    assert.deepStrictEqual(as, [reader.email])
  })
)

it.live("keys of AWS are signed with and exchanged, and never sent", () =>
  Effect.gen(function* () {
    const env = {
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: awsKey.accessKeyId,
      AWS_SECRET_ACCESS_KEY: awsKey.secretAccessKey,
      AWS_SESSION_TOKEN: awsKey.token
    }
    const as = yield* readsAs(
      (it) => ({
        ...external(it),
        audience: awsPool.audience,
        subject_token_type: awsPool.tokenType,
        credential_source: {
          environment_id: "aws1",
          regional_cred_verification_url:
            "https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15"
        }
      }),
      env
    )
    assert.deepStrictEqual(as, ["principal://pool/subject/federated"])
  })
)

it.live("an account acts as another, over those in between", () =>
  Effect.gen(function* () {
    const as = yield* readsAs((it) => ({
      type: "impersonated_service_account",
      service_account_impersonation_url: impersonationUrl(it, reader.email),
      delegates: [`projects/-/serviceAccounts/${second.email}`],
      source_credentials: JSON.parse(it.keyFile(acting))
    }))
    assert.deepStrictEqual(as, [reader.email])
    const { reason } = yield* Effect.flip(
      readsAs((it) => ({
        type: "impersonated_service_account",
        service_account_impersonation_url: impersonationUrl(it, reader.email),
        source_credentials: JSON.parse(it.keyFile(acting))
      }))
    )
    assert.deepStrictEqual([reason._tag, reason.pointer], ["permission_denied", "#/service_account_credentials"])
  })
)

it.live("a host that lends nothing is asked for nothing", () =>
  Effect.gen(function* () {
    const service = yield* double({ buckets: ["bucket"], machine })
    const base = { endpoint: service.endpoint, project_number: service.project }
    for (const [options, code, pointer] of [
      [{ env_auth: true }, "ambient_credentials_forbidden", "#/env_auth"],
      [{ service_account_file: "/etc/account.json" }, "server_path_forbidden", "#/service_account_file"],
      [
        {
          service_account_credentials: JSON.stringify({
            ...external(service),
            credential_source: { environment_id: "aws1" }
          })
        },
        "ambient_credentials_forbidden",
        "#/service_account_credentials"
      ]
    ] as const) {
      const store = yield* openHasty({ ...base, ...options })
      const { reason } = yield* Effect.flip(store.stat(path))
      assert.deepStrictEqual([reason._tag, reason.pointer], [code, pointer])
    }
    assert.deepStrictEqual(service.requests, [])
  })
)
