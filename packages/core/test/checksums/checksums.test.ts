import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { createHash, randomBytes } from "node:crypto"
import { digestOf, makeHasher } from "../../src/checksums/Hasher.ts"
import { exactly, hashing, verifying } from "../../src/checksums/stream.ts"
import type { ChecksumName } from "../../src/ObjectInfo.ts"

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex")

/** The check values of "123456789": RFC 1321 and FIPS 180-4 by calculation, the CRC catalogue for the others. */
const checkValues: ReadonlyArray<readonly [ChecksumName, string]> = [
  ["md5", "25f9e794323b453885f5181f1b624d0b"],
  ["sha1", "f7c3bc1d808e04732adf679965ccc34ca7ae3441"],
  ["sha256", "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"],
  ["crc32", "cbf43926"],
  ["crc32c", "e3069283"],
  ["crc64nvme", "ae8b14860a799888"]
]

describe("checksums", () => {
  it.effect.each(checkValues.map(([name, value]) => ({ name, value })))(
    "$name has its check value",
    ({ name, value }) =>
      Effect.gen(function* () {
        assert.strictEqual(hex(yield* digestOf(name, Buffer.from("123456789"))), value)
      })
  )

  it.effect.each(checkValues.map(([name]) => ({ name })))("$name is the same in any blocks", ({ name }) =>
    Effect.gen(function* () {
      const bytes = randomBytes(10_000)
      const whole = hex(yield* digestOf(name, bytes))
      const hasher = yield* makeHasher(name)
      for (const [from, to] of [
        [0, 0],
        [0, 1],
        [1, 4097],
        [4097, 4098],
        [4098, 10_000]
      ]) {
        hasher.update(bytes.subarray(from, to))
      }
      assert.strictEqual(hex(hasher.digest()), whole)
    })
  )
})

describe("streams", () => {
  const blocks = Stream.fromIterable([Buffer.from("1234"), Buffer.from("56789")], { chunkSize: 1 })
  const codeOf = (body: typeof blocks | ReturnType<typeof exactly>) =>
    Effect.map(Effect.result(Stream.runDrain(body)), (result) =>
      result._tag === "Failure" ? (result.failure as { reason: { _tag: string } }).reason._tag : "ok"
    )

  it.effect("verifying passes bytes on and fails at the end", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* codeOf(verifying(blocks, "crc32c", "e3069283")), "ok")
      assert.strictEqual(yield* codeOf(verifying(blocks, "crc32c", "e3069284")), "integrity_error")
      assert.strictEqual(yield* codeOf(verifying(blocks, "md5", "")), "integrity_error")
    })
  )

  it.effect("a stream can be run twice", () =>
    Effect.gen(function* () {
      const verified = verifying(blocks, "crc32", "cbf43926")
      assert.strictEqual(yield* codeOf(verified), "ok")
      assert.strictEqual(yield* codeOf(verified), "ok")
    })
  )

  it.effect("hashing gives the digest of what passed", () =>
    Effect.gen(function* () {
      const hasher = yield* makeHasher("md5")
      yield* Stream.runDrain(hashing(blocks, hasher))
      assert.strictEqual(hex(hasher.digest()), createHash("md5").update("123456789").digest("hex"))
    })
  )

  it.effect("exactly refuses more and fewer", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* codeOf(exactly(blocks, 9)), "ok")
      assert.strictEqual(yield* codeOf(exactly(blocks, 8)), "integrity_error")
      assert.strictEqual(yield* codeOf(exactly(blocks, 10)), "integrity_error")
      assert.strictEqual(yield* codeOf(exactly(Stream.empty, 0)), "ok")
    })
  )
})
