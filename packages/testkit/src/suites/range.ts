/**
 * Ranges of `read`.
 */
import * as Effect from "effect/Effect"
import type { Range } from "@mooring/core/ObjectStore"
import * as assert from "node:assert/strict"
import { blocks, pattern } from "../bodies.ts"
import { promise } from "../promise.ts"
import { at, bytesAt, eventually, put, refusal, textAt } from "../steps.ts"
import type { Suite, SuiteTest } from "../Suite.ts"

const text = "0123456789"

const gives = (title: string, range: Range, expected: string): SuiteTest =>
  promise(title, [], function* (site) {
    const path = at(site, "object")
    yield* put(site, path, text)
    assert.equal(yield* textAt(site, path, { range }), expected)
    const { info } = yield* site.store.read(path, { range })
    assert.equal(info.size, text.length, "the info is of the whole object")
  })

const refuses = (title: string, range: Range): SuiteTest =>
  promise(title, [], function* (site) {
    const path = at(site, "object")
    yield* put(site, path, text)
    yield* refusal(textAt(site, path, { range }), "invalid_value")
  })

/** Promises of `read` with a range. */
export const range: Suite = {
  name: "range",
  tests: [
    gives("start and end are inclusive", { start: 2, end: 5 }, "2345"),
    gives("one byte", { start: 0, end: 0 }, "0"),
    gives("the last byte", { start: 9, end: 9 }, "9"),
    gives("without an end goes to the end of the object", { start: 7 }, "789"),
    gives("from 0 is the whole object", { start: 0 }, text),
    gives("an end behind the object is the object's end", { start: 8, end: 99 }, "89"),
    gives("a suffix is the last bytes", { suffix: 3 }, "789"),
    gives("a suffix longer than the object is the whole object", { suffix: 99 }, text),
    refuses("a start at the object's end is invalid_value", { start: 10 }),
    refuses("a start behind the object's end is invalid_value", { start: 99, end: 100 }),
    refuses("an end before the start is invalid_value", { start: 5, end: 4 }),
    refuses("a start before the object is invalid_value", { start: -1 }),
    promise("cuts a large object at any byte", [], function* (site) {
      const path = at(site, "object")
      const bytes = pattern(100_000)
      yield* site.store.write(path, blocks(bytes), { size: bytes.length })
      yield* eventually(site, Effect.asVoid(site.store.stat(path)))
      for (const [start, end] of [
        [4095, 4096],
        [1, 65_536],
        [65_535, 99_999]
      ] as const) {
        const found = yield* eventually(site, bytesAt(site, path, { range: { start, end } }))
        assert.ok(Buffer.from(found).equals(bytes.subarray(start, end + 1)), `bytes ${start} to ${end}`)
      }
    }),
    promise("of nothing is not_found", [], function* (site) {
      yield* refusal(textAt(site, at(site, "missing"), { range: { start: 0, end: 1 } }), "not_found")
    })
  ]
}
