import { assert, it } from "@effect/vitest"
import { formatSeconds, formatTime, parseSeconds, parseTime } from "../src/times.ts"

it("times are written as rclone writes them", () => {
  assert.strictEqual(formatTime(1_700_000_000_000), "2023-11-14T22:13:20Z")
  assert.strictEqual(formatTime(1_700_000_000_500), "2023-11-14T22:13:20.5Z")
  assert.strictEqual(formatTime(1_700_000_000_123.456), "2023-11-14T22:13:20.123456Z")
  assert.strictEqual(formatTime(-1500), "1969-12-31T23:59:58.5Z")
  assert.strictEqual(formatSeconds(1_700_000_000_999), "1700000000")
  assert.strictEqual(formatSeconds(-1), "-1")
})

it("times of other zones and precisions are read, and what is none is not", () => {
  assert.strictEqual(parseTime("2023-11-14T23:13:20.125000000+01:00"), 1_700_000_000_125)
  assert.strictEqual(parseTime("2023-11-14T22:13:20Z"), 1_700_000_000_000)
  for (const text of [undefined, null, "", "yesterday", "2023-11-14", "2023-13-14T22:13:20Z"]) {
    assert.strictEqual(parseTime(text), undefined)
  }
  assert.strictEqual(parseSeconds("1700000000"), 1_700_000_000_000)
  assert.strictEqual(parseSeconds("1e9"), undefined)
})
