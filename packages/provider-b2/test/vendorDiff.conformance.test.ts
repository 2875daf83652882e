/**
 * What Backblaze's own SDK and ours send for the same work. The SDK is Debian's, which speaks version 2 of the API.
 */
import { vendorDiffSuite } from "@mooring/testkit/vendorDiff"
import { allowed } from "./vendorDiff/allowed.ts"
import { subject } from "./vendorDiff/subject.ts"

// Each work starts Python, and the SDK waits a second before it tries again.
vendorDiffSuite(subject, {
  name: "what Backblaze's SDK and ours send for the same work",
  allowed,
  timeout: 900_000
})
