/**
 * Runs a program on a filesystem and on the model, and compares every answer.
 */
import { assert } from "@effect/vitest"
import type { ObjectStore } from "@mooring/core"
import type { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"
import type { VfsOptions } from "../../src/index.ts"
import { mount, type Driver } from "../mounted.ts"
import { PosixModel, shown, type Answer } from "./PosixModel.ts"
import type { Step } from "./steps.ts"

/** Settings that let a few kilobytes cross every border. */
export const tiny: Partial<VfsOptions> = {
  smallFile: 64,
  writeMemory: 1024,
  streamAfter: 512,
  copyPiece: 1024,
  blockSize: 128,
  blockCache: 4096,
  readAhead: 1024,
  readStreams: 2,
  cachedNames: 12
}

const answered = <A>(effect: Effect.Effect<A, StorageError>, show: (value: A) => Answer = () => "ok") =>
  Effect.map(Effect.result(effect), (result) =>
    result._tag === "Failure" ? result.failure.reason._tag : show(result.success)
  )

/**
 * Other programs, so that listings and reads are on their way while files change: one lists and refreshes all the time,
 * two read what they find. Answers what the readers of open files were refused.
 */
const disturb = Effect.fnUntraced(function* ({ vfs, list, open }: Driver) {
  const refused: Array<string> = []
  const lists = Effect.gen(function* () {
    yield* Effect.ignore(vfs.refresh())
    for (const path of ["", "d", "", "e", "d/e"]) {
      yield* Effect.ignore(list(path))
      yield* Effect.yieldNow
    }
  })
  const read = Effect.fnUntraced(function* (path: string, offsets: ReadonlyArray<number>) {
    const { handle } = yield* open(path, "r")
    for (const offset of offsets) {
      const answer = yield* answered(vfs.read(handle, offset, 700))
      if (answer !== "ok") refused.push(`read ${path} at ${offset}: ${answer}`)
      yield* Effect.yieldNow
    }
    yield* vfs.release(handle)
  })
  const reads = (paths: ReadonlyArray<string>, offsets: ReadonlyArray<number>) =>
    Effect.forEach(paths, (path) => Effect.andThen(Effect.ignore(read(path, offsets)), Effect.yieldNow), {
      discard: true
    })
  yield* Effect.forkScoped(Effect.forever(lists))
  yield* Effect.forkScoped(Effect.forever(reads(["a", "d/a", "b", "e/a"], [0, 1000, 100, 1900])))
  yield* Effect.forkScoped(Effect.forever(reads(["d/b", "e/a", "b", "e/b", "d/a"], [500, 200, 0])))
  return refused
})

/**
 * One run, with other programs beside it if it is to be disturbed. A store without empty objects never gets one: a byte
 * is written first.
 */
export const compare = Effect.fnUntraced(function* (store: ObjectStore, steps: ReadonlyArray<Step>, disturbed = false) {
  const renames = store.copy !== undefined || store.move !== undefined
  const model = new PosixModel({ renames, renamesDirectories: renames && store.limits.visibility === "immediate" })
  const driver: Driver = yield* mount(store, tiny)
  const { vfs } = driver
  const refused = disturbed ? yield* disturb(driver) : []
  const slots = new Map<number, number>()
  const log: Array<string> = []
  const { emptyObjects } = store.limits

  const check = Effect.fnUntraced(function* (what: string, expected: () => Answer, effect: Effect.Effect<Answer>) {
    const wanted = model.answer(expected)
    const got = yield* effect
    log.push(`${what} -> ${wanted.length > 60 ? `${wanted.slice(0, 20)}… ${wanted.length} bytes` : wanted}`)
    if (got !== wanted) assert.strictEqual(got, wanted, `\n${log.join("\n")}\n`)
    return got
  })

  const fill = Effect.fnUntraced(function* (slot: number) {
    const held = model.handles.get(slot)!
    if (emptyObjects || !held.write || held.file.bytes.byteLength > 0) return
    yield* check(
      `write ${slot} one byte`,
      () => model.write(slot, 0, Uint8Array.of(120)),
      answered(vfs.write(slots.get(slot)!, 0, Uint8Array.of(120)))
    )
  })

  const onSlot = Effect.fnUntraced(function* (step: Step & { readonly slot: number }) {
    const { slot } = step
    if (step.do === "open") {
      if (slots.has(slot)) return
      const { path, mode, create } = step
      yield* check(
        `open ${slot} ${path.join("/")} ${mode} ${create}`,
        () => model.open(slot, path, mode, create),
        answered(Effect.map(driver.open(path.join("/"), mode, create), ({ handle }) => void slots.set(slot, handle)))
      )
      return
    }
    const handle = slots.get(slot)
    if (handle === undefined) return
    const { file, write } = model.handles.get(slot)!
    if (step.do === "write") {
      const { offset, bytes } = step
      yield* check(
        `write ${slot} ${offset} ${bytes.byteLength}`,
        () => model.write(slot, offset, bytes),
        answered(vfs.write(handle, offset, bytes))
      )
    } else if (step.do === "read") {
      const { offset, size } = step
      yield* check(
        `read ${slot} ${offset} ${size}`,
        () => model.read(slot, offset, size),
        answered(vfs.read(handle, offset, size), shown)
      )
    } else if (step.do === "ftruncate") {
      if (!write) return
      const id = yield* nodeOf(slot)
      yield* check(
        `ftruncate ${slot} ${step.size}`,
        () => model.truncate(file, step.size),
        answered(vfs.setAttributes(id, { size: step.size }, handle))
      )
    } else {
      yield* fill(slot)
      if (step.do === "fsync") {
        yield* check(`fsync ${slot}`, () => model.flush(slot), answered(vfs.fsync(handle)))
      } else {
        slots.delete(slot)
        nodes.delete(slot)
        yield* check(`close ${slot}`, () => model.close(slot), answered(driver.close(handle)))
      }
    }
  })

  const nodes = new Map<number, number>()
  /** The inode of an open file, which is found by its path when it is opened. */
  const nodeOf = (slot: number) => Effect.succeed(nodes.get(slot)!)

  const run = Effect.fnUntraced(function* (step: Step) {
    if ("slot" in step) {
      yield* onSlot(step)
      if (step.do === "open" && slots.has(step.slot) && !nodes.has(step.slot)) {
        nodes.set(step.slot, yield* Effect.orDie(driver.locate(step.path.join("/"))))
      }
      return
    }
    switch (step.do) {
      case "refresh": {
        yield* Effect.orDie(vfs.refresh())
        return
      }
      case "forget": {
        yield* driver.forgetAll
        return
      }
      case "age": {
        yield* TestClock.adjust("31 seconds")
        return
      }
      case "rename": {
        const { from, to } = step
        yield* check(
          `rename ${from.join("/")} ${to.join("/")}`,
          () => model.rename(from, to),
          answered(driver.rename(from.join("/"), to.join("/")))
        )
        return
      }
      case "truncate": {
        const size = emptyObjects ? step.size : Math.max(1, step.size)
        yield* check(
          `truncate ${step.path.join("/")} ${size}`,
          () => model.truncate(model.find(step.path), size),
          answered(driver.setAttributes(step.path.join("/"), { size }))
        )
        return
      }
      default: {
        const text = step.path.join("/")
        const doing = {
          unlink: answered(driver.unlink(text)),
          mkdir: answered(driver.mkdir(text)),
          rmdir: answered(driver.rmdir(text)),
          stat: answered(driver.stat(text), ({ kind, size }) => (kind === "file" ? `file ${size}` : kind)),
          list: answered(driver.list(text), (names) => names.join()),
          readFile: answered(driver.read(text), (content) => content)
        }
        yield* check(`${step.do} ${text}`, () => model[step.do](step.path), doing[step.do])
      }
    }
  })

  for (const step of steps) yield* run(step)
  for (const slot of slots.keys()) yield* run({ do: "close", slot })
  const left = yield* vfs.flushAll({ deadline: 10_000 })
  assert.deepStrictEqual(left, [], `\n${log.join("\n")}\n`)
  assert.deepStrictEqual(refused, [], `\n${log.join("\n")}\n`)
  return { model, log }
})
