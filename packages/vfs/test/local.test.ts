import { assert, describe, it } from "@effect/vitest"
import { Ambient, MemoryBudget, Transport } from "@mooring/core"
import local from "@mooring/provider-local"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as fs from "node:fs/promises"
import { join, relative } from "node:path"
import { compare } from "./model/compare.ts"
import { anyProgram } from "./model/steps.ts"
import { temporaryFolder } from "./mounted.ts"

const notForLocal = () => Effect.die("a local directory needs neither network nor environment")

const environment = Layer.mergeAll(
  Layer.succeed(Transport, { request: notForLocal, connectTls: notForLocal }),
  Layer.succeed(Ambient, { env: notForLocal, readFile: notForLocal, run: notForLocal }),
  MemoryBudget.layer(1024 * 1024)
)

/** A store in an empty directory of this machine. */
const openLocal = Effect.gen(function* () {
  const root = yield* temporaryFolder
  const backend = local.prepare({ root })
  if (backend.issues !== undefined) return assert.fail(JSON.stringify(backend.issues))
  return { root, store: (yield* backend.open).store }
}).pipe(Effect.provide(environment))

/** What is in a directory of this machine, by the calls of this machine. */
const onDisk = async (root: string): Promise<ReadonlyArray<readonly [string, string]>> => {
  const entries = await fs.readdir(root, { recursive: true, withFileTypes: true })
  const found = entries.map(async (entry): Promise<readonly [string, string]> => {
    const path = join(entry.parentPath, entry.name)
    return entry.isFile()
      ? [relative(root, path), (await fs.readFile(path)).toString("latin1")]
      : [`${relative(root, path)}/`, ""]
  })
  return Promise.all(found)
}

const sorted = (tree: ReadonlyArray<readonly [string, string]>) =>
  tree.toSorted(([left], [right]) => (left < right ? -1 : 1))

describe("over a local directory", () => {
  it.effect.prop(
    "random programs do as POSIX says, and leave what this machine shows",
    [anyProgram(80)],
    ([steps]) =>
      Effect.scoped(
        Effect.gen(function* () {
          const { root, store } = yield* openLocal
          const { model, log } = yield* compare(store, steps)
          const disk = yield* Effect.promise(() => onDisk(root))
          assert.deepStrictEqual(sorted(disk), sorted(model.tree()), `\n${log.join("\n")}\n`)
        })
      ),
    { arbitrary: { runs: 60, size: 80, maxShrinks: 1000 } }
  )
})
