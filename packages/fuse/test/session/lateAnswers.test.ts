import { assert, describe, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import type { Filesystem } from "../../src/Filesystem.ts"
import { Opcode } from "../../src/protocol/constants.ts"
import { Errno } from "../../src/protocol/errno.ts"
import { memoryFilesystem } from "../MemoryFilesystem.ts"
import { made } from "../protocol/recorded.ts"
import { fakeSession } from "./FakeChannel.ts"

describe("an answer that comes after the deadline", () => {
  it.live("is taken back: what was opened is closed", () =>
    Effect.gen(function* () {
      const memory = memoryFilesystem()
      memory.fill("f", new Uint8Array(0))
      const slow = Deferred.makeUnsafe<void>()
      const filesystem: Filesystem = {
        ...memory,
        // What has begun is brought to its end, as a store does that cannot stop half-way.
        open: (node, how) => Effect.uninterruptible(Effect.andThen(Deferred.await(slow), memory.open(node, how)))
      }
      const { ask, answers, until } = fakeSession(filesystem, { deadline: 20 })
      ask(made(Opcode.OPEN, 2, [0, 0]))
      yield* until(() => answers.length === 1)
      assert.strictEqual(answers[0]!.errno, Errno.ETIMEDOUT)
      yield* Deferred.succeed(slow, undefined)
      yield* Effect.timeoutOption(memory.released, "5 seconds")
      assert.strictEqual(memory.openHandles(), 0)
    })
  )
})
