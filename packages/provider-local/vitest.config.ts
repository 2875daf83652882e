import { mergeConfig } from "vitest/config"
import shared from "../../vitest.shared.ts"

/** The real server of this provider is the file system, so its conformance suites run with the other tests. */
const config = mergeConfig(shared, {})
config.test.exclude = ["**/node_modules/**"]
export default config
