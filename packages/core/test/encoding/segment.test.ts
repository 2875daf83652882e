import { assert, describe, it } from "@effect/vitest"
import { nameFromSegment, segmentFromName } from "../../src/encoding/segment.ts"
import { anyByteName, anyName } from "./arbitraryNames.ts"

const roundTrip = ({ name }: { readonly name: string }): void => {
  const segment = segmentFromName(name)
  assert.isTrue(segment.isWellFormed())
  assert.strictEqual(nameFromSegment(segment), name)
}

describe("segment", () => {
  it.prop("every name comes back", { name: anyName }, roundTrip, { arbitrary: { runs: 5000 } })
  it.prop("every byte comes back", { name: anyByteName }, roundTrip, { arbitrary: { runs: 5000 } })

  it.each([
    ["plain", "plain"],
    ["‛FF", "\udcff"],
    ["‛ff", "‛ff"],
    ["‛‛FF", "‛FF"],
    ["‛", "‛"],
    ["a‛", "a‛"],
    ["‛‛‛", "‛‛"],
    ["‛x", "‛x"],
    ["‛F", "‛F"],
    ["‛2F", "‛2F"],
    ["‛2E‛2E", "‛2E‛2E"],
    ["‛C3‛A9", "é"]
  ])("%s", (segment, name) => {
    assert.strictEqual(nameFromSegment(segment), name)
  })
})
