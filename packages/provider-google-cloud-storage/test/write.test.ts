import { assert, it } from "@effect/vitest"
import { StorageError } from "@mooring/core"
import { blocks, objectBytes, objectText, pattern } from "@mooring/testkit"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import type { StorageDouble } from "./double/index.ts"
import { partSize } from "./host.ts"
import { openDouble } from "./openDouble.ts"

const path = ["bucket", "object"]
const bytes = pattern(3 * partSize + 5)

const piecesOf = (body: Uint8Array) =>
  blocks(
    ...Array.from({ length: Math.ceil(body.length / 100_000) }, (_, at) => body.subarray(at * 1e5, (at + 1) * 1e5))
  )

const operationsOf = ({ requests }: StorageDouble) =>
  requests.map(({ operation, status }) => `${operation} ${status}`).filter((one) => !one.startsWith("oauth"))

const openSessions = ({ uploads }: StorageDouble): number =>
  [...uploads.values()].filter(({ state }) => state === "open").length

/** A body of several pieces arrives whole although this happens once on its way. */
const survives = (title: string, injected: Parameters<StorageDouble["injectNext"]>[1]) =>
  it.live(`a body in pieces arrives whole, although ${title}`, () =>
    Effect.gen(function* () {
      const { service, store } = yield* openDouble()
      yield* store.write(path, blocks("before"))
      service.injectNext({ operation: "uploads.put" }, injected)
      const { size } = yield* store.write(path, piecesOf(bytes))
      assert.strictEqual(size, bytes.length)
      assert.isTrue(Buffer.from(yield* objectBytes(store, path)).equals(bytes))
      assert.strictEqual(service.buckets.get("bucket")?.objects.get("object")?.length, 1)
      assert.strictEqual(openSessions(service), 0)
    })
  )

survives("a piece is not taken", { status: 503 })
survives("asked for fewer requests", { status: 429, headers: { "retry-after": "0" } })
survives("the connection is cut before a piece", "drop")
survives("the answer to a piece is lost", "apply-then-drop")
survives("a part of a piece arrives", { receive: 256 * 1024 })

/** What happens to the second piece of a body of two. */
const second = (service: StorageDouble, injected: Parameters<StorageDouble["injectNext"]>[1]) => {
  service.injectNext({ operation: "uploads.put" }, { until: Promise.resolve() })
  service.injectNext({ operation: "uploads.put" }, injected)
}

const two = bytes.subarray(0, partSize + 5)

it.live("the answer to the last piece is lost, and the object is there once", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    second(service, "apply-then-drop")
    const { validator } = yield* store.write(path, piecesOf(two), { ifNoneMatch: "*" })
    assert.strictEqual(service.buckets.get("bucket")?.objects.get("object")?.[0]?.generation, validator)
    assert.isTrue(Buffer.from(yield* objectBytes(store, path)).equals(two))
  })
)

it.live("pieces are multiples of 256 KiB, and only the last says how many bytes there are", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    yield* store.write(path, piecesOf(bytes))
    const ranges = service.requests.flatMap(({ operation, headers }) =>
      operation === "uploads.put" ? [headers["content-range"]] : []
    )
    assert.deepStrictEqual(ranges, [
      `bytes 0-${partSize - 1}/*`,
      `bytes ${partSize}-${2 * partSize - 1}/*`,
      `bytes ${2 * partSize}-${3 * partSize - 1}/*`,
      `bytes ${3 * partSize}-${3 * partSize + 4}/${3 * partSize + 5}`
    ])
  })
)

it.live("a source that fails cancels the upload, and what was there stays", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    yield* store.write(path, blocks("before"))
    const broken = Stream.concat(piecesOf(bytes), Stream.fail(StorageError.of("cancelled", "the source is gone")))
    const { reason } = yield* Effect.flip(store.write(path, broken))
    assert.strictEqual(reason._tag, "cancelled")
    assert.strictEqual(openSessions(service), 0)
    assert.include(operationsOf(service), "uploads.cancel 499")
    assert.strictEqual(yield* objectText(store, path), "before")
  })
)

