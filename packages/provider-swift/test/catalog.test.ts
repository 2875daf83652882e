import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import { endpointIn, endpointsOf2, endpointsOf3, type Endpoint } from "../src/credentials/catalog.ts"

const endpoints: ReadonlyArray<Endpoint> = [
  { type: "public", region: "one", url: "https://public.one/v1/AUTH_a" },
  { type: "internal", region: "one", url: "http://internal.one/v1/AUTH_a" },
  { type: "public", region: "two", url: "https://public.two/v1/AUTH_a/" }
]
const wanted = { region: undefined, endpointType: "public", scoped: true } as const

const reasonOf = (found: ReturnType<typeof endpointIn>) => {
  if (Result.isSuccess(found)) return assert.fail("should have failed")
  const { _tag, pointer, suggestion } = found.failure.reason
  return [_tag, pointer, suggestion]
}

describe("endpointIn", () => {
  it("takes region and type, and the first region where none is asked for", () => {
    assert.strictEqual(Result.getOrThrow(endpointIn(endpoints, wanted)), "https://public.one/v1/AUTH_a")
    const two = endpointIn(endpoints, { ...wanted, region: "two" })
    assert.strictEqual(Result.getOrThrow(two), "https://public.two/v1/AUTH_a")
    const internal = endpointIn(endpoints, { ...wanted, endpointType: "internal" })
    assert.strictEqual(Result.getOrThrow(internal), "http://internal.one/v1/AUTH_a")
  })

  it("says which regions and types there are", () => {
    const elsewhere = endpointIn(endpoints, { ...wanted, region: "three" })
    assert.deepStrictEqual(reasonOf(elsewhere), ["wrong_region", "#/region", "one, two"])
    const admin = endpointIn(endpoints, { ...wanted, endpointType: "admin" })
    assert.deepStrictEqual(reasonOf(admin), ["not_a_storage_endpoint", "#/endpoint_type", "public"])
  })

  it("shows no region that could be anything else", () => {
    const strange = [{ type: "public", region: "<b>one</b>", url: "https://one" }] as const
    assert.deepStrictEqual(reasonOf(endpointIn(strange, { ...wanted, region: "x" })), [
      "wrong_region",
      "#/region",
      undefined
    ])
  })

  it("blames the project where there is no object store", () => {
    assert.deepStrictEqual(reasonOf(endpointIn([], wanted)).slice(0, 2), ["not_a_storage_endpoint", "#/tenant"])
    assert.deepStrictEqual(reasonOf(endpointIn([], { ...wanted, scoped: false })).slice(0, 2), [
      "auth_invalid",
      "#/tenant"
    ])
  })

  it("takes no address that is none", () => {
    for (const url of ["file:///etc/passwd", "https://user:secret@host/", "storage"]) {
      const found = endpointIn([{ type: "public", region: "one", url }], wanted)
      assert.deepStrictEqual(reasonOf(found).slice(0, 2), ["not_a_storage_endpoint", "#/storage_url"])
    }
  })
})

describe("catalogs", () => {
  it("of version 3 have one address per interface, and the id of the region", () => {
    const found = endpointsOf3({
      token: {
        catalog: [
          { type: "compute", endpoints: [{ interface: "public", region: "one", url: "https://compute" }] },
          {
            type: "object-store",
            endpoints: [
              { interface: "public", region: "One", region_id: "one", url: "https://public" },
              { interface: "adminURL", region: "one", url: "https://admin" },
              { interface: "unknown", region: "one", url: "https://unknown" },
              { interface: "public", region: "one", url: null }
            ]
          }
        ]
      }
    })
    assert.deepStrictEqual(found, [
      { type: "public", region: "one", url: "https://public" },
      { type: "admin", region: "one", url: "https://admin" }
    ])
    assert.deepStrictEqual(endpointsOf3({ token: {} }), [])
  })

  it("of version 2 have all addresses of a region together", () => {
    const found = endpointsOf2({
      access: {
        token: { id: "t" },
        serviceCatalog: [
          { type: "object-store", endpoints: [{ region: "one", publicURL: "https://p", internalURL: "https://i" }] }
        ]
      }
    })
    assert.deepStrictEqual(found, [
      { type: "public", region: "one", url: "https://p" },
      { type: "internal", region: "one", url: "https://i" }
    ])
  })
})
