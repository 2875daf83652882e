import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { Anything } from "../src/wire.ts"
import { account, makeFake, settings, type FakeAnswer } from "./fakeService.ts"

const storageApi = { apiUrl: "https://api1.test", downloadUrl: "https://f1.test" }
const top = { accountId: "account", authorizationToken: "token" }
const bucket = { bucketId: "1", bucketName: "b" }

const capabilities = ["listFiles"]

/** What version 4 says beside what a key may do, as users of the service have published it. */
const version4 = (allowed: Readonly<Record<string, unknown>>) => ({
  ...top,
  apiInfo: {
    groupsApi: { capabilities: [], groupsApiUrl: "https://api1.test", infoType: "groupsApi" },
    storageApi: {
      absoluteMinimumPartSize: 5_000_000,
      allowed,
      recommendedPartSize: 100_000_000,
      s3ApiUrl: "https://s3.test",
      ...storageApi
    }
  },
  applicationKeyExpirationTimestamp: null
})

/** By the versions in https://www.backblaze.com/apidocs/b2-authorize-account */
const shapes: Readonly<Record<string, unknown>> = {
  "version 2": { ...top, ...storageApi, allowed: { capabilities, namePrefix: "p/", ...bucket } },
  "version 3": {
    ...top,
    apiInfo: { storageApi: { ...storageApi, capabilities, namePrefix: "p/", ...bucket, infoType: "storageApi" } }
  },
  "version 4": version4({ buckets: [{ id: "1", name: "b" }], capabilities, namePrefix: "p/" })
}

for (const [version, body] of Object.entries(shapes)) {
  it.effect(`the answer of ${version} is understood`, () =>
    Effect.gen(function* () {
      const { client } = makeFake(() => ({ body }))
      const { apiUrl, downloadUrl, capabilities, namePrefix, buckets, accountId } = yield* (yield* client())
        .authorization
      assert.deepStrictEqual(
        { apiUrl, downloadUrl, capabilities: [...(capabilities ?? [])], namePrefix, buckets, accountId },
        {
          ...storageApi,
          capabilities: ["listFiles"],
          namePrefix: "p/",
          buckets: [{ id: "1", name: "b" }],
          accountId: "account"
        }
      )
    })
  )
}

it.effect("version 4 narrows a key to several buckets, of which some may be gone, or to none", () =>
  Effect.gen(function* () {
    for (const [buckets, expected] of [
      [null, undefined],
      [[], undefined],
      [
        [
          { id: "1", name: "b" },
          { id: "2", name: null }
        ],
        [
          { id: "1", name: "b" },
          { id: "2", name: undefined }
        ]
      ]
    ]) {
      const { client } = makeFake(() => ({ body: version4({ buckets, capabilities, namePrefix: null }) }))
      const found = yield* (yield* client()).authorization
      assert.deepStrictEqual([found.buckets, found.namePrefix], [expected, ""])
    }
  })
)

it.effect("what is known of a key is not asked for again, until it is refused or there is another", () =>
  Effect.gen(function* () {
    let [current, refused] = [settings, false]
    const { clientOf, requests } = makeFake(({ path }) => {
      if (path.endsWith("authorize_account")) return { body: shapes["version 4"] }
      return refused ? { status: 401, body: { code: "expired_auth_token" } } : { body: {} }
    })
    const client = yield* clientOf(Effect.sync(() => current))
    const asked = Effect.fnUntraced(function* () {
      yield* client.authorized
      return requests.filter(({ path }) => path.endsWith("authorize_account")).length
    })
    assert.deepStrictEqual([yield* asked(), yield* asked()], [1, 1])
    current = { ...settings, key: Redacted.make("another") }
    assert.deepStrictEqual([yield* asked(), yield* asked()], [2, 2])
    refused = true
    yield* Effect.result(client.call("anything", "listFiles", {}, Anything))
    assert.deepStrictEqual([yield* asked(), yield* asked()], [3, 3])
  })
)

it.effect("version 2 is asked for where version 4 is not known, and used from then on", () =>
  Effect.gen(function* () {
    const { client, requests } = makeFake(({ path }) => {
      if (path.startsWith("/b2api/v4/")) return { status: 400, body: { code: "bad_request" } }
      return path.endsWith("authorize_account") ? { body: shapes["version 2"] } : { body: { buckets: [] } }
    })
    const made = yield* client()
    yield* made.call("anything", "listFiles", {}, Anything)
    assert.deepStrictEqual(
      requests.map(({ origin, path }) => `${origin}${path}`),
      [
        "https://api.test/b2api/v4/b2_authorize_account",
        "https://api.test/b2api/v2/b2_authorize_account",
        "https://api1.test/b2api/v2/b2_anything"
      ]
    )
  })
)

const refusals: ReadonlyArray<readonly [string, FakeAnswer, string, string]> = [
  ["a web page", { body: "<!doctype html><html></html>" }, "not_a_storage_endpoint", "#/endpoint"],
  ["a web page of a wrong path", { status: 404, body: "<html></html>" }, "not_a_storage_endpoint", "#/endpoint"],
  ["another document", { body: { hello: "world" } }, "not_a_storage_endpoint", "#/endpoint"],
  [
    "an API that does not know the call",
    { status: 404, body: { code: "not_found" } },
    "not_a_storage_endpoint",
    "#/endpoint"
  ],
  ["a key of another version", { status: 401, body: { code: "unsupported" } }, "auth_invalid", "#/account"],
  ["a refusal that says no code", { status: 401, body: { error: "token" } }, "not_a_storage_endpoint", "#/endpoint"],
  ["a firewall", { status: 403, body: "Forbidden" }, "not_a_storage_endpoint", "#/endpoint"],
  ["a redirect", { status: 302 }, "not_a_storage_endpoint", "#/none"],
  ["a refused key", { status: 401, body: { code: "unauthorized" } }, "auth_invalid", "#/key"],
  ["a cap", { status: 403, body: { code: "transaction_cap_exceeded" } }, "quota_exceeded", "#/none"]
]

for (const [title, answer, code, pointer] of refusals) {
  it.effect(`${title} is ${code}`, () =>
    Effect.gen(function* () {
      const { client } = makeFake(() => answer)
      const { reason } = yield* Effect.flip((yield* client()).authorization)
      assert.deepStrictEqual([reason._tag, reason.pointer ?? "#/none"], [code, pointer])
      assert.notInclude(JSON.stringify(reason), "K005")
    })
  )
}

it.effect("no token goes to an address without TLS that an answer over TLS names", () =>
  Effect.gen(function* () {
    const { client, requests } = makeFake(() => ({
      body: { ...top, ...storageApi, apiUrl: "http://elsewhere.test" }
    }))
    const { reason } = yield* Effect.flip((yield* client()).authorization)
    assert.strictEqual(reason._tag, "not_a_storage_endpoint")
    assert.isTrue(requests.every(({ origin }) => origin === "https://api.test"))
  })
)

it.effect("the test mode is asked for with each request, and only where it is set", () =>
  Effect.gen(function* () {
    for (const testMode of ["", "fail_some_uploads"]) {
      const { client, requests } = makeFake(() => ({ body: account }))
      yield* (yield* client({ testMode })).authorization
      assert.deepStrictEqual(
        requests.map(({ headers = {} }) => headers["x-bz-test-mode"]),
        [testMode === "" ? undefined : testMode]
      )
    }
  })
)