it.live("an interruption cancels the upload", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    const reached = yield* Deferred.make<void>()
    const hanging = Stream.concat(
      piecesOf(bytes),
      Stream.fromEffect(Effect.andThen(Deferred.succeed(reached, undefined), Effect.never))
    )
    const writing = yield* Effect.forkChild(store.write(path, hanging))
    yield* Deferred.await(reached)
    assert.strictEqual(openSessions(service), 1)
    yield* Fiber.interrupt(writing)
    assert.strictEqual(openSessions(service), 0)
    assert.strictEqual(service.buckets.get("bucket")?.objects.size, 0)
  })
)

it.live("a session that the service forgot is an error that says so, and nothing is seen", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    service.injectNext({ operation: "uploads.put" }, { status: 404 })
    const { reason } = yield* Effect.flip(store.write(path, piecesOf(bytes)))
    assert.deepStrictEqual([reason._tag, reason.retryable], ["provider_unavailable", false])
    assert.strictEqual((yield* Effect.flip(store.stat(path))).reason._tag, "not_found")
  })
)

it.live("what was stored with another checksum, or before it was whole, is removed again", () =>
  Effect.gen(function* () {
    for (const [put, checksum] of [
      [second, { crc32c: "AAAAAA==" }],
      [({ injectNext }: StorageDouble, it: { status: number }) => injectNext({ operation: "uploads.put" }, it), {}]
    ] as const) {
      const { service, store } = yield* openDouble()
      const body = JSON.stringify({ name: "object", generation: "1", size: "5", ...checksum })
      put(service, { status: 200, headers: { "content-type": "application/json" }, body })
      const { reason } = yield* Effect.flip(store.write(path, piecesOf(two)))
      assert.deepStrictEqual([reason._tag, reason.retryable], ["integrity_error", false])
      assert.isTrue(
        service.requests.some(({ method, path: asked }) => method === "DELETE" && asked.includes("generation=1"))
      )
    }
  })
)

it.live("a small body is sent again if its answer is lost; a conditional one only if it certainly did nothing", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    const insert = { operation: "objects.insertMultipart" }
    service.injectNext(insert, "apply-then-drop")
    yield* store.write(path, blocks("text"))
    assert.strictEqual(yield* objectText(store, path), "text")
    service.injectNext(insert, { status: 503 })
    yield* store.write(["bucket", "other"], blocks("text"), { ifNoneMatch: "*" })
    service.injectNext(insert, "apply-then-drop")
    const { reason } = yield* Effect.flip(store.write(["bucket", "third"], blocks("text"), { ifNoneMatch: "*" }))
    assert.deepStrictEqual([reason._tag, reason.retryable], ["provider_unavailable", false])
  })
)

it.live("object_acl, storage_class and user_project go with what is written", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble({ object_acl: "publicRead", storage_class: "NEARLINE" })
    yield* store.write(path, blocks("text"))
    const [object] = service.buckets.get("bucket")?.objects.get("object") ?? []
    assert.deepStrictEqual([object?.publicRead, object?.storageClass], [true, "NEARLINE"])
    const other = yield* openDouble({ user_project: "double-project" })
    yield* other.store.write(path, piecesOf(bytes))
    yield* objectBytes(other.store, path)
    const calls = other.service.requests.filter(({ operation }) => /^objects|uploads.begin/.test(operation))
    assert.isTrue(calls.length > 0 && calls.every(({ path: asked }) => asked.includes("userProject=double-project")))
  })
)

it.live("a bucket without ACLs gets none where none was chosen, and that is asked once", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble({}, { buckets: [{ name: "bucket", uniformAccess: true }] })
    yield* store.write(path, blocks("text"))
    yield* store.write(path, piecesOf(bytes))
    const refused = operationsOf(service).filter((one) => one.endsWith(" 400"))
    assert.strictEqual(refused.length, 1)
    const policy = yield* openDouble(
      { bucket_policy_only: true },
      { buckets: [{ name: "bucket", uniformAccess: true }] }
    )
    yield* policy.store.write(path, blocks("text"))
    assert.isTrue(operationsOf(policy.service).every((one) => one.endsWith(" 200")))
  })
)
