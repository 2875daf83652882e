/**
 * `openUpload` and `resumeUpload`: uploads whose parts come one by one and that outlive who opened them.
 */
import type { Upload } from "@mooring/core/ObjectStore"
import type { Path } from "@mooring/core/Path"
import * as Effect from "effect/Effect"
import * as assert from "node:assert/strict"
import { pattern } from "../bodies.ts"
import { limit, member, stores } from "../needs.ts"
import { promise } from "../promise.ts"
import { absent, at, bytesAt, eventually, holds, objectAt, put, refusal } from "../steps.ts"
import type { Site, Suite } from "../Suite.ts"

const opens = [member("openUpload")]
const resumes = [...opens, member("resumeUpload")]
const anyOrder = limit("parts", "may come in any order", ({ parts }) => parts?.ordered === false)
const copies = limit("parts", "can be copied", ({ parts }) => parts?.copies === true)

/** Three parts, the last of them short. */
const threeParts = ({ partSize }: Site) => {
  const bytes = pattern(2 * partSize + 100)
  return [bytes.subarray(0, partSize), bytes.subarray(partSize, 2 * partSize), bytes.subarray(2 * partSize)] as const
}

/** An upload that is aborted when the test ends, whatever became of it. */
const opened = (upload: Effect.Effect<Upload, Effect.Error<Upload["abort"]>>) =>
  Effect.acquireRelease(upload, ({ abort }) => Effect.ignore(abort))

const is = (site: Site, path: Path, ...parts: ReadonlyArray<Uint8Array>) =>
  eventually(
    site,
    Effect.map(bytesAt(site, path), (found) => assert.ok(Buffer.from(found).equals(Buffer.concat(parts)), "the bytes"))
  )

/** Promises about uploads that stay open. */
export const uploads: Suite = {
  name: "uploads",
  tests: [
    promise("parts make the object, in the order of their numbers", opens, function* (site) {
      const [first, second, third] = threeParts(site)
      const upload = yield* opened(site.store.openUpload!(at(site, "object")))
      yield* upload.writePart(1, first)
      yield* upload.writePart(2, second)
      yield* upload.writePart(3, third)
      const info = yield* upload.complete
      if (info.size !== undefined) assert.equal(info.size, first.length + second.length + third.length)
      yield* is(site, at(site, "object"), first, second, third)
    }),
    promise("parts may come in any order and again", [...opens, anyOrder], function* (site) {
      const [first, second, third] = threeParts(site)
      const upload = yield* opened(site.store.openUpload!(at(site, "object")))
      yield* upload.writePart(3, third)
      yield* upload.writePart(1, second)
      yield* upload.writePart(2, second)
      yield* upload.writePart(1, first)
      yield* upload.complete
      yield* is(site, at(site, "object"), first, second, third)
    }),
    promise("nothing is seen before it is completed, and what is there stays", opens, function* (site) {
      const [first] = threeParts(site)
      yield* put(site, at(site, "before"), "before")
      for (const name of ["before", "nothing"]) {
        const upload = yield* opened(site.store.openUpload!(at(site, name)))
        yield* upload.writePart(1, first)
      }
      yield* holds(site, at(site, "before"), "before")
      yield* absent(site, at(site, "nothing"))
    }),
    promise("the last part may be small, also if it is the only one", opens, function* (site) {
      const upload = yield* opened(site.store.openUpload!(at(site, "object")))
      yield* upload.writePart(1, Buffer.from("small"))
      yield* upload.complete
      yield* holds(site, at(site, "object"), "small")
    }),
    promise("the content type is stored", [...opens, stores("contentType")], function* (site) {
      const upload = yield* opened(site.store.openUpload!(at(site, "object"), { contentType: "text/css" }))
      yield* upload.writePart(1, Buffer.from("a {}"))
      yield* upload.complete
      assert.equal((yield* objectAt(site, at(site, "object"))).contentType, "text/css")
    }),
    promise("its token shows the parts, and it goes on", resumes, function* (site) {
      const [first, second, third] = threeParts(site)
      const { token, writePart } = yield* opened(site.store.openUpload!(at(site, "object")))
      yield* writePart(1, first)
      yield* writePart(2, second)
      const resumed = yield* site.store.resumeUpload!(token)
      assert.deepEqual(resumed.path, at(site, "object"))
      assert.deepEqual(yield* resumed.parts, [
        { number: 1, size: first.length },
        { number: 2, size: second.length }
      ])
      yield* resumed.writePart(3, third)
      yield* resumed.complete
      yield* is(site, at(site, "object"), first, second, third)
    }),
    promise("an aborted one is gone, also twice", resumes, function* (site) {
      const [first] = threeParts(site)
      const upload = yield* opened(site.store.openUpload!(at(site, "object")))
      yield* upload.writePart(1, first)
      yield* upload.abort
      yield* upload.abort
      yield* refusal(upload.complete, "not_found")
      yield* refusal(
        Effect.flatMap(site.store.resumeUpload!(upload.token), ({ parts }) => parts),
        "not_found"
      )
      yield* absent(site, at(site, "object"))
    }),
    promise("a part can be bytes of another object", [...opens, copies], function* (site) {
      const [first, second] = threeParts(site)
      yield* site.store.openUpload!(at(site, "source")).pipe(
        Effect.tap(({ writePart }) => writePart(1, first)),
        Effect.tap(({ writePart }) => writePart(2, second)),
        Effect.flatMap(({ complete }) => complete)
      )
      const upload = yield* opened(site.store.openUpload!(at(site, "object")))
      yield* upload.copyPart(1, at(site, "source"), { start: 1, end: first.length })
      yield* upload.writePart(2, Buffer.from("end"))
      yield* upload.complete
      yield* is(site, at(site, "object"), first.subarray(1), second.subarray(0, 1), Buffer.from("end"))
    })
  ]
}
