/**
 * Integrity: what was written is what is there, or there is an error.
 */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { blocks, counted, inBlocks, pattern } from "../bodies.ts"
import { atomicWrite, limit } from "../needs.ts"
import { promise } from "../promise.ts"
import { absent, at, bytesAt, eventually, holds, objectAt, put, refusal } from "../steps.ts"
import type { Suite, SuiteTest } from "../Suite.ts"

const wrong = ["integrity_error", "invalid_value"] as const

const mismatch = (title: string, text: string): ReadonlyArray<SuiteTest> => [
  promise(`a body ${title} than its size is an error`, [], function* (site) {
    yield* refusal(site.store.write(at(site, "object"), blocks(text), { size: 10 }), ...wrong)
  }),
  promise(`a body ${title} than its size shows nothing`, [atomicWrite], function* (site) {
    yield* refusal(site.store.write(at(site, "object"), blocks(text), { size: 10 }), ...wrong)
    yield* absent(site, at(site, "object"))
  }),
  promise(`a body ${title} than its size keeps the object before`, [atomicWrite], function* (site) {
    yield* put(site, at(site, "object"), "before")
    yield* refusal(site.store.write(at(site, "object"), blocks(text), { size: 10 }), ...wrong)
    yield* holds(site, at(site, "object"), "before")
  })
]

/** Promises about the bytes themselves. */
export const integrity: Suite = {
  name: "integrity",
  tests: [
    ...mismatch("shorter", "short"),
    ...mismatch("longer", "much too long"),
    promise("a body of another MD5 is an error", [], function* (site) {
      const md5 = createHash("md5").update("other").digest("hex")
      yield* refusal(site.store.write(at(site, "object"), blocks("te", "xt"), { size: 4, md5 }), "integrity_error")
    }),
    promise("a body of another MD5 keeps the object before", [atomicWrite], function* (site) {
      yield* put(site, at(site, "object"), "before")
      const md5 = createHash("md5").update("other").digest("hex")
      yield* refusal(site.store.write(at(site, "object"), blocks("te", "xt"), { md5 }), "integrity_error")
      yield* holds(site, at(site, "object"), "before")
    }),
    promise("a body of the announced MD5 is stored", [], function* (site) {
      const md5 = createHash("md5").update("text").digest("hex")
      yield* site.store.write(at(site, "object"), blocks("te", "xt"), { size: 4, md5 })
      yield* holds(site, at(site, "object"), "text")
    }),
    promise("every value of a byte survives", [], function* (site) {
      const bytes = Uint8Array.from({ length: 512 }, (_, index) => index & 255)
      yield* site.store.write(at(site, "object"), blocks(bytes))
      assert.deepEqual(new Uint8Array(yield* eventually(site, bytesAt(site, at(site, "object")))), bytes)
    }),
    promise("a large object is not cut", [], function* (site) {
      const bytes = pattern(200_000)
      const info = yield* site.store.write(at(site, "object"), inBlocks(bytes, 4000))
      if (info.size !== undefined) assert.equal(info.size, bytes.length)
      const found = yield* eventually(site, bytesAt(site, at(site, "object")))
      assert.ok(Buffer.from(found).equals(bytes), "the bytes are the same")
    }),
    promise("reported checksums are those of the bytes", [], function* (site) {
      yield* put(site, at(site, "object"), "text")
      const { checksums = {} } = yield* objectAt(site, at(site, "object"))
      for (const name of ["md5", "sha1", "sha256"] as const) {
        if (checksums[name] === undefined) continue
        assert.equal(checksums[name], createHash(name).update("text").digest("hex"), name)
      }
    }),
    promise(
      "an empty object is stored",
      [limit("emptyObjects", "is true", (limits) => limits.emptyObjects)],
      function* (site) {
        for (const [name, body] of [
          ["none", blocks()],
          ["empty", blocks("", "")]
        ] as const) {
          yield* site.store.write(at(site, name), body, { size: 0 })
          assert.equal((yield* objectAt(site, at(site, name))).size, 0)
          yield* holds(site, at(site, name), "")
        }
      }
    ),
    promise(
      "an empty object is refused where there can be none",
      [limit("emptyObjects", "is false", (limits) => !limits.emptyObjects)],
      function* (site) {
        yield* refusal(site.store.write(at(site, "object"), blocks()), "unsupported", "invalid_value")
        yield* absent(site, at(site, "object"))
      }
    ),
    promise("an object that changes while it is read is one state, or an error", [], function* (site) {
      const path = at(site, "object")
      const [old, changed] = [pattern(300_000), pattern(300_000).map((byte) => byte ^ 255)]
      yield* site.store.write(path, blocks(old), { size: old.length })
      yield* eventually(site, bytesAt(site, path))
      const { body } = yield* site.store.read(path)
      const taken: Array<Uint8Array> = []
      const result = yield* Effect.result(
        Stream.runForEach(body, (block) =>
          taken.push(block) === 1
            ? Effect.asVoid(site.store.write(path, blocks(changed), { size: changed.length }))
            : Effect.void
        )
      )
      if (result._tag === "Failure") return
      const found = Buffer.concat(taken)
      assert.ok(found.equals(old) || found.equals(changed), "no mixture of two states")
    }),
    promise(
      "an object that is too large is refused before any byte",
      [limit("maxSize", "is given", (limits) => limits.maxSize !== undefined)],
      function* (site) {
        const { body, pulled } = counted(4, 16)
        const write = site.store.write(at(site, "object"), body, { size: site.limits.maxSize! + 1 })
        yield* refusal(write, "body_too_large")
        assert.equal(pulled(), 0)
        yield* absent(site, at(site, "object"))
      }
    ),
    promise("an object stays as it is", [], function* (site) {
      yield* put(site, at(site, "object"), "text")
      yield* Effect.forEach([1, 2, 3], () => holds(site, at(site, "object"), "text"))
      const first = yield* objectAt(site, at(site, "object"))
      assert.deepEqual(yield* objectAt(site, at(site, "object")), first)
    })
  ]
}
