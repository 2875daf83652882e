/**
 * What the vendor's client and ours send for the same work.
 */
import { vendorDiffSuite } from "@mooring/testkit/vendorDiff"
import { allowed } from "./allowed.ts"
import { subject } from "./subject.ts"

vendorDiffSuite(subject, { name: "what the vendor's client and ours send for the same work", allowed })
