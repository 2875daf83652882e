/**
 * Scaleway Object Storage: https://www.scaleway.com/en/docs/object-storage/.
 */
import { base, regional, type Preset } from "./Preset.ts"

export const scaleway: Preset = {
  ...base,
  // Scaleway takes at most 1,000 parts of an upload.
  maxUploadParts: 1000,
  ...regional(["nl-ams", "fr-par", "pl-waw"], (region) => `s3.${region}.scw.cloud`),
  storageClasses: ["STANDARD", "GLACIER", "ONEZONE_IA"]
}
