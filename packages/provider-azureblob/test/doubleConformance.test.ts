/**
 * The conformance suites over the strict double, in an account without versions and in one that keeps them. Faults are of
 * the way, and are tested on the way to Azurite.
 */
import { suites } from "@mooring/testkit"
import { conformance } from "@mooring/testkit/conformance"
import { afterAll } from "vitest"
import { account, accountKey, startAzureDouble } from "./double/index.ts"
import { pluginSubject } from "./pluginSubject.ts"

const plain = await startAzureDouble()
const keeping = await startAzureDouble({ versioning: true })
afterAll(() => Promise.all([plain.close(), keeping.close()]))

const config = { account, key: accountKey, endpoint: plain.endpoint }

await conformance(
  pluginSubject("the double of Azure", config, { versioned: { ...config, endpoint: keeping.endpoint } }),
  { suites: suites.filter(({ name }) => name !== "faults"), skipped: new URL("skipped/double.txt", import.meta.url) }
)
