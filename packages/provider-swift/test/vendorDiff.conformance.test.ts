/**
 * What python-swiftclient and ours send for the same work: `MOORING_SETUP` is what the setup's `up` printed. Keystone and
 * Ceph would show the same requests again.
 */
import { vendorDiffSuite } from "@mooring/testkit/vendorDiff"
import { describe } from "vitest"
import { allowed } from "./vendorDiff/allowed.ts"
import { subjectOf } from "./vendorDiff/subject.ts"

const printed = JSON.parse(process.env["MOORING_SETUP"] ?? "")

describe.runIf(printed.setup === "tempauth")("the vendor's client", () => {
  vendorDiffSuite(subjectOf(printed), {
    name: "what python-swiftclient and ours send for the same work",
    allowed,
    concurrency: 6,
    timeout: 900_000
  })
})
