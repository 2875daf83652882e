/**
 * This command once more, in the background.
 */
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import { spawn } from "node:child_process"
import { closeSync, fstatSync, openSync, readFileSync } from "node:fs"

/** The last lines that a command said before it ended. */
const lastWords = (log: string, from: number): string =>
  readFileSync(log).subarray(from).toString().trim().split("\n").slice(-3).join(" ").slice(-500)

const notMade = (detail: string) => StorageError.of("internal", `the mount was not made: ${detail}`)

/**
 * Starts the same command without `--detach`, in a session of its own that says what it has to say in the file `log`,
 * and completes when `isReady`. Fails with what the command said if it ends before.
 */
export const detached = <E>(log: string, isReady: (pid: number | undefined) => Effect.Effect<boolean, E>) =>
  Effect.gen(function* () {
    const args = process.argv.slice(1).filter((argument) => !/^--detach(=|$)/.test(argument))
    const output = yield* Effect.acquireRelease(
      Effect.try({ try: () => openSync(log, "a", 0o600), catch: () => notMade(`${log} cannot be written`) }),
      (file) => Effect.sync(() => closeSync(file))
    )
    const { size } = fstatSync(output)
    const child = spawn(process.execPath, [...process.execArgv, ...args], {
      detached: true,
      stdio: ["ignore", output, output]
    })
    const ended = Effect.callback<never, StorageError>((resume) => {
      child.once("error", () => resume(Effect.fail(notMade("the command cannot be started again"))))
      child.once("exit", () => resume(Effect.fail(notMade(lastWords(log, size)))))
    })
    const ready = Effect.gen(function* () {
      while (!(yield* isReady(child.pid))) yield* Effect.sleep(50)
    })
    yield* Effect.raceFirst(ready, ended)
    child.removeAllListeners().unref()
  })
