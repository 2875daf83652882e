import { assert, describe, it } from "@effect/vitest"
import type { Path, StorageError } from "@mooring/core"
import { blocks, objectBytes, objectText, pattern } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { openDouble } from "./openDouble.ts"
import { reasonOf } from "./reasonOf.ts"

const from: Path = ["b", "from a+b%2F&=?#\u00e9"]
const to: Path = ["b", "dir", "to a+b%2F"]
const attributes = { modified: 1_700_000_000_123, contentType: "text/plain", metadata: { colour: "blue" } }

const small = { copyCutoff: 64 * 1024 }
const large = pattern(200_000)

describe("copy", () => {
  it.live("copies bytes and all that belongs to them in one call", () =>
    Effect.gen(function* () {
      const { store, operations, double } = yield* openDouble()
      yield* store.write(from, blocks("text"), attributes)
      double.clearRequests()
      const info = yield* store.copy!(from, to)
      assert.deepStrictEqual(operations(), ["HeadObject", "CopyObject", "HeadObject"])
      assert.deepStrictEqual(info.path, to)
      assert.deepStrictEqual(
        [info.size, info.modified, info.contentType, info.metadata],
        [4, 1_700_000_000_123, "text/plain", { colour: "blue" }]
      )
      assert.strictEqual(yield* objectText(store, to), "text")
    })
  )

  it.live("holds the source to what was seen only where it is asked for, replaced or copied in parts", () =>
    Effect.gen(function* () {
      const { store, double, change } = yield* openDouble({}, { minimumPartSize: 64 * 1024 })
      const { validator } = yield* store.write(from, blocks(large))
      const sent = Effect.fnUntraced(function* (call: Effect.Effect<unknown, StorageError>) {
        double.clearRequests()
        yield* call
        const copies = double.requests.filter(({ operation }) => /^(Copy|UploadPartCopy)/.test(operation))
        return [...new Set(copies.map(({ headers }) => headers["x-amz-copy-source-if-match"]))]
      })
      assert.deepStrictEqual(yield* sent(store.copy!(from, to)), [undefined])
      assert.deepStrictEqual(yield* sent(store.copy!(from, to, { ifMatch: validator as string })), [validator])
      assert.deepStrictEqual(yield* sent(store.setModified!(from, 1000)), [validator])
      change(small)
      assert.deepStrictEqual(yield* sent(store.copy!(from, to)), [validator])
    })
  )

  it.live("waits longer for an answer to a copy than to other calls", () =>
    Effect.gen(function* () {
      const asked: Array<readonly [string, number | undefined]> = []
      const { store, double } = yield* openDouble(small, { minimumPartSize: 64 * 1024 }, (request) =>
        asked.push([
          `${request.method} ${Object.keys(request.headers ?? {}).includes("x-amz-copy-source")}`,
          request.idleTimeout
        ])
      )
      yield* store.write(from, blocks(large), { size: large.byteLength })
      yield* store.copy!(from, to)
      assert.isNotEmpty(double.requests)
      assert.sameDeepMembers(
        [...new Map(asked.map((one) => [one.join(), one])).values()],
        [
          ["PUT false", undefined],
          ["HEAD false", undefined],
          ["POST false", undefined],
          ["PUT true", 600_000],
          ["POST false", 600_000]
        ]
      )
    })
  )

  it.live("copies a large object in parts and keeps its attributes and MD5", () =>
    Effect.gen(function* () {
      const { store, operations } = yield* openDouble(small, { minimumPartSize: 64 * 1024 })
      yield* store.write(from, blocks(large), attributes)
      const source = yield* store.stat(from)
      const info = yield* store.copy!(from, to)
      assert.strictEqual(operations().filter((name) => name === "UploadPartCopy").length, 4)
      assert.deepStrictEqual(
        [info.modified, info.contentType, info.metadata],
        [1_700_000_000_123, "text/plain", { colour: "blue" }]
      )
      assert(source.kind === "object")
      assert.deepStrictEqual(info.checksums, source.checksums)
      assert.isTrue(Buffer.from(yield* objectBytes(store, to)).equals(large))
    })
  )

  it.live("honours its conditions, onto itself too, and fails where nothing is", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble()
      const { validator } = yield* store.write(from, blocks("one"))
      yield* store.copy!(from, to, { ifNoneMatch: "*", ifMatch: validator as string })
      assert.strictEqual((yield* reasonOf(store.copy!(from, to, { ifNoneMatch: "*" })))._tag, "precondition_failed")
      yield* store.write(from, blocks("two"))
      assert.strictEqual(
        (yield* reasonOf(store.copy!(from, to, { ifMatch: validator as string })))._tag,
        "precondition_failed"
      )
      assert.strictEqual((yield* store.copy!(from, from)).size, 3)
      assert.strictEqual((yield* reasonOf(store.copy!(["b", "missing"], to)))._tag, "not_found")
    })
  )

  it.live("takes an error in an answer of 200 for the error that it is", () =>
    Effect.gen(function* () {
      const { store, double, operations } = yield* openDouble()
      yield* store.write(from, blocks("one"))
      const error = (code: string) => ({ status: 200, body: `<Error><Code>${code}</Code></Error>` })
      double.injectNext({ operation: "CopyObject" }, error("SlowDown"))
      yield* store.copy!(from, to)
      assert.strictEqual(operations().filter((name) => name === "CopyObject").length, 2)
      double.injectNext({ operation: "CopyObject" }, error("AccessDenied"))
      assert.strictEqual((yield* reasonOf(store.copy!(from, to)))._tag, "permission_denied")
    })
  )
})

describe("setModified", () => {
  for (const [title, changes] of [
    ["in one call", {}],
    ["in parts", small]
  ] as const) {
    it.live(`changes the time and nothing else, ${title}`, () =>
      Effect.gen(function* () {
        const { store } = yield* openDouble(changes, { minimumPartSize: 64 * 1024 })
        yield* store.write(from, blocks(large), attributes)
        const info = yield* store.setModified!(from, 86_400_001)
        assert.deepStrictEqual(
          [info.modified, info.contentType, info.metadata],
          [86_400_001, "text/plain", { colour: "blue" }]
        )
        assert.isTrue(Buffer.from(yield* objectBytes(store, from)).equals(large))
        assert.strictEqual((yield* reasonOf(store.setModified!(to, 0)))._tag, "not_found")
      })
    )
  }
})
