import { assert, describe, it } from "@effect/vitest"
import { list } from "@mooring/core/list"
import { objectText } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { people, tenant } from "./double/identity.ts"
import { startSwiftDouble, type SwiftDouble } from "./double/SwiftDouble.ts"
import { inHost } from "./host.ts"
import { openClient } from "./openClient.ts"
import { prepare } from "./pluginSubject.ts"

const optionsFor = ({ auth }: SwiftDouble) => ({ auth, user: people.user, key: people.password, tenant: tenant.name })

/** A store over a double with a container `c`, all of whose requests so far are forgotten. */
const open = Effect.fnUntraced(function* (options: Readonly<Record<string, unknown>> = {}) {
  const double = yield* startSwiftDouble
  const opened = yield* openClient({ ...optionsFor(double), ...options })
  yield* opened.store.createContainer!(["c"])
  double.requests.length = 0
  return { double, ...opened }
})

const tokensIn = ({ requests }: SwiftDouble) => requests.filter((request) => request === "POST /v2.0/tokens").length

describe("version 2", () => {
  it.live("takes passwords and API keys, each first where it is likelier, and then the other", () =>
    Effect.gen(function* () {
      for (const [key, requests] of [
        [people.password, 1],
        [people.apiKey, 1]
      ] as const) {
        const double = yield* startSwiftDouble
        const { client } = yield* openClient({ ...optionsFor(double), key })
        assert.strictEqual((yield* client.session.get).storageUrl, double.storageUrl)
        assert.strictEqual(tokensIn(double), requests)
      }
      const double = yield* startSwiftDouble
      const { client } = yield* openClient({ ...optionsFor(double), key: "wrong" })
      const { reason } = yield* Effect.flip(client.session.get)
      assert.deepStrictEqual([reason._tag, reason.pointer, tokensIn(double)], ["auth_invalid", "#/key", 2])
    }).pipe(Effect.scoped)
  )

  it.live("takes the tenant by id, the region of the catalog, and a token of its own", () =>
    Effect.gen(function* () {
      const double = yield* startSwiftDouble
      const { tenant: _, ...bare } = optionsFor(double)
      const byId = yield* openClient({ ...bare, tenant_id: tenant.id, region: "ORD", endpoint_type: "internal" })
      assert.strictEqual((yield* byId.client.session.get).storageUrl, double.storageUrl)
      const elsewhere = yield* openClient({ ...bare, tenant_id: tenant.id, region: "LON" })
      const { reason } = yield* Effect.flip(elsewhere.client.session.get)
      assert.deepStrictEqual([reason._tag, reason.pointer, reason.suggestion], ["wrong_region", "#/region", "ORD, DFW"])
      const without = yield* openClient(bare)
      assert.strictEqual((yield* Effect.flip(without.client.session.get)).reason.pointer, "#/tenant")
    }).pipe(Effect.scoped)
  )
})

