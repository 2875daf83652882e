import { assert, describe, it } from "@effect/vitest"
import type { ObjectStore, Upload } from "@mooring/core"
import { StorageError } from "@mooring/core"
import { bytesOf, faultyStore } from "@mooring/testkit"
import { directories, flat, memoryStore, orderedParts, versioned } from "@mooring/testkit/memory"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Schema from "effect/Schema"
import { holding } from "./gate.ts"
import { codeOf, mount, put, stored } from "./mounted.ts"
import { shown } from "./model/PosixModel.ts"
import { tiny } from "./model/compare.ts"

const upTo = (maximum: number) => Arbitrary.schema(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum })))

/** Not to be tried again: a read that is would wait for a clock that stands still here. */
const down = StorageError.of("provider_unavailable", "down", { retryable: false })

/** A store whose calls fail as the script says, one after the other, for as long as there is script. */
const unreliable = (inner: ObjectStore, script: ReadonlyArray<boolean>): ObjectStore => {
  let at = 0
  const guard = <A, R>(call: Effect.Effect<A, StorageError, R>): Effect.Effect<A, StorageError, R> =>
    Effect.suspend(() => {
      at += 1
      return script[at - 1] === true ? Effect.fail(down) : call
    })
  const uploadOf = (upload: Upload): Upload => ({
    ...upload,
    writePart: (number, bytes) => guard(upload.writePart(number, bytes)),
    copyPart: (number, from, range) => guard(upload.copyPart(number, from, range)),
    complete: guard(upload.complete)
  })
  return {
    ...inner,
    stat: (path) => guard(inner.stat(path)),
    read: (path, options) => guard(inner.read(path, options)),
    write: (path, body, options) => guard(inner.write(path, body, options)),
    ...(inner.openUpload && {
      openUpload: (path, options) => guard(Effect.map(inner.openUpload!(path, options), uploadOf))
    })
  }
}

const answerLost = StorageError.of("provider_unavailable", "the answer was lost")

/** A store that writes, and whose answers to the first writes are lost. */
const losingAnswers = (inner: ObjectStore, times: number): ObjectStore => {
  let lost = 0
  const write: ObjectStore["write"] = (path, body, options) =>
    Effect.flatMap(inner.write(path, body, options), (info) => {
      lost += 1
      return lost <= times ? Effect.fail(answerLost) : Effect.succeed(info)
    })
  return { ...inner, write }
}

const anyAction = Arbitrary.all({ what: upTo(9), offset: upTo(5000), size: upTo(3000), letter: upTo(25) })
const anyScript = Arbitrary.array(
  Arbitrary.map(upTo(3), (one) => one === 0),
  { maxLength: 80 }
)

describe("whatever fails", () => {
  for (const personality of [flat, directories, orderedParts, versioned]) {
    it.effect.prop(
      `what was acknowledged is at the provider, and what was refused is not, over ${personality.name}`,
      [Arbitrary.array(anyAction, { minLength: 5, maxLength: 60 }), anyScript],
      ([actions, script]) =>
        Effect.scoped(
          Effect.gen(function* () {
            const inner = memoryStore(personality)
            const { open, vfs } = yield* mount(unreliable(inner, script), { ...tiny, directoryAge: 1e9 })
            let durable: Buffer | undefined
            let content = Buffer.alloc(0)
            let handle: number | undefined
            const agrees = Effect.gen(function* () {
              const found = yield* Effect.result(stored(inner, "f"))
              assert.strictEqual(found._tag === "Success" ? found.success : undefined, durable && shown(durable))
            })
            for (const { what, offset, size, letter } of actions) {
              if (handle === undefined) {
                const truncate = what < 3
                const opened = yield* Effect.result(open("f", truncate ? "w" : "r+", true))
                if (opened._tag === "Failure") continue
                ;({ handle } = opened.success)
                content = truncate ? Buffer.alloc(0) : Buffer.from(durable ?? "")
              } else if (what < 6) {
                const bytes = Buffer.alloc(size, 97 + letter)
                if ((yield* codeOf(vfs.write(handle, offset, bytes))) !== "ok") continue
                const longer = Buffer.alloc(size === 0 ? content.length : Math.max(content.length, offset + size))
                content.copy(longer)
                bytes.copy(longer, offset)
                content = longer
              } else if (what < 8) {
                if ((yield* codeOf(vfs.fsync(handle))) === "ok") durable = content
              } else {
                const flushed = yield* codeOf(vfs.flush(handle))
                if (flushed === "ok") durable = content
                assert.strictEqual(yield* codeOf(vfs.release(handle)), "ok")
                handle = undefined
              }
              yield* agrees
            }
          })
        ),
      { arbitrary: { runs: 150, size: 80, maxShrinks: 3000 } }
    )
  }
})

