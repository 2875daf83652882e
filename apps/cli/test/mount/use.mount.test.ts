/**
 * A mount as a user has it: made, used, listed and taken away by the command.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { succeeds } from "./Program.ts"
import { isMounted, mounted } from "./mounted.ts"
import { subjects } from "./Subject.ts"

/** 128 and the number of SIGINT: what a shell sees of a command that Ctrl-C ended. */
const interrupted = 130

for (const subject of subjects) {
  describe(`a mount of ${subject.name}`, () => {
    it.live("is made, used and ended by Ctrl-C, and what was written is at the backend", () =>
      Effect.gen(function* () {
        const { directory, store, path, interrupt } = yield* mounted(subject)
        yield* succeeds('cd "$1"; mkdir d; echo hello >d/a; cat d/a; [ "$(ls d)" = a ]', [directory])
        const { body } = yield* store.read([...path, "d", "a"])
        const bytes = Buffer.concat(yield* Stream.runCollect(body))
        assert.strictEqual(bytes.toString(), "hello\n")
        const { status } = yield* interrupt
        assert.deepStrictEqual([status, isMounted(directory)], [interrupted, false])
      })
    )
  })
}
