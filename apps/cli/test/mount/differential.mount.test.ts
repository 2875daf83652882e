/**
 * Random programs do on a mount what they do on a plain directory: each answer of each call, all bytes, and in the end what
 * is at the backend. `pnpm soak` does a hundred times as many steps.
 */
import { assert, describe, it } from "@effect/vitest"
import { list } from "@mooring/core/list"
import type { ObjectStore, Path } from "@mooring/core"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { createHash } from "node:crypto"
import { mkdirSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { compare } from "./differential/compare.ts"
import { executor } from "./differential/Executor.ts"
import { anyProgram, type Step } from "./differential/Step.ts"
import { mounted } from "./mounted.ts"
import { subjects } from "./Subject.ts"

const wanted = Number(process.env["MOORING_STEPS"] ?? 2000)
const length = 100

const sum = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")

/** Path and sum of each object below a directory of the backend. */
const objectsOf = Effect.fnUntraced(function* (store: ObjectStore, root: Path) {
  const entries = yield* Stream.runCollect(list(store, root, { recursive: true }))
  const objects = entries.filter(({ kind }) => kind === "object")
  const sums = yield* Effect.forEach(
    objects,
    Effect.fnUntraced(function* ({ path }) {
      const { body } = yield* store.read(path)
      const bytes = Buffer.concat(yield* Stream.runCollect(body))
      return `${path.slice(root.length).join("/")} ${bytes.byteLength} ${sum(bytes)}`
    }, Effect.scoped),
    { concurrency: 8 }
  )
  return sums.toSorted()
})

const filesOf = (directory: string): ReadonlyArray<string> =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name)
      const bytes = readFileSync(path)
      return `${path.slice(directory.length + 1)} ${bytes.byteLength} ${sum(bytes)}`
    })
    .toSorted()

for (const subject of subjects) {
  describe(`random programs on ${subject.name}`, () => {
    it.live(
      `do in ${wanted} steps as on a plain directory`,
      () =>
        Effect.gen(function* () {
          const { directory, folder, store, path } = yield* mounted(subject)
          mkdirSync(join(folder, "plain"))
          const [here, there] = [yield* executor(directory), yield* executor(join(folder, "plain"))]
          let [run, steps] = [0, 0]
          const property = Effect.fnUntraced(function* (program: ReadonlyArray<Step>) {
            const name = `run-${(run += 1)}`
            steps += program.length
            yield* compare(here, there, name, program)
            const stored = yield* objectsOf(store, [...path, name])
            assert.deepStrictEqual(stored, filesOf(join(folder, "plain", name)), JSON.stringify(program))
            return true
          })
          const checked = Effect.gen(function* () {
            const result = yield* Arbitrary.checkEffect(anyProgram(length), property, {
              runs: 10,
              size: length,
              maxShrinks: 150
            })
            assert.strictEqual(result._tag, "Passed", Arbitrary.formatCheckFailure(result))
          })
          yield* Effect.repeat(checked, { until: () => steps >= wanted })
        }),
      Math.max(300_000, wanted * 100)
    )
  })
}