describe("a call that ends while the provider has done it", () => {
  it.effect("an fsync that is interrupted then can be repeated with more", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", "content")
      const gate = holding(inner, "write", "answered")
      const { open, vfs, close } = yield* mount(gate.store)
      const { handle } = yield* open("f", "r+")
      yield* vfs.write(handle, 0, bytesOf("C"))
      yield* gate.close
      const storing = yield* Effect.forkChild(vfs.fsync(handle))
      yield* gate.reached
      yield* Fiber.interrupt(storing)
      yield* vfs.write(handle, 7, bytesOf("!"))
      yield* close(handle)
      assert.strictEqual(yield* stored(inner, "f"), "Content!")
    })
  )

  it.effect("an fsync that fails then can be repeated with more", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", "content")
      const { open, vfs, close } = yield* mount(losingAnswers(inner, 1))
      const { handle } = yield* open("f", "r+")
      yield* vfs.write(handle, 0, bytesOf("C"))
      assert.strictEqual(yield* codeOf(vfs.fsync(handle)), "provider_unavailable")
      yield* vfs.write(handle, 7, bytesOf("!"))
      yield* close(handle)
      assert.strictEqual(yield* stored(inner, "f"), "Content!")
    })
  )

  it.effect("a new file whose fsync fails then is removed at the provider too", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      const { open, vfs, unlink, close } = yield* mount(losingAnswers(inner, Infinity))
      const { handle } = yield* open("f", "w", true)
      yield* vfs.write(handle, 0, bytesOf("secret"))
      assert.strictEqual(yield* codeOf(vfs.fsync(handle)), "provider_unavailable")
      yield* unlink("f")
      yield* close(handle)
      assert.strictEqual(yield* codeOf(stored(inner, "f")), "not_found")
    })
  )
})

describe("a truncation", () => {
  it.effect("that fails leaves what nobody was told of", () =>
    Effect.gen(function* () {
      const { store } = faultyStore(memoryStore(flat), [
        { operation: "write", call: 1, error: down },
        { operation: "write", call: 2, error: down }
      ])
      const { open, vfs, setAttributes } = yield* mount(store)
      const { handle } = yield* open("f", "w", true)
      yield* vfs.write(handle, 0, bytesOf("mapped"))
      assert.strictEqual(yield* codeOf(vfs.release(handle)), "provider_unavailable")
      assert.strictEqual(yield* codeOf(setAttributes("f", { size: 10 })), "provider_unavailable")
      assert.deepStrictEqual(yield* vfs.flushAll({ deadline: 1000 }), [])
      assert.include(yield* stored(store, "f"), "mapped")
    })
  )

  it.effect("that is interrupted is undone", () =>
    Effect.gen(function* () {
      const inner = memoryStore(flat)
      yield* put(inner, "f", "content")
      const gate = holding(inner, "write", "asked")
      const { setAttributes, read } = yield* mount(gate.store)
      yield* gate.close
      const cutting = yield* Effect.forkChild(setAttributes("f", { size: 3 }))
      yield* gate.reached
      yield* Fiber.interrupt(cutting)
      assert.strictEqual(yield* stored(inner, "f"), "content")
      assert.strictEqual(yield* read("f"), "content")
    })
  )
})
