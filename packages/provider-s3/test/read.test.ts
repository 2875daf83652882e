import { assert, describe, it } from "@effect/vitest"
import type { Path } from "@mooring/core"
import type { ReadOptions } from "@mooring/core/ObjectStore"
import { blocks, objectText, pattern } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { createHash } from "node:crypto"
import type { ServerResponse } from "node:http"
import { enableVersions } from "./keepVersions.ts"
import { openAt, openDouble } from "./openDouble.ts"
import { rawServer } from "@mooring/testkit/faults"
import { reasonOf } from "./reasonOf.ts"

const path: Path = ["b", "k"]
describe("read", () => {
  it.live("gives ranges, all or the last bytes", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble()
      yield* store.write(path, blocks("0123456789"))
      assert.strictEqual(yield* objectText(store, path), "0123456789")
      assert.strictEqual(yield* objectText(store, path, { range: { start: 2, end: 5 } }), "2345")
      assert.strictEqual(yield* objectText(store, path, { range: { start: 8, end: 99 } }), "89")
      assert.strictEqual(yield* objectText(store, path, { range: { start: 0 } }), "0123456789")
      assert.strictEqual(yield* objectText(store, path, { range: { suffix: 3 } }), "789")
      assert.strictEqual(yield* objectText(store, path, { range: { suffix: 99 } }), "0123456789")
      assert.strictEqual(yield* objectText(store, path, { range: { suffix: 0 } }), "")
      const ranges = [
        { start: 10 },
        { start: 99, end: 100 },
        { start: 5, end: 4 },
        { start: -1 },
        { start: 0.5 },
        { suffix: -1 }
      ]
      for (const range of ranges) {
        assert.strictEqual(
          (yield* reasonOf(objectText(store, path, { range })))._tag,
          "invalid_value",
          JSON.stringify(range)
        )
      }
    })
  )

  it.live("gives the first bytes of an object that has none", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble()
      yield* store.write(path, blocks(), { size: 0 })
      assert.strictEqual(yield* objectText(store, path), "")
      assert.strictEqual(yield* objectText(store, path, { range: { start: 0 } }), "")
      assert.strictEqual(yield* objectText(store, path, { range: { suffix: 5 } }), "")
      assert.strictEqual((yield* reasonOf(objectText(store, path, { range: { start: 1 } })))._tag, "invalid_value")
    })
  )

  it.live("keeps to the state that ifMatch names, and to the version", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble()
      const { validator } = yield* store.write(path, blocks("one"))
      assert.strictEqual(yield* objectText(store, path, { ifMatch: validator as string }), "one")
      yield* store.write(path, blocks("two"))
      assert.strictEqual(
        (yield* reasonOf(objectText(store, path, { ifMatch: validator as string })))._tag,
        "precondition_failed"
      )
      assert.strictEqual((yield* reasonOf(objectText(store, path, { version: "1" })))._tag, "not_found")
      assert.strictEqual((yield* reasonOf(store.read(["b"])))._tag, "is_a_directory")
      assert.strictEqual((yield* reasonOf(store.read(["b", "missing"])))._tag, "not_found")
    })
  )

  it.live("says of an archived object what is to be done", () =>
    Effect.gen(function* () {
      const { store, double } = yield* openDouble({ storageClass: "DEEP_ARCHIVE" })
      yield* store.write(path, blocks("one"))
      const asleep = yield* reasonOf(objectText(store, path))
      assert.deepStrictEqual([asleep._tag, asleep.retryable], ["archived_tier", false])
      assert.match(`${asleep.detail}: ${asleep.suggestion}`, /DEEP_ARCHIVE: .*RestoreObject/)
      const restoring = { status: 200, headers: { "x-amz-restore": 'ongoing-request="true"' } }
      double.injectNext({ operation: "HeadObject" }, restoring)
      assert.match((yield* reasonOf(objectText(store, path))).detail, /is being restored/)
    })
  )

  it.live("asks about the version that is read", () =>
    Effect.gen(function* () {
      const { store, client } = yield* openDouble()
      yield* enableVersions(client, "b")
      yield* store.write(path, blocks(""))
      yield* store.write(path, blocks("longer"))
      const [, old] = (yield* store.versions!(path)).versions
      assert.strictEqual(yield* objectText(store, path, { version: old!.id, range: { start: 0 } }), "")
      assert.strictEqual((yield* store.read(path, { version: old!.id, range: { suffix: 0 } })).info.size, 0)
    })
  )

  it.live("reads a version from the service, whatever is before it", () =>
    Effect.gen(function* () {
      const network = yield* rawServer((_, response) => response.end("of the network"))
      const { store, client } = yield* openDouble({ downloadUrl: network })
      yield* enableVersions(client, "b")
      yield* store.write(path, blocks("old"))
      yield* store.write(path, blocks("new"))
      assert.strictEqual(yield* objectText(store, path), "of the network")
      const [, old] = (yield* store.versions!(path)).versions
      assert.strictEqual(yield* objectText(store, path, { version: old!.id }), "old")
    })
  )

  it.live("does not look for a version in a listing that repeats itself", () =>
    Effect.gen(function* () {
      const page = `<ListVersionsResult><IsTruncated>true</IsTruncated><NextKeyMarker>k</NextKeyMarker>
        <NextVersionIdMarker>v</NextVersionIdMarker><Version><Key>k</Key><VersionId>v</VersionId>
        <LastModified>2026-01-01T00:00:00Z</LastModified></Version></ListVersionsResult>`
      const { store } = yield* openAt(yield* rawServer((_, response) => response.end(page)), { versionAt: 0 })
      assert.strictEqual((yield* reasonOf(objectText(store, path)))._tag, "integrity_error")
    })
  )

  it.live("tries again before the first byte and never after it", () =>
    Effect.gen(function* () {
      const { store, double, operations } = yield* openDouble()
      yield* store.write(path, blocks(pattern(100_000)))
      double.clearRequests()
      double.injectNext({ operation: "GetObject" }, { status: 503 })
      double.injectNext({ operation: "GetObject" }, "drop")
      assert.strictEqual((yield* Stream.mkUint8Array((yield* store.read(path)).body)).byteLength, 100_000)
      assert.deepStrictEqual(operations(), ["GetObject", "GetObject", "GetObject"])
      double.clearRequests()
      double.injectNext({ operation: "GetObject" }, { truncateTo: 1000 })
      const reason = yield* reasonOf(Stream.runDrain((yield* store.read(path)).body))
      assert.isTrue(reason.retryable)
      assert.strictEqual(operations().length, 1)
    })
  )
})

