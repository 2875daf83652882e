import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { parseXml } from "../../src/xml/parseXml.ts"
import { writeXml } from "../../src/xml/writeXml.ts"
import { child, textOf } from "../../src/xml/XmlElement.ts"

describe("writeXml", () => {
  it.effect("is read back", () =>
    Effect.gen(function* () {
      const bytes = Result.getOrThrow(writeXml(["Delete", [["Object", [["Key", `a<&>"\r\n'ü😀`]]]]], "http://s3/"))
      const root = yield* parseXml(bytes)
      assert.strictEqual(textOf(child(root, "Object") as never, "Key"), `a<&>"\r\n'ü😀`)
      assert.include(Buffer.from(bytes).toString(), `<Delete xmlns="http://s3/">`)
    })
  )

  it("refuses what XML cannot hold", () => {
    for (const text of ["\x01", "\0", "\ud800", "\uffff"]) {
      const result = writeXml(["Key", text])
      assert.isTrue(Result.isFailure(result) && result.failure.reason._tag === "invalid_name")
    }
  })
})
