/**
 * MinIO.
 */
import { base, type Preset } from "./Preset.ts"

export const minio: Preset = {
  ...base,
  // Host names of buckets need MINIO_DOMAIN and a wildcard in DNS, which few have.
  pathStyle: true,
  // MinIO takes the conditions as S3 does.
  multipartConditions: true
}
