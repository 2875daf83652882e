/**
 * Versions, seen beneath the store: `MOORING_SETUP` is what the setup's `up` printed.
 */
import { assert, describe, it } from "@effect/vitest"
import type { ObjectStore, Path } from "@mooring/core"
import { inBlocks, objectText, pattern } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { listVersions } from "../src/SwiftApi.ts"
import { mebibyte } from "./host.ts"
import { keepVersions, namesIn, newContainer, openClient } from "./openClient.ts"

const { config, setup } = JSON.parse(process.env["MOORING_SETUP"] ?? "")

const open = Effect.gen(function* () {
  const opened = yield* openClient({ ...config, chunk_size: String(mebibyte) })
  const container = yield* newContainer(opened.store)
  yield* keepVersions(opened.client, container)
  return { ...opened, container, path: [container, "dir", "object"] as const }
})

const put = (store: ObjectStore, path: Path, text: string) => store.write(path, Stream.make(Buffer.from(text)))
const statesOf = (store: ObjectStore, path: Path) =>
  Effect.map(store.versions!(path), ({ versions }) =>
    versions.map(({ current, deleted, info }) => [current, deleted, info.size])
  )

describe.runIf(setup === "ceph")("versions of a service that has none with ids", () => {
  it.live("are unsupported, also to read, where the service would give the current one", () =>
    Effect.gen(function* () {
      const { store, path } = yield* open
      yield* put(store, path, "text")
      const calls = [
        store.versions!(path),
        store.removeVersion!(path, "1"),
        Effect.scoped(store.read(path, { version: "1" }))
      ]
      for (const call of calls) assert.strictEqual((yield* Effect.flip(call)).reason._tag, "unsupported")
    }).pipe(Effect.scoped)
  )
})

describe.runIf(setup !== "ceph")("versions", () => {
  it.live("come in pages behind a name and a version", () =>
    Effect.gen(function* () {
      const { client, store, container, path } = yield* open
      for (const text of ["a", "ab", "abc"]) yield* put(store, path, text)
      const seen: Array<number> = []
      let after: { readonly name: string; readonly version: string } | undefined
      for (;;) {
        const page = yield* client.repeated(listVersions(client, container, { prefix: "dir/object", limit: 1, after }))
        if (page[0] === undefined) break
        seen.push(page[0].size)
        after = { name: page[0].name, version: page[0].id }
      }
      assert.deepStrictEqual(seen, [3, 2, 1])
    }).pipe(Effect.scoped)
  )

  it.live("are current again when what stands above them is removed, be it a removal", () =>
    Effect.gen(function* () {
      const { store, path } = yield* open
      yield* put(store, path, "old")
      yield* store.remove(path)
      const [removal] = (yield* store.versions!(path)).versions
      assert.deepStrictEqual(yield* statesOf(store, path), [
        [true, true, undefined],
        [false, false, 3]
      ])
      yield* store.removeVersion!(path, removal!.id)
      assert.strictEqual(yield* objectText(store, path), "old")
      assert.deepStrictEqual(yield* statesOf(store, path), [[true, false, 3]])
    }).pipe(Effect.scoped)
  )

  it.live("below a removal do not come back with what stands above it", () =>
    Effect.gen(function* () {
      const { store, path } = yield* open
      yield* put(store, path, "old")
      yield* store.remove(path)
      yield* put(store, path, "new")
      const [newest] = (yield* store.versions!(path)).versions
      yield* store.removeVersion!(path, newest!.id)
      assert.strictEqual((yield* Effect.flip(store.stat(path))).reason._tag, "not_found")
    }).pipe(Effect.scoped)
  )

  it.live("of what was there before are null, and one that was never given is invalid", () =>
    Effect.gen(function* () {
      const { client, store } = yield* openClient(config)
      const container = yield* newContainer(store)
      const path = [container, "object"]
      yield* put(store, path, "text")
      assert.deepStrictEqual(
        (yield* store.versions!(path)).versions.map(({ id, current }) => [id, current]),
        [["null", true]]
      )
      yield* keepVersions(client, container)
      const read = Effect.scoped(store.read(path, { version: "yesterday" }))
      assert.strictEqual((yield* Effect.flip(read)).reason._tag, "invalid_value")
    }).pipe(Effect.scoped)
  )

  it.live("of large objects keep their segments", () =>
    Effect.gen(function* () {
      const { client, store, container, path } = yield* open
      const large = pattern(2.5 * mebibyte)
      yield* store.write(path, inBlocks(large, 65_536), { size: large.byteLength })
      yield* put(store, path, "small")
      const [, version] = (yield* store.versions!(path)).versions
      assert.strictEqual(version?.info.size, large.byteLength)
      const old = Effect.scoped(
        Effect.flatMap(store.read(path, { version: version!.id }), ({ body }) => Stream.runCollect(body))
      )
      assert.isTrue(Buffer.concat(yield* old).equals(large))
      assert.strictEqual((yield* namesIn(client, `${container}_segments`)).length, 3)
    }).pipe(Effect.scoped)
  )
})
