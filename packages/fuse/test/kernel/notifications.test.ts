/**
 * What changed without the kernel is seen through it, though it was told to believe what it had for an hour.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { stat } from "node:fs"
import type { Filesystem } from "../../src/Filesystem.ts"
import { background, end, mounted, succeeds } from "../kernel.ts"
import { memoryFilesystem } from "../MemoryFilesystem.ts"

const hour = 3_600_000

/** One turn of the pool of threads, as looking up a host's name takes, or a file of this machine. */
const turnOfPool = Effect.callback<void>((resume) => stat("/", () => resume(Effect.void)))

/** Looks until it sees: the kernel is told on another thread, which nothing here can wait for. */
const until = (script: string, point: string) => succeeds(`until ${script}; do :; done`, point)

describe("changes past the kernel", () => {
  it.live("of bytes are seen, and were not before they were told", () =>
    Effect.gen(function* () {
      const filesystem = memoryFilesystem({ age: hour, keepCache: true })
      filesystem.fill("f", Buffer.from("old"))
      const { mountPoint: point } = yield* mounted(filesystem)
      assert.strictEqual(yield* succeeds('cat "$1/f"', point), "old")
      filesystem.fill("g", Buffer.from("new"))
      const before = filesystem.calls.length
      assert.strictEqual(yield* succeeds('cat "$1/f"', point), "old")
      assert.isAtLeast(filesystem.calls.length, before)
      yield* filesystem.replace("f", "newer")
      yield* until('[ "$(cat "$1/f")" = newer ]', point)
    })
  )

  it.live("of names are seen; one that the kernel never asked for is nothing to it", () =>
    Effect.gen(function* () {
      const filesystem = memoryFilesystem({ age: hour })
      filesystem.fill("f", Buffer.from("1"))
      const { mountPoint: point } = yield* mounted(filesystem)
      yield* succeeds('stat "$1/f"', point)
      filesystem.fill("f", Buffer.from("another file"))
      assert.strictEqual(yield* succeeds('stat -c %s "$1/f"', point), "1")
      yield* filesystem.announce({ kind: "name", parent: 1, name: "never asked for" })
      yield* filesystem.announce({ kind: "node", node: 999 })
      yield* filesystem.announce({ kind: "name", parent: 1, name: "f" })
      yield* until('[ "$(stat -c %s "$1/f")" = 12 ]', point)
    })
  )

  it.live("hold nothing up while the kernel waits for an answer in the same directory", () =>
    Effect.gen(function* () {
      const filesystem = memoryFilesystem({ age: hour })
      filesystem.fill("f", Buffer.from("1"))
      const { mountPoint: point } = yield* mounted(filesystem)
      yield* succeeds('stat "$1/f" && mkdir "$1/d"', point)
      const caller = yield* background('exec mkdir "$1/hang-directory"', point)
      yield* filesystem.hanging
      yield* filesystem.announce({ kind: "name", parent: 1, name: "f" })
      // Served while the notification waits for the lock that mkdir holds.
      yield* succeeds('stat "$1/d"', point)
      caller.child.kill("SIGKILL")
      assert.strictEqual((yield* end(caller)).status, "SIGKILL")
      yield* until('stat "$1/f"', point)
    })
  )

  it.live("leave threads to the answer that the kernel waits for", () =>
    Effect.gen(function* () {
      const memory = memoryFilesystem({ age: hour })
      // The kernel keeps the directory locked that it asks to remove, and with it every notification about names in it.
      const directory = 2
      const filesystem: Filesystem = {
        ...memory,
        removeDirectory: Effect.fnUntraced(function* (parent, name) {
          for (let index = 0; index < 16; index++) {
            yield* memory.announce({ kind: "name", parent: directory, name: `f${index}` })
          }
          for (let turn = 0; turn < 16; turn++) yield* turnOfPool
          yield* memory.removeDirectory(parent, name)
        })
      }
      const { mountPoint: point } = yield* mounted(filesystem, { deadline: 5000 })
      yield* succeeds('mkdir "$1/d" && rmdir "$1/d"', point)
    })
  )
})
