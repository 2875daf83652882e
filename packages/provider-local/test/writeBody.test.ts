import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { FileHandle } from "node:fs/promises"
import { writeBody } from "../src/writeBody.ts"

const kibibyte = 1024

/** A file that takes at most so many bytes of one call, and remembers what it got. */
const fileTaking = (limit: number) => {
  const calls: Array<Uint8Array> = []
  const write = (block: Uint8Array, offset: number) => {
    const taken = Uint8Array.from(block.subarray(offset, offset + limit))
    calls.push(taken)
    return Promise.resolve({ bytesWritten: taken.byteLength })
  }
  return { calls, handle: { write } as unknown as FileHandle }
}

/** Blocks of these lengths, whose bytes differ from place to place, in memory that the source uses again. */
const blocksOf = (lengths: ReadonlyArray<number>) => {
  const memory = Buffer.alloc(Math.max(...lengths))
  let place = 0
  return Stream.map(Stream.rechunk(Stream.fromIterable(lengths), 1), (length) => {
    for (let index = 0; index < length; index += 1) memory[index] = (place += 1) % 251
    return memory.subarray(0, length) as Uint8Array
  })
}

const expected = (length: number) => Buffer.from(Uint8Array.from({ length }, (_, index) => (index + 1) % 251))

describe("writeBody", () => {
  it.effect.each([
    { lengths: [0], calls: 0 },
    { lengths: [5, 0, 7], calls: 1 },
    { lengths: Array.from({ length: 64 }, () => 20 * kibibyte), calls: 2 },
    { lengths: [10, 3 * kibibyte * kibibyte, 10], calls: 3 },
    { lengths: [kibibyte * kibibyte, 1], calls: 2 }
  ])("gathers blocks into $calls calls, in order", ({ lengths, calls }) =>
    Effect.gen(function* () {
      const total = lengths.reduce((sum, length) => sum + length, 0)
      for (const size of [undefined, total]) {
        const file = fileTaking(Number.POSITIVE_INFINITY)
        yield* writeBody(file.handle, blocksOf(lengths), size)
        assert.lengthOf(file.calls, calls)
        assert.isTrue(Buffer.concat(file.calls).equals(expected(total)))
      }
    })
  )

  it.effect("goes on where the system took fewer bytes than it was given", () =>
    Effect.gen(function* () {
      const file = fileTaking(1000)
      yield* writeBody(file.handle, blocksOf([2500, 10, 3000]), 4000)
      assert.isTrue(Buffer.concat(file.calls).equals(expected(5510)))
    })
  )
})