describe("tokens", () => {
  it.live("are asked for once, however many wait", () =>
    Effect.gen(function* () {
      const double = yield* startSwiftDouble
      const { store } = yield* openClient(optionsFor(double))
      yield* Effect.all(
        Array.from({ length: 20 }, () => store.check),
        { concurrency: "unbounded" }
      )
      assert.strictEqual(tokensIn(double), 1)
    }).pipe(Effect.scoped)
  )

  it.live("that are refused are replaced once for all, and the calls made again", () =>
    Effect.gen(function* () {
      const { double, store } = yield* open()
      yield* store.write(["c", "object"], Stream.make(Buffer.from("text")))
      double.requests.length = 0
      double.revoke()
      const texts = yield* Effect.all(
        Array.from({ length: 10 }, () => objectText(store, ["c", "object"])),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual([...new Set(texts)], ["text"])
      assert.strictEqual(tokensIn(double), 1)
      double.revoke()
      yield* store.write(["c", "object"], Stream.make(Buffer.from("again")))
      assert.strictEqual(yield* objectText(store, ["c", "object"]), "again")
    }).pipe(Effect.scoped)
  )

  it.live("that are refused when they are new are an error, and not asked for without an end", () =>
    Effect.gen(function* () {
      const { double, store } = yield* open()
      double.failures.push(...Array.from({ length: 20 }, () => ({ status: 401 })))
      const { reason } = yield* Effect.flip(store.check)
      assert.strictEqual(reason._tag, "auth_invalid")
      assert.isAtMost(tokensIn(double), 2)
      assert.isAbove(double.failures.length, 10)
    }).pipe(Effect.scoped)
  )
})

describe("failures that pass", () => {
  for (const status of [408, 409, 429, 498, 500, 502, 503, 504]) {
    it.live(`${status} is tried again`, () =>
      Effect.gen(function* () {
        const { double, store } = yield* open()
        double.failures.push({ status }, { status })
        yield* store.check
        assert.strictEqual(double.requests.length, 3)
      }).pipe(Effect.scoped)
    )
  }

  it.live("are not those of the request", () =>
    Effect.gen(function* () {
      const { double, store } = yield* open()
      for (const [status, code] of [
        [400, "invalid_value"],
        [404, "not_found"],
        [507, "no_space"]
      ] as const) {
        double.requests.length = 0
        double.failures.push({ status })
        const { reason } = yield* Effect.flip(store.check)
        assert.deepStrictEqual([reason._tag, reason.requestId, double.requests.length], [code, "tx-double", 1])
      }
    }).pipe(Effect.scoped)
  )
})

describe("answers of something else", () => {
  const page = { status: 200, headers: { "content-type": "text/html" }, body: "<!doctype html><title>Log in</title>" }

  it.live("are no listing", () =>
    Effect.gen(function* () {
      const { double, store } = yield* open()
      double.failures.push(page)
      assert.strictEqual((yield* Effect.flip(store.listPage(["c"]))).reason._tag, "not_a_storage_endpoint")
    }).pipe(Effect.scoped)
  )

  it.live("are put to the storage URL by the connection test", () =>
    Effect.gen(function* () {
      const double = yield* startSwiftDouble
      double.failures.push(page)
      const stages = yield* inHost(prepare({ ...optionsFor(double), storage_url: double.storageUrl }).test({}))
      const failed = stages.find(({ outcome }) => outcome === "failed")
      const found = [failed?.stage, failed?.code, failed?.pointer]
      assert.deepStrictEqual(found, ["authenticate", "not_a_storage_endpoint", "#/storage_url"])
    }).pipe(Effect.scoped)
  )
})

describe("listings", () => {
  const names = ["a", "b", "c", "d", "e"]
  const filled = Effect.fnUntraced(function* (options: Readonly<Record<string, unknown>>) {
    const opened = yield* open(options)
    opened.double.containers.set("c", new Map(names.map((name) => [name, Buffer.from(name)])))
    return opened
  })
  const listed = (store: Effect.Success<ReturnType<typeof open>>["store"], limit: number) =>
    Effect.map(Stream.runCollect(list(store, ["c"], { limit })), (entries) => entries.map(({ path }) => path[1]))

  it.live("go on behind short pages where that is asked for", () =>
    Effect.gen(function* () {
      for (const [options, found] of [
        [{}, ["a", "b"]],
        [{ partial_page_fetch_threshold: 20 }, ["a", "b"]],
        [{ partial_page_fetch_threshold: 50 }, names],
        [{ fetch_until_empty_page: true }, names]
      ] as const) {
        const { double, store } = yield* filled(options)
        double.shortest = 2
        assert.deepStrictEqual(yield* listed(store, 3), [...found])
      }
    }).pipe(Effect.scoped)
  )

  it.live("end when the service repeats a page", () =>
    Effect.gen(function* () {
      const { double, store } = yield* filled({})
      double.ignoresMarkers = true
      assert.strictEqual((yield* Effect.flip(listed(store, 2))).reason._tag, "integrity_error")
    }).pipe(Effect.scoped)
  )
})

describe("a service that tells nothing of itself", () => {
  it.live("is asked to remove one by one", () =>
    Effect.gen(function* () {
      const { double, store } = yield* open()
      double.containers.set("c", new Map(["a", "b", "c"].map((name) => [name, Buffer.from(name)])))
      yield* store.removeMany!(["a", "b", "missing"].map((name) => ["c", name]))
      assert.deepStrictEqual([...(double.containers.get("c")?.keys() ?? [])], ["c"])
      assert.strictEqual(double.requests.filter((request) => request === "GET /info").length, 1)
      assert.strictEqual(double.requests.filter((request) => request.startsWith("DELETE ")).length, 3)
    }).pipe(Effect.scoped)
  )
})
