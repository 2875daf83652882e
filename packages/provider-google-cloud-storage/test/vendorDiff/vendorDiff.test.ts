/**
 * What the vendor's client and ours send for the same work.
 */
import { vendorDiffSuite } from "@mooring/testkit/vendorDiff"
import { allowed } from "./allowed.ts"
import { subjects } from "./subject.ts"

const name = "what the vendor's client and ours send for the same work"

vendorDiffSuite(subjects.failing, { name, allowed: allowed.failing })
vendorDiffSuite(subjects.streamed, { name: `${name} with a body`, allowed: allowed.streamed })
