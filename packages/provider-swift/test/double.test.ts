import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { mutations, rest, type Behaviour } from "./double/behaviours.ts"
import { people, tenant } from "./double/identity.ts"
import { startSwiftDouble, type SwiftDouble } from "./double/SwiftDouble.ts"

const password = { passwordCredentials: { username: people.user, password: people.password } }
const apiKey = { "RAX-KSKEY:apiKeyCredentials": { username: people.user, apiKey: people.apiKey } }
/** What is accepted; each mutation changes one thing of it. */
const valid = { ...password, tenantName: tenant.name }

interface TokenRequest {
  readonly path?: string
  readonly method?: string
  readonly type?: string
  readonly body?: string
}

const ask = async (double: SwiftDouble, auth: unknown, { path, method, type, body }: TokenRequest = {}) => {
  const response = await fetch(`${double.auth}${path ?? "/tokens"}`, {
    method: method ?? "POST",
    headers: { "content-type": type ?? "application/json" },
    ...(method !== "GET" && { body: body ?? JSON.stringify({ auth }) })
  })
  const text = await response.text()
  return { status: response.status, body: text === "" ? undefined : JSON.parse(text) }
}

interface StoreRequest {
  readonly body?: string
  readonly token?: string
  readonly account?: string
  readonly headers?: Readonly<Record<string, string>>
}

const at = async (double: SwiftDouble, method: string, place: string, more: StoreRequest = {}) => {
  const token = more.token ?? (await ask(double, valid)).body.access.token.id
  const response = await fetch(`${more.account ?? double.storageUrl}${place}`, {
    method,
    headers: { "x-auth-token": token, ...more.headers },
    body: more.body ?? null
  })
  return { status: response.status, text: await response.text() }
}

const statusOf = async (...args: Parameters<typeof at>) => (await at(...args)).status
const refuses = async (double: SwiftDouble, status: number, ...auths: ReadonlyArray<unknown>) => {
  assert.strictEqual((await ask(double, valid)).status, 200)
  for (const auth of auths) assert.strictEqual((await ask(double, auth)).status, status, JSON.stringify(auth))
}

const filled = async (double: SwiftDouble) => {
  assert.strictEqual(await statusOf(double, "PUT", "/c"), 201)
  for (const name of ["b", "a", "ab"])
    assert.strictEqual(await statusOf(double, "PUT", `/c/${name}`, { body: "x" }), 201)
}
const namesOf = ({ text }: { text: string }) => JSON.parse(text).map(({ name }: { name: string }) => name)

type Case = (double: SwiftDouble) => Promise<void>

