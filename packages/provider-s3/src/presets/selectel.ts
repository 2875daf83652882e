/**
 * Selectel Object Storage.
 */
import { base, regional, unknownAcls, type Preset } from "./Preset.ts"

export const selectel: Preset = {
  ...base,
  // rclone found that listings are better asked for without encoding-type.
  listUrlEncode: false,
  ...regional(["ru-1", "ru-3", "ru-7", "gis-1", "kz-1", "uz-2"], (region) => `s3.${region}.storage.selcloud.ru`),
  ...unknownAcls
}
