import { same, type Provider } from "../Provider.ts"

/**
 * rclone looks neither for the bucket nor, with `--s3-no-head`, for small objects once they are stored; objects in parts
 * fail with that flag. With `--s3-disable-checksum` it does not read a file twice, to store the MD5 of the whole beside
 * the parts. With `--use-server-modtime` a mount does not ask for each object to know its time; Mooring never does.
 */
export const s3: Provider = {
  setup: "s3/ceph",
  packages: ["packages/provider-s3"],
  secret: "secret_access_key",
  options: { chunk_size: same.chunk, upload_concurrency: same.parts },
  rclone: {
    optionsOf: (config) => ({ type: "s3", ...config, provider: "Ceph" }),
    flags: [`--s3-chunk-size=${same.chunk}B`, `--s3-upload-concurrency=${same.parts}`, "--s3-no-check-bucket"],
    copyOne: ["--s3-disable-checksum"],
    copyAll: ["--s3-no-head"],
    mount: ["--s3-disable-checksum", "--use-server-modtime"],
    makeContainer: ["--s3-no-check-bucket=false"]
  },
  settle: (server) => ({
    run: ["radosgw-admin", "gc", "process", "--include-all"],
    env: { ...process.env, CEPH_CONF: `${server}/data/ceph.conf` }
  })
}
