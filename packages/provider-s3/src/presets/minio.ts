/**
 * MinIO.
 */
import { limits, type Preset } from "./Preset.ts"

export const minio: Preset = {
  ...limits,
  // Host names of buckets need MINIO_DOMAIN and a wildcard in DNS, which few have.
  pathStyle: true,
  listUrlEncode: true,
  multipartEtag: true,
  multipartConditions: true,
  alreadyExistsIsError: true,
  unsignedPayload: true,
  locationFromRegion: false
}
