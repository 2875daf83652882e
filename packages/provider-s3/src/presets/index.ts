/**
 * Vendor to preset.
 */
import { alibaba } from "./alibaba.ts"
import { arvanCloud } from "./arvanCloud.ts"
import { aws } from "./aws.ts"
import { ceph } from "./ceph.ts"
import { chinaMobile } from "./chinaMobile.ts"
import { cloudflare } from "./cloudflare.ts"
import { digitalOcean } from "./digitalOcean.ts"
import { dreamhost } from "./dreamhost.ts"
import { gcs } from "./gcs.ts"
import { hoodyVfs } from "./hoodyVfs.ts"
import { huaweiObs } from "./huaweiObs.ts"
import { ibmCos } from "./ibmCos.ts"
import { iDrive } from "./iDrive.ts"
import { ionos } from "./ionos.ts"
import { leviia } from "./leviia.ts"
import { liara } from "./liara.ts"
import { linode } from "./linode.ts"
import { lyveCloud } from "./lyveCloud.ts"
import { magalu } from "./magalu.ts"
import { minio } from "./minio.ts"
import type { ProviderName } from "./names.ts"
import { netease } from "./netease.ts"
import { other } from "./other.ts"
import { outscale } from "./outscale.ts"
import { petabox } from "./petabox.ts"
import type { Preset } from "./Preset.ts"
import { qiniu } from "./qiniu.ts"
import { rackCorp } from "./rackCorp.ts"
import { scaleway } from "./scaleway.ts"
import { seaweedFs } from "./seaweedFs.ts"
import { selectel } from "./selectel.ts"
import { stackPath } from "./stackPath.ts"
import { storj } from "./storj.ts"
import { synology } from "./synology.ts"
import { tencentCos } from "./tencentCos.ts"
import { wasabi } from "./wasabi.ts"
import type { S3Config } from "../S3Config.ts"

export type { ProviderName } from "./names.ts"
export type { Preset } from "./Preset.ts"

export const presets: Readonly<Record<ProviderName, Preset>> = {
  AWS: aws,
  Alibaba: alibaba,
  ArvanCloud: arvanCloud,
  Ceph: ceph,
  ChinaMobile: chinaMobile,
  Cloudflare: cloudflare,
  DigitalOcean: digitalOcean,
  Dreamhost: dreamhost,
  GCS: gcs,
  HuaweiOBS: huaweiObs,
  IBMCOS: ibmCos,
  IDrive: iDrive,
  IONOS: ionos,
  LyveCloud: lyveCloud,
  Leviia: leviia,
  Liara: liara,
  Linode: linode,
  Magalu: magalu,
  Minio: minio,
  Netease: netease,
  Outscale: outscale,
  Petabox: petabox,
  RackCorp: rackCorp,
  "Hoody-VFS": hoodyVfs,
  Scaleway: scaleway,
  SeaweedFS: seaweedFs,
  Selectel: selectel,
  StackPath: stackPath,
  Storj: storj,
  Synology: synology,
  TencentCOS: tencentCos,
  Wasabi: wasabi,
  Qiniu: qiniu,
  Other: other
}

/** The preset of a vendor; an empty name is AWS at an endpoint of Amazon, else Other. */
export const presetOf = (name: ProviderName | "", atAmazon: boolean): Preset =>
  name === "" ? (atAmazon ? aws : other) : presets[name]

/** The region that an endpoint of the vendor is for; undefined if it is not one that is known. */
export const regionAt = ({ regions, endpointOf }: Preset, host: string): string | undefined =>
  regions.find((region) => endpointOf?.(region) === host)

/** A value for a required option that is missing: an endpoint of the vendor, that of the region where it is known. */
export const suggestEndpoint = (
  name: string,
  { provider, region }: Pick<typeof S3Config.Type, "provider" | "region">
): string | undefined => {
  if (name !== "endpoint") return undefined
  const { defaultRegion, endpointOf, endpoints, regions } = presetOf(provider, true)
  if (endpointOf !== undefined && (region !== "" || endpoints.length === 0)) {
    return endpointOf(region || (regions[0] ?? defaultRegion))
  }
  return endpoints.find((endpoint) => endpoint.includes(region)) ?? endpoints[0]
}
