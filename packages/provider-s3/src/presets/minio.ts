/**
 * MinIO.
 */
import { base, type Preset } from "./Preset.ts"

export const minio: Preset = {
  ...base,
  // Host names of buckets need MINIO_DOMAIN and a wildcard in DNS, which few have.
  pathStyle: true,
  // Since May 2024: https://github.com/minio/minio/pull/19713.
  multipartConditions: true
}