const mutationCases: { readonly [Name in keyof typeof mutations]: Case } = {
  passwordChanged: (double) =>
    refuses(double, 401, { ...valid, passwordCredentials: { username: people.user, password: "wrong" } }),
  userChanged: (double) =>
    refuses(double, 401, { ...valid, passwordCredentials: { username: "nobody", password: people.password } }),
  tenantChanged: (double) =>
    refuses(double, 401, { ...password, tenantName: "nowhere" }, { ...password, tenantId: tenant.name }),
  passwordMissing: (double) =>
    refuses(double, 400, { ...valid, passwordCredentials: { username: people.user } }, {}, null),
  twoCredentials: (double) => refuses(double, 400, { ...valid, ...apiKey }),
  twoTenants: (double) => refuses(double, 400, { ...valid, tenantId: tenant.id }),
  memberUnknown: (double) => refuses(double, 400, { ...valid, unknown: true }),
  notJson: async (double) => {
    assert.strictEqual((await ask(double, undefined, { body: "auth=demo" })).status, 400)
  },
  contentType: async (double) => {
    assert.strictEqual((await ask(double, valid, { type: "text/plain" })).status, 415)
  },
  pathChanged: async (double) => {
    assert.strictEqual((await ask(double, valid, { path: "/token" })).status, 404)
    assert.strictEqual((await ask(double, valid, { method: "GET" })).status, 404)
  },
  apiKeyAsPassword: (double) =>
    refuses(double, 401, { ...valid, passwordCredentials: { username: people.user, password: people.apiKey } }),
  tokenChanged: async (double) => {
    assert.strictEqual(await statusOf(double, "HEAD", ""), 204)
    assert.strictEqual(await statusOf(double, "HEAD", "", { token: "none" }), 401)
  },
  accountChanged: async (double) => {
    assert.strictEqual(await statusOf(double, "HEAD", "", { account: `${double.storageUrl}x` }), 404)
  },
  etagChanged: async (double) => {
    await filled(double)
    const headers = { etag: "0".repeat(32) }
    assert.strictEqual(await statusOf(double, "PUT", "/c/new", { body: "x", headers }), 422)
    assert.strictEqual(await statusOf(double, "GET", "/c/new"), 404)
  },
  containerMissing: async (double) => {
    assert.strictEqual(await statusOf(double, "PUT", "/missing/a", { body: "x" }), 404)
  },
  containerFull: async (double) => {
    await filled(double)
    assert.strictEqual(await statusOf(double, "DELETE", "/c"), 409)
  },
  objectMissing: async (double) => {
    await filled(double)
    for (const method of ["GET", "HEAD", "DELETE"]) assert.strictEqual(await statusOf(double, method, "/c/no"), 404)
  },
  nameTooLong: async (double) => {
    await filled(double)
    for (const [length, status] of [
      [1024, 201],
      [1025, 400]
    ] as const) {
      assert.strictEqual(await statusOf(double, "PUT", `/c/${"n".repeat(length)}`, { body: "x" }), status)
    }
    assert.strictEqual(await statusOf(double, "PUT", `/${"n".repeat(257)}`), 400)
  },
  limitTooLarge: async (double) => {
    await filled(double)
    assert.strictEqual(await statusOf(double, "GET", "/c?limit=10000"), 200)
    for (const limit of ["10001", "many", "-1"]) {
      assert.strictEqual(await statusOf(double, "GET", `/c?limit=${limit}`), 412, limit)
    }
  },
  parameterUnknown: async (double) => {
    await filled(double)
    assert.strictEqual(await statusOf(double, "GET", "/c?versions"), 400)
  },
  headerUnknown: async (double) => {
    await filled(double)
    const headers = { "x-object-manifest": "c/a" }
    assert.strictEqual(await statusOf(double, "PUT", "/c/new", { body: "x", headers }), 501)
  },
  methodUnknown: async (double) => {
    await filled(double)
    for (const place of ["", "/c", "/c/a"]) assert.strictEqual(await statusOf(double, "POST", place), 405, place)
  }
}

const restCases: { readonly [Name in keyof typeof rest]: Case } = {
  apiKeyCredentials: async (double) => {
    assert.strictEqual((await ask(double, { ...apiKey, tenantName: tenant.name })).status, 200)
    const other = { "RAX-KSKEY:apiKeyCredentials": { username: people.user, apiKey: people.password } }
    assert.strictEqual((await ask(double, { ...other, tenantName: tenant.name })).status, 401)
  },
  textListing: async (double) => {
    await filled(double)
    assert.strictEqual((await at(double, "GET", "/c")).text, "a\nab\nb\n")
    assert.strictEqual(await statusOf(double, "GET", "/c?prefix=x"), 204)
  },
  shortPages: async (double) => {
    await filled(double)
    double.shortest = 2
    assert.deepStrictEqual(namesOf(await at(double, "GET", "/c?limit=3&format=json")), ["a", "ab"])
  },
  noInfo: async (double) => {
    assert.strictEqual((await fetch(new URL("/info", double.auth))).status, 404)
  }
}

const run = (behaviours: Readonly<Record<string, Behaviour>>, cases: Readonly<Record<string, Case>>) => {
  for (const [name, { evidence, rule }] of Object.entries(behaviours)) {
    it.live(`${rule} (${evidence})`, () =>
      Effect.scoped(Effect.flatMap(startSwiftDouble, (double) => Effect.promise(() => cases[name]!(double))))
    )
  }
}

describe("a valid request, changed in one thing", () => run(mutations, mutationCases))
describe("the double", () => run(rest, restCases))
