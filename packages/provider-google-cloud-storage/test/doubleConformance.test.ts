/**
 * The conformance suites over the strict double.
 */
import { conformance } from "@mooring/testkit/conformance"
import { afterAll } from "vitest"
import { startStorageDouble } from "./double/index.ts"
import { pluginSubject } from "./pluginSubject.ts"

const { endpoint, project, keyFile, close } = await startStorageDouble({
  buckets: [{ name: "versioned", versioning: true }]
})
afterAll(close)

const config = { endpoint, project_number: project, service_account_credentials: keyFile() }

await conformance(pluginSubject("Cloud Storage on the double", config, { versioned: "versioned" }), {
  skipped: new URL("skipped/double.txt", import.meta.url)
})
