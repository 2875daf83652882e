import { defineConfig } from "vitest/config"

/** One provider's conformance suites against the real server that `pnpm conformance` booted. */
export default defineConfig({
  test: {
    include: ["test/**/{conformance,*.conformance}.test.ts"],
    reporters: ["default", ["json", { outputFile: `.vitest/${process.env["MOORING_REPORT"] ?? "conformance"}.json` }]],
    // The files of a provider share one server, and some of them make it fail.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000
  }
})
