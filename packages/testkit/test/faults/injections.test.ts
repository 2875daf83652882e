import { assert, describe, it } from "@effect/vitest"
import { takeInjection, type Injection } from "../../src/faults/index.ts"

const request = { method: "PUT", target: "/box/name?part=2", operation: "PutPart" }

describe("takeInjection", () => {
  it("takes the first whose every field matches, once", () => {
    const queue: Array<Injection<string>> = [
      { matching: { method: "GET" }, injected: "another method" },
      { matching: { operation: "PutObject" }, injected: "another operation" },
      { matching: { target: /part=3/ }, injected: "another target" },
      { matching: { method: "PUT", operation: "PutPart", target: /part=2/ }, injected: "all of it" },
      { matching: {}, injected: "whatever comes" }
    ]
    const taken = [1, 2, 3].map(() => takeInjection(queue, request))
    assert.deepStrictEqual(taken, ["all of it", "whatever comes", undefined])
    assert.strictEqual(queue.length, 3)
  })
})
