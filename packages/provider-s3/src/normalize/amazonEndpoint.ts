/**
 * The other endpoints of Amazon S3: with IPv6, and for Transfer Acceleration.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/dual-stack-endpoints.html and
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/transfer-acceleration-getting-started.html
 */
import type { ProviderPlugin } from "@mooring/core"
import type { S3Config } from "../S3Config.ts"
import { amazonOf, zonalOf, type Endpoint } from "./endpoint.ts"

type Config = typeof S3Config.Type

/** What contradicts the choice of another endpoint of Amazon. */
export const amazonIssues = (
  config: Config,
  endpoint: Endpoint | undefined,
  given: ReadonlySet<string>
): ReadonlyArray<ProviderPlugin.Issue> => {
  const asked = (["use_accelerate_endpoint", "use_dual_stack"] as const).filter((name) => config[name])
  const elsewhere =
    endpoint !== undefined && amazonOf(endpoint.host) === undefined && zonalOf(endpoint.host) === undefined
  const outside = elsewhere
    ? asked.map((name) => ({
        pointer: `#/${name}`,
        code: "conflicting_fields" as const,
        detail: "is a feature of Amazon S3, and the endpoint is of another service"
      }))
    : []
  const inPath = config.use_accelerate_endpoint && given.has("force_path_style") && config.force_path_style
  return inPath
    ? [
        ...outside,
        {
          pointer: "#/force_path_style",
          code: "conflicting_fields" as const,
          detail: "must be false: Transfer Acceleration takes buckets in the host name only",
          suggestion: "false"
        }
      ]
    : outside
}

/** Where requests go: the endpoint, and another one for those that Transfer Acceleration takes. */
export const amazonOrigins = (
  { use_accelerate_endpoint: accelerate, use_dual_stack: dualStack }: Config,
  { origin, host }: Endpoint,
  region: string
): { readonly origin: string; readonly accelerated: string | undefined } => {
  if (amazonOf(host) === undefined) return { origin, accelerated: undefined }
  const top = host.endsWith(".cn") ? "amazonaws.com.cn" : "amazonaws.com"
  return {
    origin: dualStack ? origin.replace(host, `s3.dualstack.${region}.${top}`) : origin,
    accelerated: accelerate ? origin.replace(host, `s3-accelerate.${dualStack ? "dualstack." : ""}${top}`) : undefined
  }
}
