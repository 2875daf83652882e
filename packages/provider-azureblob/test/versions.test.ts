import { assert, describe, it } from "@effect/vitest"
import type { ObjectStore, Path } from "@mooring/core"
import { blocks, objectText } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import type { AzureDoubleOptions } from "./double/index.ts"
import { openDouble, operationsOf, takeSnapshot } from "./openDouble.ts"

const path = ["box", "name"]

const opened = (setup: AzureDoubleOptions, options: object = {}) => openDouble(options, setup)

const put = (store: ObjectStore, text: string, at: Path = path) => store.write(at, blocks(text))

const statesOf = (store: ObjectStore) => Effect.map(store.versions!(path), ({ versions }) => versions)

describe("the states of a blob", () => {
  it.live("are told in pages, the newest first, whatever the service's pages are", () =>
    Effect.gen(function* () {
      const { store } = yield* opened({ versioning: true, pageSize: 3 }, { list_chunk: 2 })
      for (const text of ["1", "2", "3", "4", "5", "6"]) yield* put(store, text)
      yield* put(store, "other", ["box", "name2"])
      const texts: Array<string> = []
      let cursor: string | undefined
      do {
        const page = yield* store.versions!(path, cursor === undefined ? {} : { cursor })
        texts.push(...(yield* Effect.forEach(page.versions, ({ id }) => objectText(store, path, { version: id }))))
        cursor = page.cursor
      } while (cursor !== undefined)
      assert.deepStrictEqual(texts, ["6", "5", "4", "3", "2", "1"])
    }).pipe(Effect.scoped)
  )
  it.live("are versions and snapshots together", () =>
    Effect.gen(function* () {
      const { client, store } = yield* opened({ versioning: true })
      yield* put(store, "old")
      yield* takeSnapshot(client, path)
      yield* put(store, "new")
      const states = yield* statesOf(store)
      assert.deepStrictEqual(
        states.map(({ id, current }) => [id.replace(/=.*/, ""), current]),
        [
          ["versionid", true],
          ["snapshot", false],
          ["versionid", false]
        ]
      )
      const texts = yield* Effect.forEach(states, ({ id }) => objectText(store, path, { version: id }))
      assert.deepStrictEqual(texts, ["new", "old", "old"])
    }).pipe(Effect.scoped)
  )
  it.live("of an account without versions are those of its ETag", () =>
    Effect.gen(function* () {
      const { store } = yield* opened({})
      yield* put(store, "old")
      const [old] = yield* statesOf(store)
      yield* put(store, "new")
      assert.strictEqual((yield* Effect.flip(objectText(store, path, { version: old!.id }))).reason._tag, "not_found")
      yield* store.removeVersion!(path, old!.id)
      const [state] = yield* statesOf(store)
      assert.strictEqual(yield* objectText(store, path, { version: state!.id }), "new")
      yield* store.removeVersion!(path, state!.id)
      assert.deepStrictEqual(yield* statesOf(store), [])
    }).pipe(Effect.scoped)
  )
  it.live("begin with a deletion where the account keeps what was deleted", () =>
    Effect.gen(function* () {
      const { store } = yield* opened({ softDelete: true })
      yield* put(store, "text")
      yield* store.remove(path)
      const [state, ...others] = yield* statesOf(store)
      assert.deepStrictEqual([state?.deleted, state?.current, others], [true, true, []])
      assert.strictEqual((yield* Effect.flip(objectText(store, path, { version: state!.id }))).reason._tag, "not_found")
      assert.strictEqual((yield* Effect.flip(store.removeVersion!(path, state!.id))).reason._tag, "unsupported")
      yield* put(store, "again")
      const again = yield* statesOf(store)
      assert.deepStrictEqual(
        again.map(({ deleted, info }) => [deleted, info.size]),
        [[false, 5]]
      )
    }).pipe(Effect.scoped)
  )
  it.live("that are not listed by accounts with hierarchical namespaces are left out", () =>
    Effect.gen(function* () {
      const { double, store } = yield* opened({})
      yield* put(store, "text")
      const headers = { "x-ms-error-code": "FeatureNotYetSupportedForHierarchicalNamespaceAccounts" }
      double.injectNext({ target: /versions/ }, { status: 409, headers })
      assert.strictEqual((yield* statesOf(store)).length, 1)
    }).pipe(Effect.scoped)
  )
})

