/**
 * Wasabi. rclone found nothing that differs.
 */
import { base, type Preset } from "./Preset.ts"

const places = [
  "us-east-2",
  "us-central-1",
  "us-west-1",
  "ca-central-1",
  "eu-central-1",
  "eu-central-2",
  "eu-west-1",
  "eu-west-2",
  "eu-south-1",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-southeast-1",
  "ap-southeast-2"
]

export const wasabi: Preset = {
  ...base,
  endpoints: ["s3.wasabisys.com", ...places.map((place) => `s3.${place}.wasabisys.com`)]
}
