/**
 * The vendors that the option `provider` can name. A closed list: a name that is not known has no preset.
 */
export const providerNames = [
  "AWS",
  "Alibaba",
  "ArvanCloud",
  "Ceph",
  "ChinaMobile",
  "Cloudflare",
  "DigitalOcean",
  "Dreamhost",
  "GCS",
  "HuaweiOBS",
  "IBMCOS",
  "IDrive",
  "IONOS",
  "LyveCloud",
  "Leviia",
  "Liara",
  "Linode",
  "Magalu",
  "Minio",
  "Netease",
  "Outscale",
  "Petabox",
  "RackCorp",
  "Hoody-VFS",
  "Scaleway",
  "SeaweedFS",
  "Selectel",
  "StackPath",
  "Storj",
  "Synology",
  "TencentCOS",
  "Wasabi",
  "Qiniu",
  "Other"
] as const

export type ProviderName = (typeof providerNames)[number]
