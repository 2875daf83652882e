import { defineConfig, mergeConfig } from "vitest/config"
import shared from "../../vitest.shared.ts"

/** The tests of defects mostly wait: for links to expire, for stalled bodies. */
export default mergeConfig(shared, defineConfig({ test: { maxConcurrency: 16 } }))
