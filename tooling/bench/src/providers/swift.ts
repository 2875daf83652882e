import { same, type Provider } from "../Provider.ts"

/**
 * Neither has an option for the number of segments at once: Mooring sends four, and rclone one after the other. Mooring
 * asks before each object for segments of the one that it replaces, and rclone, with `--no-check-dest`, leaves those.
 */
export const swift: Provider = {
  setup: "swift/tempauth",
  packages: ["packages/provider-swift"],
  secret: "key",
  options: { chunk_size: same.chunk },
  rclone: {
    optionsOf: (config) => ({ type: "swift", ...config }),
    flags: [`--swift-chunk-size=${same.chunk}B`]
  }
}
