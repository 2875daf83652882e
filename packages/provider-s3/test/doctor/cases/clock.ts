/** Clocks that differ. */
import { family, type Said } from "@mooring/testkit/doctor"
import { refused, saying, withDouble } from "../worlds.ts"

const hour = 3_600_000
const skewed = "authenticate failed clock_skew -"
const tooSkewed = refused(403, "RequestTimeTooSkewed")
const undated: Said = { ...tooSkewed, undated: true }

export const clock = family("clock", [
  {
    name: "an hour behind that of the service",
    arrange: withDouble(() => ({ at: ["b"] }), { clockOffset: hour }),
    finding: skewed,
    suggestion: "set the clock"
  },
  {
    name: "an hour ahead of that of the service",
    arrange: withDouble(() => ({ at: ["b"] }), { clockOffset: -hour }),
    finding: skewed,
    suggestion: "set the clock"
  },
  {
    name: "ten minutes off, which services permit",
    arrange: withDouble(() => ({ at: ["b"], write: true }), { clockOffset: hour / 6 }),
    finding: "passed"
  },
  {
    name: "off, and the service does not say what time it is",
    arrange: saying(undated),
    finding: skewed,
    suggestion: "set the clock"
  },
  {
    name: "off, and the service says so by status and date only",
    arrange: saying({ status: 403, headers: { date: "Thu, 01 Jan 2026 00:00:00 GMT" } }),
    finding: skewed,
    suggestion: "set the clock"
  }
])
