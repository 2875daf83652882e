import { same, type Provider } from "../Provider.ts"

/** Neither has an option for the number of segments at once: rclone sends one after the other. */
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
