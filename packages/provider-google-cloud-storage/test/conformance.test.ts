/**
 * The conformance suites over a real server: `MOORING_SETUP` is the line of JSON that its setup's `up` printed.
 */
import { conformance } from "@mooring/testkit/conformance"
import { readFileSync } from "node:fs"
import { pluginSubject } from "./pluginSubject.ts"
import { config, versionedBucket } from "./setup.ts"

const { setup } = JSON.parse(process.env["MOORING_SETUP"] ?? "")
const overrides = JSON.parse(
  readFileSync(new URL(`../../../setups/google-cloud-storage/${setup}/overrides.json`, import.meta.url), "utf8")
)

const surroundings = { overrides, versioned: await versionedBucket() }
await conformance(pluginSubject(`Cloud Storage on ${setup}`, config, surroundings), {
  skipped: new URL(`skipped/${setup}.txt`, import.meta.url)
})
