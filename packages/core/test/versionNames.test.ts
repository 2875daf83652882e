import { assert, describe, it } from "@effect/vitest"
import { parseVersionName, versionName } from "../src/versionNames.ts"

const time = Date.UTC(2026, 1, 3, 4, 5, 6, 7)

describe("names of old versions", () => {
  it.each([
    ["report.txt", "report-v2026-02-03-040506-007.txt"],
    ["report", "report-v2026-02-03-040506-007"],
    [".profile", ".profile-v2026-02-03-040506-007"],
    ["a.tar.gz", "a.tar-v2026-02-03-040506-007.gz"],
    ["", "-v2026-02-03-040506-007"]
  ])("%s is %s, and comes back", (name, expected) => {
    assert.strictEqual(versionName(name, time), expected)
    assert.deepStrictEqual(parseVersionName(expected), { name, time })
  })

  it.each(["report.txt", "report-v2026-02-03.txt", "x-v2026-13-40-040506-007", "x-v2026-02-03-040506-007-y"])(
    "%s is none",
    (name) => assert.isUndefined(parseVersionName(name))
  )
})
