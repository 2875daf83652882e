/**
 * Options that say where the service is and which of its kind it is.
 */
import { Options } from "@mooring/core"
import { providerNames } from "../presets/names.ts"

const group = "Connection"

/** A region of plain label characters cannot lead anywhere; one with dots could be a host name in disguise. */
const isLabel = (region: string): boolean => /^[A-Za-z0-9_-]*$/.test(region)

/** The options of this group. */
export const connection = {
  provider: Options.choice({
    help: "The vendor of the service. Empty is AWS for an endpoint of Amazon, and Other for any other.",
    group,
    default: "",
    values: ["", ...providerNames]
  }),
  endpoint: Options.text({
    help: "Address of the S3 service, without a bucket. https is used unless http:// is written.",
    group,
    required: true,
    suggestions: ["s3.us-east-1.amazonaws.com", "nyc3.digitaloceanspaces.com", "localhost:8333"],
    danger: "url"
  }),
  region: Options.text({
    help: "Region of the service. Empty is the region in an endpoint of the provider, else us-east-1, or auto for Cloudflare.",
    group,
    suggestions: ["", "us-east-1", "us-east-2", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-1", "auto"],
    danger: (region) => (isLabel(region) ? [] : [{ danger: "url", value: region }])
  }),
  location_constraint: Options.text({
    help: "Region in which buckets are created. Empty is the region for AWS, and the choice of any other service.",
    group,
    advanced: true
  }),
  force_path_style: Options.boolean({
    help: "Name buckets in the path rather than in the host name. Left out, the preset of the provider decides.",
    group,
    advanced: true,
    default: true
  }),
  use_accelerate_endpoint: Options.boolean({
    help: "Use S3 Transfer Acceleration of AWS.",
    group,
    advanced: true
  }),
  use_dual_stack: Options.boolean({
    help: "Use the endpoint of AWS that has IPv6 addresses too.",
    group,
    advanced: true
  }),
  download_url: Options.text({
    help: "Address of a content delivery network to download from.",
    group,
    advanced: true,
    danger: "url"
  }),
  disable_http2: Options.boolean({
    help: "Do not use HTTP/2.",
    group,
    advanced: true,
    deprecated: "Does nothing: requests use HTTP/1.1."
  }),
  directory_bucket: Options.boolean({
    help: "The buckets are directory buckets of AWS (S3 Express One Zone): the endpoint is that of their zone, s3express-ZONE.REGION.amazonaws.com.",
    group,
    advanced: true
  }),
  requester_pays: Options.boolean({
    help: "Pay for requests to buckets of others.",
    group,
    advanced: true
  }),
  description: Options.text({ help: "A note for people.", group, advanced: true })
}