type Answer = (response: ServerResponse) => unknown
const etag = (text: string) => `"${createHash("md5").update(text).digest("hex")}"`

const lies: ReadonlyArray<readonly [string, ReadOptions, Answer]> = [
  ["other bytes than the ETag says", {}, (it) => it.writeHead(200, { etag: etag("right") }).end("wrong")],
  [
    "other bytes than md5chksum says",
    {},
    (it) =>
      it
        .writeHead(200, { etag: '"x-2"', "x-amz-meta-md5chksum": createHash("md5").update("right").digest("base64") })
        .end("wrong")
  ],
  [
    "another range",
    { range: { start: 1, end: 2 } },
    (it) => it.writeHead(206, { "content-range": "bytes 2-3/9" }).end("23")
  ],
  [
    "a longer range",
    { range: { start: 1, end: 2 } },
    (it) => it.writeHead(206, { "content-range": "bytes 1-3/9" }).end("123")
  ],
  ["a range without its place", { range: { start: 1, end: 2 } }, (it) => it.writeHead(206).end("12")],
  [
    "more than the range",
    { range: { start: 1, end: 2 } },
    (it) => it.writeHead(206, { "content-range": "bytes 1-2/9" }).write("1234") && it.end()
  ],
  [
    "less than the range",
    { range: { start: 1, end: 2 } },
    (it) => it.writeHead(206, { "content-range": "bytes 1-2/9" }).write("1") && it.end()
  ],
  ["the whole object instead of a range", { range: { start: 1, end: 2 } }, (it) => it.writeHead(200).end("0123")],
  ["a range instead of the object", {}, (it) => it.writeHead(206, { "content-range": "bytes 0-1/9" }).end("01")]
]

describe("what a read refuses", () => {
  for (const [title, options, answer] of lies) {
    it.live(title, () =>
      Effect.gen(function* () {
        const origin = yield* rawServer((_, response) => answer(response))
        const { store } = yield* openAt(origin)
        assert.strictEqual((yield* reasonOf(objectText(store, path, options)))._tag, "integrity_error")
      })
    )
  }

  it.live("takes the whole object for a range that is the whole", () =>
    Effect.gen(function* () {
      const origin = yield* rawServer((_, response) => response.writeHead(200, { "content-length": "4" }).end("0123"))
      const { store } = yield* openAt(origin)
      assert.strictEqual(yield* objectText(store, path, { range: { start: 0 } }), "0123")
      assert.strictEqual(yield* objectText(store, path, { range: { suffix: 9 } }), "0123")
    })
  )

  it.live("does not verify an ETag that is no MD5", () =>
    Effect.gen(function* () {
      const headers = { etag: etag("right"), "x-amz-server-side-encryption": "aws:kms" }
      const origin = yield* rawServer((_, response) => response.writeHead(200, headers).end("other"))
      const { store } = yield* openAt(origin)
      assert.strictEqual(yield* objectText(store, path), "other")
    })
  )
})
