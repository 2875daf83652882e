import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { behaviours } from "./double/behaviours.ts"
import { people, tenant } from "./double/identity.ts"
import { startSwiftDouble, type SwiftDouble } from "./double/SwiftDouble.ts"

const password = { passwordCredentials: { username: people.user, password: people.password } }
const apiKey = { "RAX-KSKEY:apiKeyCredentials": { username: people.user, apiKey: people.apiKey } }

const ask = async (double: SwiftDouble, auth: unknown, type = "application/json") => {
  const body = JSON.stringify({ auth })
  const response = await fetch(`${double.auth}/tokens`, { method: "POST", headers: { "content-type": type }, body })
  return { status: response.status, body: (await response.json()) as any }
}

const at = async (
  double: SwiftDouble,
  method: string,
  place: string,
  more: { body?: string; etag?: string; token?: string } = {}
) => {
  const token = more.token ?? (await ask(double, { ...password, tenantName: tenant.name })).body.access.token.id
  const headers = { "x-auth-token": token, ...(more.etag !== undefined && { etag: more.etag }) }
  const response = await fetch(`${double.storageUrl}${place}`, { method, headers, body: more.body ?? null })
  return { status: response.status, etag: response.headers.get("etag"), text: await response.text() }
}

/** The MD5 of `text`. */
const etag = "1cb251ec0d568de6a929b520c4aed8d1"

const filled = async (double: SwiftDouble) => {
  await at(double, "PUT", "/c")
  for (const name of ["b", "a", "ab"]) await at(double, "PUT", `/c/${name}`, { body: "text" })
}
const namesOf = ({ text }: { text: string }) => JSON.parse(text).map(({ name }: { name: string }) => name)

const cases: { readonly [Name in keyof typeof behaviours]: (double: SwiftDouble) => Promise<void> } = {
  passwordCredentials: async (double) => {
    const { status, body } = await ask(double, { ...password, tenantName: tenant.name })
    const store = body.access.serviceCatalog.find(({ type }: { type: string }) => type === "object-store")
    assert.deepStrictEqual([status, store.endpoints[0].publicURL], [200, double.storageUrl])
  },
  tenantById: async (double) => {
    assert.strictEqual((await ask(double, { ...password, tenantId: tenant.id })).status, 200)
    assert.strictEqual((await ask(double, { ...password, tenantId: tenant.name })).status, 401)
    assert.strictEqual((await ask(double, { ...password, tenantId: tenant.id, tenantName: tenant.name })).status, 400)
  },
  withoutTenant: async (double) => {
    const { status, body } = await ask(double, password)
    assert.deepStrictEqual([status, body.access.serviceCatalog], [200, []])
  },
  wrongPassword: async (double) => {
    const wrong = { passwordCredentials: { username: people.user, password: "wrong" } }
    const nobody = { passwordCredentials: { username: "nobody", password: people.password } }
    for (const auth of [wrong, nobody, { ...password, tenantName: "nowhere" }]) {
      assert.strictEqual((await ask(double, auth)).status, 401)
    }
  },
  malformed: async (double) => {
    const both = { ...password, ...apiKey }
    for (const auth of [
      {},
      both,
      { ...password, unknown: true },
      { passwordCredentials: { username: people.user } },
      null
    ]) {
      assert.strictEqual((await ask(double, auth)).status, 400)
    }
  },
  apiKeyCredentials: async (double) => {
    assert.strictEqual((await ask(double, { ...apiKey, tenantName: tenant.name })).status, 200)
    const asPassword = { passwordCredentials: { username: people.user, password: people.apiKey } }
    assert.strictEqual((await ask(double, asPassword)).status, 401)
  },
  contentType: async (double) => {
    assert.strictEqual((await ask(double, password, "text/plain")).status, 415)
  },
  tokenNeeded: async (double) => {
    assert.strictEqual((await at(double, "HEAD", "", { token: "none" })).status, 401)
    assert.strictEqual((await at(double, "HEAD", "")).status, 204)
  },
  putAndGet: async (double) => {
    await at(double, "PUT", "/c")
    const put = await at(double, "PUT", "/c/a%20b", { body: "text" })
    const got = await at(double, "GET", "/c/a%20b")
    assert.deepStrictEqual([put.status, put.etag, got.text, got.etag], [201, etag, "text", etag])
    assert.strictEqual((await at(double, "HEAD", "/c/a%20b")).status, 200)
    assert.strictEqual((await at(double, "DELETE", "/c/a%20b")).status, 204)
    for (const method of ["GET", "HEAD", "DELETE"])
      assert.strictEqual((await at(double, method, "/c/a%20b")).status, 404)
  },
  wrongEtag: async (double) => {
    await at(double, "PUT", "/c")
    assert.strictEqual((await at(double, "PUT", "/c/a", { body: "text", etag: "0".repeat(32) })).status, 422)
    assert.strictEqual((await at(double, "GET", "/c/a")).status, 404)
  },
  missingContainer: async (double) => {
    assert.strictEqual((await at(double, "PUT", "/missing/a", { body: "text" })).status, 404)
  },
  listing: async (double) => {
    await filled(double)
    assert.deepStrictEqual(namesOf(await at(double, "GET", "/c?format=json")), ["a", "ab", "b"])
    assert.deepStrictEqual(namesOf(await at(double, "GET", "/c?limit=1&marker=a")), ["ab"])
    assert.deepStrictEqual(namesOf(await at(double, "GET", "/c?prefix=a&marker=ab")), [])
    assert.deepStrictEqual(namesOf(await at(double, "GET", "?limit=5")), ["c"])
  },
  shortPages: async (double) => {
    await filled(double)
    double.shortest = 2
    assert.deepStrictEqual(namesOf(await at(double, "GET", "/c?limit=3")), ["a", "ab"])
  },
  noInfo: async (double) => {
    assert.strictEqual((await fetch(new URL("/info", double.auth))).status, 404)
  }
}

describe("the double", () => {
  for (const [name, run] of Object.entries(cases)) {
    const { evidence, rule } = behaviours[name as keyof typeof behaviours]
    it.live(`${rule} (${evidence})`, () =>
      Effect.scoped(Effect.flatMap(startSwiftDouble, (double) => Effect.promise(() => run(double))))
    )
  }
})
