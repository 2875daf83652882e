/**
 * Linode Object Storage, of Akamai. rclone found nothing that differs.
 */
import { base, type Preset } from "./Preset.ts"

const places = [
  "us-east-1",
  "nl-ams-1",
  "us-southeast-1",
  "in-maa-1",
  "us-ord-1",
  "eu-central-1",
  "id-cgk-1",
  "gb-lon-1",
  "us-lax-1",
  "es-mad-1",
  "us-mia-1",
  "it-mil-1",
  "jp-osa-1",
  "fr-par-1",
  "br-gru-1",
  "us-sea-1",
  "ap-south-1",
  "sg-sin-1",
  "se-sto-1",
  "jp-tyo-1",
  "us-iad-10"
]

export const linode: Preset = {
  ...base,
  endpoints: places.map((place) => `${place}.linodeobjects.com`)
}
