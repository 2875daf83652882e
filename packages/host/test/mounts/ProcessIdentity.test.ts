import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { readFileSync } from "node:fs"
import { isRunning, thisProcess } from "../../src/mounts/ProcessIdentity.ts"

const lineOf = (pid: number): string => readFileSync(`/proc/${pid}/stat`, "utf8")
const startedAt = (pid: number): string =>
  lineOf(pid)
    .slice(lineOf(pid).lastIndexOf(")") + 2)
    .split(" ")[19]!

/** A process, and the child that it has and never waits for: the shell turns into a program that knows of none. */
const careless = Effect.gen(function* () {
  const parent = yield* Effect.acquireRelease(
    Effect.sync(() =>
      spawn("sh", ["-c", "cat <&3 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore", "pipe"] })
    ),
    (child) => Effect.sync(() => child.kill())
  )
  const [line] = (yield* Effect.promise(() => once(parent.stdout!, "data"))) as [Buffer]
  const end = Effect.sync(() => parent.stdio[3]!.destroy())
  return { pid: Number(String(line)), end }
})

describe("a process", () => {
  it.live("runs until it has ended, also if its parent does not wait for it", () =>
    Effect.gen(function* () {
      const { pid, end } = yield* careless
      const child = { pid, started: startedAt(pid) }
      assert.isTrue(yield* isRunning(child))
      yield* end
      while (!lineOf(pid).includes(") Z ")) yield* Effect.sleep(10)
      assert.isFalse(yield* isRunning(child))
    })
  )

  it.live("is not another one of the same id", () =>
    Effect.gen(function* () {
      const own = yield* thisProcess
      assert.isTrue(yield* isRunning(own))
      assert.isFalse(yield* isRunning({ ...own, started: "1" }))
    })
  )
})
