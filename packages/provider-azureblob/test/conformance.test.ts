/**
 * The conformance suites over a real server: `MOORING_SETUP` is the line of JSON that its setup's `up` printed.
 */
import { conformance } from "@mooring/testkit/conformance"
import { readFileSync } from "node:fs"
import { pluginSubject } from "./pluginSubject.ts"

const { setup, config } = JSON.parse(process.env["MOORING_SETUP"] ?? "")
const overrides = JSON.parse(
  readFileSync(new URL(`../../../setups/azureblob/${setup}/overrides.json`, import.meta.url), "utf8")
)

await conformance(pluginSubject(`Azure Blob Storage on ${setup}`, config, { overrides }), {
  skipped: new URL(`skipped/${setup}.txt`, import.meta.url)
})
