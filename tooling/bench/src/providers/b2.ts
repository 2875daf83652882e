import { same, type Provider } from "../Provider.ts"

/**
 * With `--b2-disable-checksum` rclone does not read a file twice, to store the SHA-1 of the whole beside the parts. What is
 * removed is removed for good, as the simulator keeps all versions in memory.
 */
export const b2: Provider = {
  setup: "b2/simulator",
  packages: ["packages/provider-b2"],
  secret: "key",
  options: { chunk_size: same.chunk, upload_cutoff: same.chunk, upload_concurrency: same.parts },
  rclone: {
    optionsOf: ({ account, key, endpoint }) => ({ type: "b2", account, key, endpoint, hard_delete: true }),
    flags: [
      `--b2-chunk-size=${same.chunk}B`,
      `--b2-upload-cutoff=${same.chunk}B`,
      `--b2-upload-concurrency=${same.parts}`
    ],
    copyOne: ["--b2-disable-checksum"]
  }
}
