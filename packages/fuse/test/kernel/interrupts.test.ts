/**
 * Callers that do not wait: signals, and deadlines of backends that hang.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { background, end, mounted, says, succeeds } from "../kernel.ts"
import { memoryFilesystem } from "../MemoryFilesystem.ts"

describe("callers that do not wait", () => {
  it.live("are freed by a signal, whose interruption reaches the backend", () =>
    Effect.gen(function* () {
      const filesystem = memoryFilesystem()
      const { mountPoint: point } = yield* mounted(filesystem)
      const caller = yield* background('exec stat "$1/hang"', point)
      yield* filesystem.hanging
      caller.child.kill("SIGKILL")
      assert.strictEqual((yield* end(caller)).status, "SIGKILL")
      assert.strictEqual(filesystem.interrupted(), 1)
    })
  )

  it.live("wait on where they handle the signal, until one kills them", () =>
    Effect.gen(function* () {
      const filesystem = memoryFilesystem()
      const { mountPoint: point } = yield* mounted(filesystem)
      const script = `
import os, signal, sys
signal.signal(signal.SIGUSR1, lambda *_: None)
print("handles", flush=True)
os.stat(sys.argv[1] + "/hang")`
      const caller = yield* background('exec python3 -c "$2" "$1"', point, script)
      yield* says(caller, "handles")
      yield* filesystem.hanging
      caller.child.kill("SIGUSR1")
      // The kernel hands on an interruption before any request that comes later.
      const pending = 'until grep -q "^ShdPnd:.*[1-9a-f]" "/proc/$2/status"; do :; done'
      yield* succeeds(`${pending}; df "$1"`, point, `${caller.child.pid}`)
      assert.strictEqual(filesystem.interrupted(), 0)
      caller.child.kill("SIGKILL")
      assert.strictEqual((yield* end(caller)).status, "SIGKILL")
      assert.strictEqual(filesystem.interrupted(), 1)
    })
  )

  it.live("get ETIMEDOUT from a backend that hangs, and others are served meanwhile", () =>
    Effect.gen(function* () {
      const filesystem = memoryFilesystem()
      const { mountPoint: point } = yield* mounted(filesystem, { deadline: 700 })
      const caller = yield* background('exec stat "$1/hang"', point)
      yield* filesystem.hanging
      // Not of the same directory, whose lock the kernel may hold while it looks a name up.
      yield* succeeds('df "$1" && stat "$1"', point)
      assert.include((yield* end(caller)).output, "Connection timed out")
      assert.strictEqual(filesystem.interrupted(), 1)
    })
  )
})
