/**
 * Large objects, seen beneath the store: `MOORING_SETUP` is what the setup's `up` printed.
 */
import { assert, describe, it } from "@effect/vitest"
import { StorageError, type ObjectStore } from "@mooring/core"
import { list } from "@mooring/core/list"
import { inBlocks, objectBytes, objectText, pattern } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { createHash } from "node:crypto"
import { unknownCluster } from "../src/api/info.ts"
import { headContainer, headObject, putObject, putStaticManifest } from "../src/SwiftApi.ts"
import { mebibyte } from "./host.ts"
import { namesIn, newContainer, openClient } from "./openClient.ts"

const { config, setup } = JSON.parse(process.env["MOORING_SETUP"] ?? "")
/** Ceph joins static large objects and tells nobody of what. */
const readsManifests = setup !== "ceph"

const open = Effect.fnUntraced(function* (
  options: Readonly<Record<string, unknown>> = {},
  more: Parameters<typeof openClient>[1] = {}
) {
  const opened = yield* openClient({ ...config, chunk_size: String(mebibyte), ...options }, more)
  const container = yield* newContainer(opened.store)
  return { ...opened, container, segments: `${container}_segments` }
})

const large = pattern(2.5 * mebibyte)
const body = inBlocks(large, 65_536)
const sized = { size: large.byteLength }

const same = Effect.fnUntraced(function* (store: ObjectStore, path: ReadonlyArray<string>, bytes: Uint8Array) {
  assert.isTrue(Buffer.from(yield* objectBytes(store, path)).equals(bytes), path.join("/"))
})

const sizesIn = (store: ObjectStore, container: string) =>
  Effect.map(Stream.runCollect(list(store, [container], { recursive: true })), (entries) =>
    entries.map((entry) => [entry.path.slice(1).join("/"), entry.kind === "object" ? entry.size : undefined])
  )

const failing = Stream.concat(body, Stream.fail(StorageError.of("cancelled", "the source failed")))