describe("a version that is removed", () => {
  it.live("if it is the blob, leaves no blob and all versions before", () =>
    Effect.gen(function* () {
      const { store } = yield* opened({ versioning: true })
      for (const text of ["1", "2", "3"]) yield* put(store, text)
      const states = yield* statesOf(store)
      yield* store.removeVersion!(path, states[0]!.id)
      assert.strictEqual((yield* Effect.flip(store.stat(path))).reason._tag, "not_found")
      const [deletion, ...left] = yield* statesOf(store)
      assert.deepStrictEqual([deletion?.deleted, deletion?.current], [true, true])
      assert.deepStrictEqual(
        left,
        states.slice(1).map((state) => ({ ...state, current: false }))
      )
      for (const { id } of states) yield* store.removeVersion!(path, id)
      assert.deepStrictEqual(yield* statesOf(store), [])
    }).pipe(Effect.scoped)
  )
  it.live("if it is the blob, goes only while it is", () =>
    Effect.gen(function* () {
      const { double, store } = yield* opened({ versioning: true })
      yield* put(store, "1")
      const [current] = yield* statesOf(store)
      const condition = double.containers.get("box")!.places.get("name")!.current!.etag
      double.injectNext({ operation: "DeleteBlob" }, { status: 412, headers: { "x-ms-error-code": "ConditionNotMet" } })
      const error = yield* Effect.flip(store.removeVersion!(path, current!.id))
      assert.strictEqual(error.reason._tag, "precondition_failed")
      assert.strictEqual((yield* statesOf(store)).length, 1)
      assert.strictEqual(
        double.requests.find(({ operation }) => operation === "DeleteBlob")?.headers["if-match"],
        condition
      )
    }).pipe(Effect.scoped)
  )
})

describe("an id of no version", () => {
  it.live("is not found, whether it is none of ours or none of the service's", () =>
    Effect.gen(function* () {
      const { double, store } = yield* opened({ versioning: true })
      yield* put(store, "text")
      for (const id of ["", "text", "versionid=", "versionid=2026-01-01T00:00:00.0000000Z"]) {
        assert.strictEqual((yield* Effect.flip(objectText(store, path, { version: id }))).reason._tag, "not_found", id)
        yield* store.removeVersion!(path, id)
      }
      const headers = { "x-ms-error-code": "InvalidQueryParameterValue" }
      double.injectNext({ operation: "GetBlob" }, { status: 400, headers })
      assert.strictEqual(
        (yield* Effect.flip(objectText(store, path, { version: "versionid=text" }))).reason._tag,
        "not_found"
      )
      const behind = store.read(path, { version: (yield* statesOf(store))[0]!.id, range: { start: 100 } })
      assert.strictEqual((yield* Effect.flip(Effect.scoped(behind))).reason._tag, "invalid_value")
    }).pipe(Effect.scoped)
  )
})

describe("a container", () => {
  it.live("in which there are only old versions is not empty", () =>
    Effect.gen(function* () {
      const { store } = yield* opened({ versioning: true })
      yield* put(store, "text")
      yield* store.remove(path)
      assert.strictEqual((yield* Effect.flip(store.removeContainer!(["box"]))).reason._tag, "not_empty")
      const [, version] = yield* statesOf(store)
      yield* store.removeVersion!(path, version!.id)
      yield* store.removeContainer!(["box"])
    }).pipe(Effect.scoped)
  )
})

describe("many removals", () => {
  it.live("go in one call, and those that it leaves in calls of their own", () =>
    Effect.gen(function* () {
      const { client, double, store } = yield* opened({})
      const paths = ["a", "b", "c"].map((name) => ["box", name])
      for (const at of paths) yield* put(store, "text", at)
      double.clearRequests()
      yield* store.removeMany!(paths)
      assert.deepStrictEqual(operationsOf(double), ["BlobBatch"])
      yield* put(store, "text", paths[0]!)
      yield* put(store, "text", paths[1]!)
      yield* takeSnapshot(client, paths[0]!)
      const stayed = yield* Effect.flip(store.removeMany!(paths))
      assert.deepStrictEqual([stayed.reason._tag, stayed.reason.pointer], ["not_empty", "#/delete_snapshots"])
      assert.strictEqual((yield* Effect.flip(store.stat(paths[1]!))).reason._tag, "not_found")
      yield* store.removeVersion!(paths[0]!, (yield* store.versions!(paths[0]!)).versions[1]!.id)
      const headers = { "x-ms-error-code": "FeatureNotSupported" }
      double.injectNext({ operation: "BlobBatch" }, { status: 409, headers })
      yield* put(store, "text", paths[0]!)
      double.clearRequests()
      yield* store.removeMany!(paths)
      assert.deepStrictEqual(operationsOf(double), ["BlobBatch", "DeleteBlob", "DeleteBlob", "DeleteBlob"])
      assert.deepStrictEqual((yield* store.listPage(["box"])).entries, [])
    }).pipe(Effect.scoped)
  )
})
