/**
 * Vendor to preset. Listings ask for ListObjectsV2 of all of them: MinIO and Ceph have had it since 2016 and 2019.
 */
import { aws } from "./aws.ts"
import { ceph } from "./ceph.ts"
import { minio } from "./minio.ts"
import type { ProviderName } from "./names.ts"
import { other } from "./other.ts"
import type { Preset } from "./Preset.ts"
import type { S3Config } from "../S3Config.ts"

export type { ProviderName } from "./names.ts"
export type { Preset } from "./Preset.ts"

/** The vendors that have a preset by now; the others are refused rather than guessed. */
export const presets: Partial<Readonly<Record<ProviderName, Preset>>> = {
  AWS: aws,
  Ceph: ceph,
  Minio: minio,
  Other: other
}

/** The preset of a vendor; an empty name is AWS at an endpoint of Amazon, else Other. Undefined if there is none. */
export const presetOf = (name: ProviderName | "", atAmazon: boolean): Preset | undefined =>
  name === "" ? (atAmazon ? aws : other) : presets[name]

/** The region of services that have none, and the first of AWS. */
export const defaultRegion = "us-east-1"

/** A value for a required option that is missing: the endpoint of the vendor, where it has one for everybody. */
export const suggestEndpoint = (
  name: string,
  { provider, region }: Pick<typeof S3Config.Type, "provider" | "region">
): string | undefined =>
  name === "endpoint" ? presetOf(provider, true)?.endpointOf?.(region || defaultRegion) : undefined