describe("large objects", () => {
  it.live("have their segments in a container of their own, which go with what replaces and removes them", () =>
    Effect.gen(function* () {
      const { client, store, container, segments } = yield* open()
      const path = [container, "dir", "object é%"]
      const info = yield* store.write(path, body, sized)
      const first = yield* namesIn(client, segments)
      assert.strictEqual(first.length, 3)
      assert.match(first[0] ?? "", /^dir\/object é%\/\d{4}-\d\d-\d\d-\d{6}-[0-9a-f]{32}\/00000001$/)
      assert.deepStrictEqual(
        [info.size, yield* sizesIn(store, container)],
        [large.length, [["dir/object é%", large.length]]]
      )
      const found = yield* store.stat(path)
      assert.strictEqual(found.kind === "object" ? found.validator : undefined, info.validator)
      yield* store.write(path, body)
      const second = yield* namesIn(client, segments)
      assert.strictEqual(second.length, 3)
      assert.notIncludeMembers([...second], [...first])
      yield* store.write(path, Stream.make(Buffer.from("small")))
      assert.deepStrictEqual(yield* namesIn(client, segments), [])
      for (const remove of [store.remove(path), store.removeMany!([path, [container, "missing"]])]) {
        yield* store.write(path, body, sized)
        yield* remove
        assert.deepStrictEqual([yield* namesIn(client, segments), yield* namesIn(client, container)], [[], []])
      }
    }).pipe(Effect.scoped)
  )

  it.live("leave nothing behind when their source fails, or their segments where that is asked for", () =>
    Effect.gen(function* () {
      for (const leave of [false, true]) {
        const { client, store, container, segments } = yield* open({ leave_parts_on_error: leave })
        const { reason } = yield* Effect.flip(store.write([container, "object"], failing))
        assert.strictEqual(reason._tag, "cancelled")
        assert.deepStrictEqual(yield* namesIn(client, container), [])
        const { uploads } = yield* store.listUploads!([container])
        assert.deepStrictEqual(
          uploads.map(({ path }) => path),
          leave ? [[container, "object"]] : []
        )
        yield* Effect.forEach(uploads, (upload) => store.abortUpload!(upload))
        assert.deepStrictEqual(yield* namesIn(client, segments), [])
      }
    }).pipe(Effect.scoped)
  )

  it.live("keep hidden segments in the same container where that is asked for", () =>
    Effect.gen(function* () {
      const { client, store, container, segments } = yield* open({ use_segments_container: "false" })
      yield* store.write([container, "object"], body, sized)
      assert.deepStrictEqual(yield* namesIn(client, segments), [])
      assert.strictEqual(
        (yield* namesIn(client, container)).filter((name) => name.startsWith(".file-segments/object/")).length,
        3
      )
      assert.deepStrictEqual(yield* sizesIn(store, container), [["object", large.length]])
      const { entries } = yield* store.listPage([container])
      assert.deepStrictEqual(
        entries.map(({ path }) => path),
        [[container, "object"]]
      )
      const hidden = store.write([container, ".file-segments", "x"], body)
      assert.strictEqual((yield* Effect.flip(hidden)).reason._tag, "invalid_name")
      yield* store.remove([container, "object"])
      assert.deepStrictEqual(yield* namesIn(client, container), [])
    }).pipe(Effect.scoped)
  )

  it.live("are dynamic where the service has no static ones", () =>
    Effect.gen(function* () {
      const { client, store, container, segments } = yield* open({}, { info: unknownCluster })
      const path = [container, "dir é", "object"]
      yield* store.write(path, body, { ...sized, metadata: { colour: "blue" }, modified: 1_700_000_000_123 })
      const headers = yield* client.repeated(headObject(client, { container, key: "dir é/object" }))
      assert.match(headers["x-object-manifest"] ?? "", new RegExp(`^${segments}/dir%20%C3%A9/object/.*/$`))
      yield* same(store, path, large)
      assert.deepStrictEqual(yield* sizesIn(store, container), [["dir é/object", large.length]])
      const changed = yield* store.setModified!(path, 1_600_000_000_000)
      assert.deepStrictEqual(
        [changed.size, changed.modified, { ...changed.metadata }],
        [large.length, 1_600_000_000_000, { colour: "blue" }]
      )
      yield* store.copy!(path, [container, "copy"])
      assert.strictEqual((yield* namesIn(client, segments)).length, 6)
      yield* store.removeMany!([path, [container, "missing"]])
      yield* same(store, [container, "copy"], large)
      yield* store.remove([container, "copy"])
      assert.deepStrictEqual(yield* namesIn(client, segments), [])
    }).pipe(Effect.scoped)
  )

  it.live("share no segments with their copies, and keep what belongs to them", () =>
    Effect.gen(function* () {
      const { client, store, container, segments } = yield* open()
      const [from, to] = [
        [container, "from"],
        [container, "dir", "to"]
      ] as const
      const md5 = createHash("md5").update(large).digest("hex")
      const options = {
        ...sized,
        md5,
        contentType: "text/x-large",
        metadata: { colour: "blue" },
        modified: 1_700_000_000_123
      }
      yield* store.write(from, body, options)
      const copied = yield* store.copy!(from, to)
      assert.strictEqual((yield* store.setModified!(from, 1_600_000_000_000)).size, large.byteLength)
      yield* same(store, from, large)
      yield* store.remove(from)
      assert.strictEqual((yield* namesIn(client, segments)).length, 3)
      yield* same(store, to, large)
      assert.deepStrictEqual(
        [copied.contentType, { ...copied.metadata }, copied.modified, copied.checksums],
        ["text/x-large", { colour: "blue" }, 1_700_000_000_123, { md5 }]
      )
    }).pipe(Effect.scoped)
  )

  it.live("leave objects alone that somebody joined", () =>
    Effect.gen(function* () {
      const { client, store, container } = yield* open()
      yield* store.write([container, "part"], Stream.make(Buffer.from("text")))
      const md5 = createHash("md5").update("text").digest("hex")
      const part = { container, key: "part", size: 4, md5 }
      yield* client.repeated(putStaticManifest(client, { container, key: "joined" }, [part, part], {}))
      assert.strictEqual(yield* objectText(store, [container, "joined"]), "texttext")
      const copied = yield* Effect.result(store.copy!([container, "joined"], [container, "copy"]))
      assert.strictEqual(
        copied._tag === "Failure" ? copied.failure.reason._tag : "copied",
        readsManifests ? "copied" : "unsupported"
      )
      const { entries } = yield* store.listPage([container])
      const sizes = entries.map((entry) => [entry.path[1], entry.kind === "object" ? entry.size : undefined])
      assert.deepInclude(sizes, ["joined", 8])
      yield* store.remove([container, "copy"])
      yield* store.remove([container, "joined"])
      assert.deepStrictEqual(yield* namesIn(client, container), ["part"])
    }).pipe(Effect.scoped)
  )

  it.live("are neither made nor looked for without large objects", () =>
    Effect.gen(function* () {
      const { client, store, container, segments } = yield* open({ no_large_objects: true })
      yield* store.write([container, "known"], body, sized)
      yield* store.write([container, "unknown"], body)
      assert.deepStrictEqual(yield* namesIn(client, segments), [])
      yield* same(store, [container, "unknown"], large)
      const manifest = { "x-object-manifest": `${container}/known` }
      yield* client.repeated(putObject(client, { container, key: "dynamic" }, new Uint8Array(), manifest))
      assert.deepStrictEqual((yield* sizesIn(store, container))[0], ["dynamic", 0])
    }).pipe(Effect.scoped)
  )
})

