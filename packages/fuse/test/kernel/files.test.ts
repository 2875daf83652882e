/**
 * Files and directories as programs use them, on this machine's kernel. Without /dev/fuse these fail: they are not skipped.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { memoryFilesystem } from "../MemoryFilesystem.ts"
import { bash, mounted, succeeds } from "../kernel.ts"

describe("files of a mount", () => {
  it.live("are made, read, listed, renamed and removed", () =>
    Effect.gen(function* () {
      const { mountPoint } = yield* mounted(memoryFilesystem())
      yield* succeeds('cd "$1" && echo hello > a && mkdir -p d/e && cp a d/e/b && mv d/e/b d/c', mountPoint)
      assert.strictEqual(
        yield* succeeds('cd "$1" && cat a d/c && ls -R', mountPoint),
        "hello\nhello\n.:\na\nd\n\n./d:\nc\ne\n\n./d/e:"
      )
      const refused = yield* bash('rmdir "$1/d"', mountPoint)
      assert.include(refused.output, "Directory not empty")
      yield* succeeds('cd "$1" && rm -r d && [ ! -e d ]', mountPoint)
    })
  )
})
