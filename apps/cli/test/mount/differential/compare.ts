/**
 * The same program on a mount and on a plain directory.
 */
import * as Effect from "effect/Effect"
import type { Execute } from "./Executor.ts"
import { beginning, type Step } from "./Step.ts"

/** Where the two sides differ, with what went before. */
export class Differs extends Error {
  override readonly name = "Differs"
}

/** Every name with its kind, size and bytes. */
const all: Step = { call: "tree", path: "" }
const close: Step = { call: "closeAll" }

/** Does the steps on both sides, in new directories of a name, and compares each answer, and in the end all files. */
export const compare = Effect.fnUntraced(function* (
  mount: Execute,
  plain: Execute,
  name: string,
  program: ReadonlyArray<Step>
) {
  const log: Array<string> = []
  // What an earlier program left open when it differed is closed first.
  for (const step of [close, { call: "begin", path: name }, ...beginning, ...program, all, close, all]) {
    const [found, expected] = yield* Effect.all([mount(step), plain(step)], { concurrency: 2 })
    log.push(`${JSON.stringify(step)} -> ${expected}`)
    if (found !== expected) {
      return yield* Effect.fail(new Differs(`\n${log.join("\n")}\n   the mount says ${found}`))
    }
  }
})
