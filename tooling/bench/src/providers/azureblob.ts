import { same, type Provider } from "../Provider.ts"

/**
 * rclone does not look for the container. With `--azureblob-disable-checksum` it does not read a file twice, to store the
 * MD5 of the whole. With `--azureblob-no-head-object` it would take directories for objects.
 */
export const azureblob: Provider = {
  setup: "azureblob/azurite",
  packages: ["packages/azure", "packages/provider-azureblob"],
  secret: "key",
  options: { chunk_size: same.chunk, upload_concurrency: same.parts },
  rclone: {
    optionsOf: (config) => ({ type: "azureblob", ...config }),
    flags: [
      `--azureblob-chunk-size=${same.chunk}B`,
      `--azureblob-upload-concurrency=${same.parts}`,
      "--azureblob-no-check-container"
    ],
    copyOne: ["--azureblob-disable-checksum"],
    makeContainer: ["--azureblob-no-check-container=false"]
  }
}
