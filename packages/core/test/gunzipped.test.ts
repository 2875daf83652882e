import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { gzipSync } from "node:zlib"
import { gunzipped } from "../src/gunzipped.ts"
import { StorageError } from "../src/StorageError.ts"

const plain = Buffer.from(Array.from({ length: 1_000_000 }, (_, index) => (index * 7 + (index >> 9)) & 255))
const gzip = gzipSync(plain)

const blocksOf = (bytes: Uint8Array, size: number) =>
  Stream.fromIterable(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size)
    ),
    { chunkSize: 1 }
  )

const codeOf = (body: Stream.Stream<Uint8Array, StorageError>) =>
  Effect.map(Effect.flip(Stream.runDrain(gunzipped(body))), ({ reason }) => reason._tag)

describe("gunzipped", () => {
  it.live("gives the bytes back, however they come", () =>
    Effect.gen(function* () {
      for (const size of [1000, 65_536, gzip.length]) {
        const bytes = yield* Stream.mkUint8Array(gunzipped(blocksOf(gzip, size)))
        assert.isTrue(Buffer.from(bytes).equals(plain), `blocks of ${size}`)
      }
      const members = Buffer.concat([gzipSync("one "), gzipSync("two")])
      assert.strictEqual(Buffer.from(yield* Stream.mkUint8Array(gunzipped(blocksOf(members, 5)))).toString(), "one two")
    })
  )

  it.live("fails for what is no gzip, damaged or cut off, and as its source does", () =>
    Effect.gen(function* () {
      const damaged = Buffer.from(gzip)
      damaged[5000]! ^= 0xff
      assert.strictEqual(yield* codeOf(blocksOf(plain, 1000)), "integrity_error")
      assert.strictEqual(yield* codeOf(blocksOf(damaged, 1000)), "integrity_error")
      assert.strictEqual(yield* codeOf(blocksOf(gzip.subarray(0, gzip.length - 10), 1000)), "integrity_error")
      const failing = Stream.concat(
        blocksOf(gzip.subarray(0, 2000), 1000),
        Stream.fail(StorageError.of("timeout", "late"))
      )
      assert.strictEqual(yield* codeOf(failing), "timeout")
    })
  )

  it.live("pulls no more than is read", () =>
    Effect.gen(function* () {
      let pulled = 0
      const zeros = gzipSync(Buffer.alloc(64 * 1024 * 1024), { level: 0 })
      const source = Stream.tap(blocksOf(zeros, 65_536), (block) => Effect.sync(() => void (pulled += block.length)))
      yield* Stream.runDrain(Stream.take(gunzipped(source), 3))
      assert.isBelow(pulled, 4 * 1024 * 1024)
    })
  )
})
