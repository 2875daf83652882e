import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { Path } from "../src/Path.ts"

const codeOf = (result: Result.Result<unknown, { readonly reason: { readonly _tag: string } }>) =>
  Result.isFailure(result) ? result.failure.reason._tag : "ok"

describe("Path", () => {
  it.each([
    ["", []],
    ["a", ["a"]],
    ["a/../b", ["a", "..", "b"]],
    ["a//b", ["a", "", "b"]],
    ["a/", ["a", ""]],
    ["/a", ["", "a"]],
    ["/", ["", ""]],
    [".", ["."]],
    ["line\nbreak", ["line\nbreak"]]
  ])("%j is %j and back", (text, segments) => {
    const path = Result.getOrThrow(Path.fromText(text))
    assert.deepStrictEqual(path, segments)
    assert.strictEqual(Result.getOrThrow(Path.toText(path)), text)
  })

  it("refuses what has no text, and text that is not Unicode", () => {
    for (const path of [[""], ["a/b"], ["\ud800"]]) assert.strictEqual(codeOf(Path.toText(path)), "invalid_name")
    assert.strictEqual(codeOf(Path.fromText("a\udfffb")), "invalid_name")
  })

  it.prop("is lossless", [Schema.String], ([text]) => {
    if (!text.isWellFormed()) return
    assert.strictEqual(Result.getOrThrow(Path.toText(Result.getOrThrow(Path.fromText(text)))), text)
  })

  it("compares by segments and not by characters", () => {
    assert.isFalse(Path.startsWith(["ab"], ["a"]))
    assert.isTrue(Path.startsWith(["a", "b"], ["a"]))
    assert.isTrue(Path.startsWith(["a"], []))
    assert.isFalse(Path.equals(["a"], ["a", ""]))
  })
})
