import { assert, describe, it } from "@effect/vitest"
import type { ObjectStore, Upload } from "@mooring/core"
import { StorageError } from "@mooring/core"
import { directories, flat, memoryStore, orderedParts, versioned } from "@mooring/testkit/memory"
import * as Arbitrary from "effect/Arbitrary"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { codeOf, mount, stored } from "./mounted.ts"
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
