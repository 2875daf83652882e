import { defineConfig } from "vitest/config"

/** What every package's tests have in common; the JSON report is what `.ci/run` counts. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["**/{conformance,*.conformance,*.mount}.test.ts", "**/node_modules/**"],
    reporters: ["default", ["json", { outputFile: ".vitest/unit.json" }]],
    // Ends what hangs; no test is meant to come near it, however slow the machine.
    testTimeout: 120_000,
    hookTimeout: 120_000
  }
})