describe.runIf(readsManifests)("manifests of other clients", () => {
  it.live("that name ranges are read and not copied, since a copy would have other bytes", () =>
    Effect.gen(function* () {
      const { client, store, container } = yield* open()
      yield* store.write([container, "part"], Stream.make(Buffer.from("text")))
      const body = Buffer.from(JSON.stringify([{ path: `/${container}/part`, range: "1-2" }, { data: "ISE=" }]))
      const query = { "multipart-manifest": "put" }
      yield* client.repeated(Effect.scoped(client.send({ method: "PUT", container, key: "ranges", query, body })))
      assert.strictEqual(yield* objectText(store, [container, "ranges"]), "ex!!")
      const { reason } = yield* Effect.flip(store.copy!([container, "ranges"], [container, "copy"]))
      assert.strictEqual(reason._tag, "unsupported")
      yield* store.write([container, "ranges"], Stream.make(Buffer.from("replaced")))
      assert.deepStrictEqual(yield* namesIn(client, container), ["part", "ranges"])
    }).pipe(Effect.scoped)
  )

  it.live("that share segments keep them when one is copied onto the other", () =>
    Effect.gen(function* () {
      const { client, store, container, segments } = yield* open()
      yield* store.write([container, "from"], body, sized)
      const query = { "multipart-manifest": "get" }
      const headers = { "x-copy-from": `/${container}/from` }
      const copying = client.send({ method: "PUT", container, key: "to", query, headers, body: new Uint8Array() })
      yield* client.repeated(Effect.scoped(copying))
      assert.strictEqual((yield* namesIn(client, segments)).length, 3)
      yield* store.copy!([container, "from"], [container, "to"])
      yield* same(store, [container, "from"], large)
      yield* same(store, [container, "to"], large)
    }).pipe(Effect.scoped)
  )
})

describe("streams", () => {
  const long = pattern(20 * mebibyte)
  const longBody = inBlocks(long, 65_536)
  const size = long.byteLength

  it.live("go up once without being held, whole or in segments, and are compared", () =>
    Effect.gen(function* () {
      const { client, store, container, segments } = yield* open({ chunk_size: String(9 * mebibyte), no_chunk: true })
      yield* store.write([container, "in segments"], longBody, { size })
      assert.strictEqual((yield* namesIn(client, segments)).length, 3)
      yield* same(store, [container, "in segments"], long)
      yield* store.write([container, "of unknown size"], longBody)
      assert.strictEqual((yield* namesIn(client, segments)).length, 3)
      yield* same(store, [container, "of unknown size"], long)
      const other = yield* openClient({ ...config })
      const { checksums } = yield* other.store.write([container, "whole"], longBody, { size })
      assert.strictEqual(checksums?.["md5"], createHash("md5").update(long).digest("hex"))
      yield* same(store, [container, "whole"], long)
    }).pipe(Effect.scoped)
  )

  it.live("of another MD5 than was announced are refused, and what was there stays", () =>
    Effect.gen(function* () {
      const { client, store, container, segments } = yield* open({ chunk_size: String(9 * mebibyte) })
      const whole = yield* openClient(config)
      const path = [container, "object"]
      yield* store.write(path, Stream.make(Buffer.from("before")))
      const md5 = createHash("md5").update("other").digest("hex")
      for (const writer of [store, whole.store]) {
        const { reason } = yield* Effect.flip(writer.write(path, longBody, { size, md5 }))
        assert.strictEqual(reason._tag, "integrity_error")
        assert.strictEqual(yield* objectText(store, path), "before")
      }
      assert.deepStrictEqual(yield* namesIn(client, segments), [])
    }).pipe(Effect.scoped)
  )
})

describe("storage policies", () => {
  it.live("are those of the option, and of the container for its segments", () =>
    Effect.gen(function* () {
      const probe = yield* openClient({ ...config, storage_policy: "pcs" })
      const made = yield* Effect.result(newContainer(probe.store))
      assert.strictEqual(made._tag, setup === "tempauth" ? "Success" : "Failure")
      if (made._tag === "Failure") {
        const { pointer, suggestion } = made.failure.reason
        return assert.deepStrictEqual(
          [pointer, suggestion],
          ["#/storage_policy", "a policy that the service has, or none"]
        )
      }
      const { client, store } = yield* openClient({ ...config, chunk_size: String(mebibyte) })
      yield* store.write([made.success, "object"], body, sized)
      for (const name of [made.success, `${made.success}_segments`]) {
        assert.strictEqual((yield* client.repeated(headContainer(client, name)))["x-storage-policy"], "pcs")
      }
      // A container that is there keeps its policy.
      yield* store.createContainer!([made.success])
    }).pipe(Effect.scoped)
  )
})
