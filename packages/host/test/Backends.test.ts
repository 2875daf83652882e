import { assert, describe, it } from "@effect/vitest"
import { Path, StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { BackendRepository } from "../src/BackendRepository.ts"
import { Backends } from "../src/Backends.ts"
import * as Host from "../src/Host.ts"
import type { PolicyName } from "../src/Policy.ts"
import { examplePlugin, type Seen } from "./examplePlugin.ts"
import { temporaryFolder } from "./temporaryFolder.ts"

const valid = { endpoint: "https://example.invalid", key: "CANARY-one" }

const start = Effect.fnUntraced(function* (policy: PolicyName = "local") {
  const state = join(yield* temporaryFolder, "state")
  const seen: Seen = { tested: 0, opened: 0, keys: [] }
  const layer = Host.layer({ state, policy, plugins: [examplePlugin(seen)] })
  const files = () =>
    readdirSync(state)
      .map((name) => readFileSync(join(state, name), "latin1"))
      .join("\n")
  return { state, seen, layer, files }
})

describe("connect", () => {
  it.live("tests, keeps sealed, and answers without the secret", () =>
    Effect.gen(function* () {
      const { layer, files, seen } = yield* start()
      yield* Effect.gen(function* () {
        const { connect, get, list } = yield* Backends
        const backend = yield* connect("example", valid, { name: "one" })
        assert.match(backend.id, /^bck_[0-9a-f]{16}$/)
        assert.deepStrictEqual(backend.options, { endpoint: valid.endpoint, key: { set: true } })
        assert.deepStrictEqual(yield* list, [backend])
        assert.deepStrictEqual(yield* get("one"), backend)
        assert.strictEqual(seen.tested, 1)
        assert.include(files(), backend.id)
        assert.notInclude(files(), "CANARY")
      }).pipe(Effect.provide(layer))
      assert.notInclude(files(), "CANARY")
    })
  )

  it.live("reports every problem at once, tries nothing and keeps nothing", () =>
    Effect.gen(function* () {
      const { layer, seen } = yield* start()
      yield* Effect.gen(function* () {
        const { connect, list } = yield* Backends
        const refused = yield* Effect.flip(connect("example", { endpont: "x", identity: "yes" }))
        assert.strictEqual(refused._tag, "BackendRefused")
        const problems = refused._tag === "BackendRefused" ? refused.problems : []
        assert.deepStrictEqual(problems.map(({ pointer, code }) => `${pointer} ${code}`).toSorted(), [
          "#/endpoint missing_field",
          "#/endpont unknown_field",
          "#/identity invalid_value",
          "#/key missing_field"
        ])
        assert.deepStrictEqual([seen.tested, (yield* list).length], [0, 0])
      }).pipe(Effect.provide(layer))
    })
  )

  it.live("keeps nothing if the test fails, and shows the stages", () =>
    Effect.gen(function* () {
      const { layer, files } = yield* start()
      yield* Effect.gen(function* () {
        const { connect, list, test } = yield* Backends
        const refused = yield* Effect.flip(connect("example", { ...valid, key: "wrong" }))
        assert.strictEqual(refused.reason._tag, "auth_invalid")
        assert.strictEqual(refused._tag === "BackendRefused" && refused.stages[0]?.outcome, "failed")
        assert.strictEqual((yield* test("example", { ...valid, key: "wrong" }))[0]?.code, "auth_invalid")
        assert.deepStrictEqual(yield* list, [])
        assert.notInclude(files(), "bck_")
      }).pipe(Effect.provide(layer))
    })
  )

  it.live("asks policy before it tries", () =>
    Effect.gen(function* () {
      const { layer, seen } = yield* start("multi-tenant")
      yield* Effect.gen(function* () {
        const { connect } = yield* Backends
        const refused = yield* Effect.flip(connect("example", { ...valid, file: "/etc/passwd", identity: true }))
        const problems = refused._tag === "BackendRefused" ? refused.problems : []
        assert.deepStrictEqual(
          problems.map(({ pointer }) => pointer),
          ["#/file", "#/identity"]
        )
        assert.strictEqual(seen.tested, 0)
      }).pipe(Effect.provide(layer))
    })
  )
})

describe("an open store", () => {
  it.live("is asked for of policy again: it may be stricter than when it was connected", () =>
    Effect.gen(function* () {
      const { layer, state } = yield* start()
      const { id } = yield* Effect.provide(
        Effect.flatMap(Backends, ({ connect }) => connect("example", { ...valid, file: "/etc/passwd" })),
        layer
      )
      const strict = Host.layer({ state, policy: "multi-tenant", plugins: [examplePlugin()] })
      const refused = yield* Effect.flip(
        Effect.provide(Effect.scoped(Effect.flatMap(Backends, ({ open }) => open(id))), strict)
      )
      assert.strictEqual(refused.reason._tag, "server_path_forbidden")
    })
  )

  it.live("that could not be opened is tried again by the next who asks", () =>
    Effect.gen(function* () {
      const state = join(yield* temporaryFolder, "state")
      const example = examplePlugin()
      if ("problem" in example) return assert.fail(example.problem)
      let tries = 0
      const prepare = (raw: unknown) => {
        const prepared = example.plugin.prepare(raw)
        if (prepared.issues !== undefined) return prepared
        const failing = Effect.fail(StorageError.of("timeout", "no answer"))
        return { ...prepared, open: Effect.suspend(() => ((tries += 1) === 1 ? failing : prepared.open)) }
      }
      const plugin = { ...example, plugin: { ...example.plugin, prepare } }
      yield* Effect.gen(function* () {
        const { connect, open } = yield* Backends
        const { id } = yield* connect("example", valid)
        assert.strictEqual((yield* Effect.flip(open(id))).reason._tag, "timeout")
        yield* Effect.flatMap(open(id), ({ check }) => check)
        assert.strictEqual(tries, 2)
      }).pipe(Effect.scoped, Effect.provide(Host.layer({ state, policy: "local", plugins: [plugin] })))
    })
  )

  it.live("is shared, opened from sealed options after a restart, and takes new credentials", () =>
    Effect.gen(function* () {
      const { layer, seen, files } = yield* start()
      const { id } = yield* Effect.provide(
        Effect.flatMap(Backends, ({ connect }) => connect("example", valid)),
        layer
      )
      yield* Effect.gen(function* () {
        const { open, replace, remove } = yield* Backends
        const store = yield* open(id)
        yield* store.check
        assert.strictEqual(yield* open(id), store)
        const renewed = yield* replace(id, { key: "CANARY-two" })
        assert.strictEqual(renewed.revision, 2)
        yield* store.check
        assert.deepStrictEqual([seen.opened, seen.keys], [1, ["CANARY-one", "CANARY-two"]])
        assert.strictEqual((yield* Effect.flip(replace(id, { key: "wrong" }))).reason._tag, "auth_invalid")
        yield* replace(id, { endpoint: "https://other.invalid" })
        yield* Effect.flatMap(open(id), ({ check }) => check)
        assert.strictEqual(seen.opened, 2)
        const { sealed } = yield* Effect.flatMap(BackendRepository, ({ get }) => get(id))
        yield* remove(id)
        assert.strictEqual((yield* Effect.flip(open(id))).reason._tag, "not_found")
        assert.notInclude(files(), sealed["key"] ?? "1.")
      }).pipe(Effect.scoped, Effect.provide(layer))
    })
  )

  it.live("stores and reads", () =>
    Effect.gen(function* () {
      const { layer } = yield* start()
      yield* Effect.gen(function* () {
        const { connect, open } = yield* Backends
        const store = yield* open((yield* connect("example", valid)).id)
        assert.deepStrictEqual((yield* store.listPage(Path.of("box"))).entries, [])
      }).pipe(Effect.scoped, Effect.provide(layer))
    })
  )
})
