import { defineConfig } from "vitest/config"

/** Tests of mounts on this machine's kernel, over the server that `pnpm mounts` booted. */
export default defineConfig({
  cacheDir: process.env["MOORING_CACHE"] ?? "node_modules/.vite",
  test: {
    include: ["test/**/*.mount.test.ts"],
    reporters: ["default", ["json", { outputFile: `.vitest/${process.env["MOORING_REPORT"] ?? "mounts"}.json` }]],
    // The files share one server and two processors.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000
  }
})
