import { assert, it } from "@effect/vitest"
import type { ObjectInfo, ObjectStore, Path } from "@mooring/core"
import { blocks, objectText, pattern } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { newServiceAccount, type Permission, type StorageDouble } from "./double/index.ts"
import { openDouble } from "./openDouble.ts"

const path = ["bucket", "object"]
const other = ["bucket", "other"]

const operations = ({ requests }: StorageDouble) =>
  requests.map(({ operation }) => operation).filter((one) => one.startsWith("objects."))

const objectAt = (store: ObjectStore, at: Path) => Effect.map(store.stat(at), (entry) => entry as ObjectInfo)

it.live("a tier that is changed in many steps is changed, and all else stays", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble({}, { rewriteBytes: 2 ** 20 })
    const written = yield* store.write(path, blocks(pattern(400_000), pattern(2_000_000)), {
      contentType: "text/css",
      metadata: { colour: "blue" },
      modified: 1_700_000_000_123
    })
    service.clearRequests()
    const moved = yield* store.setTier!(path, "COLDLINE")
    assert.isAbove(operations(service).filter((one) => one === "objects.rewrite").length, 1)
    assert.strictEqual(moved.tier, "COLDLINE")
    const kept = ({ size, contentType, metadata, modified, checksums }: ObjectInfo) => [
      size,
      contentType,
      { ...metadata },
      modified,
      checksums?.crc32c
    ]
    assert.deepStrictEqual(kept(moved), kept(written))
    assert.deepStrictEqual(kept(yield* objectAt(store, path)), kept(written))
  })
)

it.live("a tier is not changed of another state than was seen, and of no other name", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    yield* store.write(path, blocks("text"))
    service.injectNext({ operation: "objects.rewrite" }, { status: 412 })
    assert.strictEqual((yield* Effect.flip(store.setTier!(path, "ARCHIVE"))).reason._tag, "precondition_failed")
    assert.strictEqual((yield* Effect.flip(store.setTier!(path, "archive"))).reason._tag, "invalid_value")
  })
)

it.live("a time is patched: the generation stays, and other metadata too", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    const { validator } = yield* store.write(path, blocks("text"), { metadata: { colour: "blue" } })
    const info = yield* store.setModified!(path, 1_700_000_000_123)
    assert.deepStrictEqual(
      [info.modified, info.validator, { ...info.metadata }],
      [1_700_000_000_123, validator, { colour: "blue" }]
    )
    assert.deepStrictEqual(service.buckets.get("bucket")?.objects.get("object")?.[0]?.attributes.metadata, {
      colour: "blue",
      mtime: "2023-11-14T22:13:20.123Z",
      "goog-reserved-file-mtime": "1700000000"
    })
    assert.notInclude(operations(service), "objects.rewrite")
  })
)

it.live("who may write and not change gets the time by a copy onto itself", () =>
  Effect.gen(function* () {
    const permissions: ReadonlyArray<Permission> = [
      "storage.objects.create",
      "storage.objects.delete",
      "storage.objects.get",
      "storage.objects.list"
    ]
    const writer = newServiceAccount("writer@double-project.iam.gserviceaccount.com", { permissions })
    const { service, store } = yield* openDouble(
      { service_account_credentials: "", access_token: "ya29.writer" },
      { accessTokens: { "ya29.writer": writer } }
    )
    yield* store.write(path, blocks("text"), { contentType: "text/css", metadata: { colour: "blue" } })
    const info = yield* store.setModified!(path, 1_700_000_000_000)
    assert.deepStrictEqual(
      [info.modified, info.contentType, { ...info.metadata }],
      [1_700_000_000_000, "text/css", { colour: "blue" }]
    )
    assert.include(operations(service), "objects.rewrite")
  })
)

it.live("times are read in the order of rclone: mtime, gsutil's, when it was changed", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    const withMetadata = (metadata: Record<string, string>) =>
      Effect.gen(function* () {
        yield* store.write(path, blocks("text"))
        const bucket = service.buckets.get("bucket")!
        const [object] = bucket.objects.get("object")!
        bucket.objects.set("object", [{ ...object!, attributes: { ...object!.attributes, metadata } }])
        return yield* objectAt(store, path)
      })
    const seconds = { "goog-reserved-file-mtime": "1600000000" }
    const both = yield* withMetadata({ mtime: "2023-11-14T22:13:20.5Z", ...seconds })
    assert.deepStrictEqual([both.modified, both.metadata], [1_700_000_000_500, {}])
    assert.strictEqual((yield* withMetadata(seconds)).modified, 1_600_000_000_000)
    assert.strictEqual((yield* withMetadata({ mtime: "yesterday", ...seconds })).modified, 1_600_000_000_000)
    const neither = yield* withMetadata({})
    assert.isAbove(neither.modified ?? 0, 1_700_000_000_000)
  })
)

it.live("a move whose source was written in between keeps both, and fails", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    yield* store.write(path, blocks("text"))
    service.injectNext({ operation: "objects.delete" }, { status: 412 })
    assert.strictEqual((yield* Effect.flip(store.move!(path, other))).reason._tag, "precondition_failed")
    assert.strictEqual(yield* objectText(store, path), "text")
    assert.strictEqual(yield* objectText(store, other), "text")
    const removal = service.requests.find(({ operation }) => operation === "objects.delete")
    assert.match(removal?.path ?? "", /ifGenerationMatch=\d+/)
  })
)

it.live("a copy that is not what was copied is an error, and the source of a move stays", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    yield* store.write(path, blocks("text"))
    const resource = { name: "other", generation: "5", size: "4", crc32c: "AAAAAA==" }
    const body = JSON.stringify({ kind: "storage#rewriteResponse", done: true, resource })
    service.injectNext({ operation: "objects.rewrite" }, { status: 200, headers: {}, body })
    assert.strictEqual((yield* Effect.flip(store.move!(path, other))).reason._tag, "integrity_error")
    assert.strictEqual(yield* objectText(store, path), "text")
  })
)

it.live("storage_class is that of copies too", () =>
  Effect.gen(function* () {
    const { store } = yield* openDouble({ storage_class: "NEARLINE" })
    yield* store.write(path, blocks("text"), { contentType: "text/css", metadata: { colour: "blue" } })
    const copied = yield* store.copy!(path, other)
    assert.deepStrictEqual(
      [copied.tier, copied.contentType, { ...copied.metadata }],
      ["NEARLINE", "text/css", { colour: "blue" }]
    )
  })
)
