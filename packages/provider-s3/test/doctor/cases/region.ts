/** The region, which is a part of the signature and often of the endpoint. */
import { family } from "@mooring/testkit/doctor"
import { refused, saying, withDouble } from "../worlds.ts"

const wrong = "authenticate failed wrong_region #/region"
const ireland = { buckets: ["b", { name: "frankfurt", region: "eu-central-1" }], region: "eu-west-1" }

export const region = family("region", [
  {
    name: "none where it is not the usual one",
    arrange: withDouble(() => ({}), ireland),
    finding: wrong,
    suggestion: "eu-west-1"
  },
  {
    name: "another, and all buckets listed",
    arrange: withDouble(() => ({ config: { region: "us-west-2" } }), ireland),
    finding: wrong,
    suggestion: "eu-west-1"
  },
  {
    name: "another, and a bucket listed",
    arrange: withDouble(() => ({ config: { region: "us-west-2" }, at: ["b"] }), ireland),
    finding: wrong,
    suggestion: "eu-west-1"
  },
  {
    name: "that of another bucket",
    arrange: withDouble(() => ({ config: { region: "eu-west-1" }, at: ["frankfurt"] }), ireland),
    finding: wrong,
    suggestion: "eu-central-1"
  },
  {
    name: "a bucket behind another endpoint of Amazon",
    arrange: withDouble(
      ({ port }) => ({
        config: { endpoint: `http://s3.eu-west-1.amazonaws.com:${port}`, force_path_style: true },
        hosts: ["s3.eu-west-1.amazonaws.com"],
        at: ["frankfurt"]
      }),
      ireland
    ),
    finding: "authenticate failed wrong_region #/endpoint",
    suggestion: "s3.eu-central-1.amazonaws.com"
  },
  {
    name: "told in a header alone",
    arrange: saying({ status: 301, headers: { "x-amz-bucket-region": "sa-east-1" } }, () => ({ at: ["bucket"] })),
    finding: wrong,
    suggestion: "sa-east-1"
  },
  {
    name: "told with 400 and a header",
    arrange: saying({ status: 400, headers: { "x-amz-bucket-region": "sa-east-1", "x-amz-request-id": "1" } }, () => ({
      at: ["bucket"]
    })),
    finding: wrong,
    suggestion: "sa-east-1"
  },
  {
    name: "not told, but to those who ask for the bucket",
    arrange: saying(
      (path) =>
        path === "/bucket"
          ? { status: 403, headers: { "x-amz-bucket-region": "sa-east-1" } }
          : refused(400, "AuthorizationHeaderMalformed"),
      () => ({ at: ["bucket"] })
    ),
    finding: wrong,
    suggestion: "sa-east-1"
  },
  {
    name: "not told at all",
    arrange: saying(refused(400, "AuthorizationHeaderMalformed"), () => ({ at: ["bucket"] })),
    finding: wrong,
    suggestion: "the region of the bucket"
  },
  {
    name: "not that of the endpoint",
    arrange: withDouble(() => ({ config: { endpoint: "https://s3.eu-west-1.amazonaws.com", region: "us-east-1" } })),
    finding: "options conflicting_fields #/region",
    suggestion: "eu-west-1"
  },
  {
    name: "an availability zone in words",
    arrange: withDouble(() => ({ config: { region: "EU (Ireland)" } })),
    finding: "options invalid_value #/region",
    suggestion: "letters"
  }
])
