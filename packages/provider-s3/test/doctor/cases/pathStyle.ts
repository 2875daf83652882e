/** The bucket in the host name where the service wants it in the path, and the other way round. */
import { family, page, type Said } from "@mooring/testkit/doctor"
import { refused, saying, withDouble } from "../worlds.ts"

const wanted = "#/force_path_style"
const listing = (name: string): Said => ({
  status: 200,
  headers: { "x-amz-request-id": "1" },
  body: `<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>`
})

/** A service that knows the bucket by path, and says this where it is in the host name. */
const byPath = (otherwise: Said) =>
  saying(
    (path) => (path.startsWith("/bucket?") ? listing("ListBucketResult") : otherwise),
    (origin) => {
      const { port } = new URL(origin)
      const endpoint = `http://store.test:${port}`
      return {
        config: { endpoint, force_path_style: false },
        hosts: ["store.test", "bucket.store.test"],
        at: ["bucket"]
      }
    }
  )

const vendor = (code: string) =>
  saying(refused(403, code), () => ({ at: ["bucket"], config: { force_path_style: true } }))

export const pathStyle = family("path style", [
  {
    name: "off and right",
    arrange: withDouble(
      ({ port }) => ({
        config: { endpoint: `http://localhost:${port}`, force_path_style: false },
        hosts: ["bucket.localhost"],
        at: ["bucket"],
        write: true
      }),
      { buckets: ["bucket"] }
    ),
    finding: "passed"
  },
  {
    name: "off, and the host name of the bucket has no address",
    arrange: withDouble(
      ({ port }) => ({ config: { endpoint: `http://localhost:${port}`, force_path_style: false }, at: ["bucket"] }),
      { buckets: ["bucket"] }
    ),
    finding: `resolve failed dns_failed ${wanted}`,
    suggestion: "true"
  },
  {
    name: "off, no address for the bucket's host name, and no such bucket either",
    arrange: withDouble(({ port }) => ({
      config: { endpoint: `http://localhost:${port}`, force_path_style: false },
      at: ["bucket"]
    })),
    finding: `resolve failed dns_failed ${wanted}`,
    suggestion: "true"
  },
  {
    name: "off, and the endpoint has no address either",
    arrange: withDouble(({ port }) => ({
      config: { endpoint: `http://store.test:${port}`, force_path_style: false },
      at: ["bucket"]
    })),
    finding: "resolve failed dns_failed #/endpoint",
    suggestion: "slips"
  },
  {
    name: "off, and the service lists all buckets",
    arrange: byPath(listing("ListAllMyBucketsResult")),
    finding: `authenticate failed not_a_storage_endpoint ${wanted}`,
    suggestion: "true"
  },
  {
    name: "off, and the service takes the host name for a bucket",
    arrange: byPath(refused(404, "NoSuchBucket")),
    finding: `list failed not_found ${wanted}`,
    suggestion: "true"
  },
  {
    name: "off, and a website answers for the bucket",
    arrange: byPath(page(404, "No such site")),
    finding: `authenticate failed not_a_storage_endpoint ${wanted}`,
    suggestion: "true"
  },
  {
    name: "off, and a gateway before the service knows no such host",
    arrange: byPath(page(503, "No backend")),
    finding: `authenticate failed provider_unavailable ${wanted}`,
    suggestion: "true"
  },
  {
    name: "off, and a proxy before the service changes the host name",
    arrange: byPath(refused(403, "SignatureDoesNotMatch")),
    finding: `authenticate failed auth_invalid ${wanted}`,
    suggestion: "true"
  },
  {
    name: "the preset of AWS for a service that wants paths",
    arrange: withDouble(
      ({ port }) => ({ config: { endpoint: `http://localhost:${port}`, provider: "AWS" }, at: ["bucket"] }),
      { buckets: ["bucket"] }
    ),
    finding: `resolve failed dns_failed ${wanted}`,
    suggestion: "true"
  },
  {
    name: "the preset of AWS for a service at an address",
    arrange: withDouble(({ endpoint }) => ({ config: { endpoint, provider: "AWS" }, at: ["bucket"] }), {
      buckets: ["bucket"]
    }),
    finding: `resolve failed invalid_value ${wanted}`,
    suggestion: "true"
  },
  {
    name: "on, and Alibaba refuses it",
    arrange: vendor("SecondLevelDomainForbidden"),
    finding: `authenticate failed unsupported ${wanted}`,
    suggestion: "false"
  },
  {
    name: "on, and Tencent refuses it",
    arrange: vendor("PathStyleDomainForbidden"),
    finding: `authenticate failed unsupported ${wanted}`,
    suggestion: "false"
  },
  {
    name: "on, and Huawei refuses it",
    arrange: vendor("VirtualHostDomainRequired"),
    finding: `authenticate failed unsupported ${wanted}`,
    suggestion: "false"
  },
  {
    name: "on, and the service takes the bucket for a key",
    arrange: saying(
      (path) => (path === "/" ? listing("ListAllMyBucketsResult") : refused(404, "NoSuchKey")),
      () => ({ at: ["bucket"], config: { force_path_style: true } })
    ),
    finding: `authenticate failed not_a_storage_endpoint ${wanted}`,
    suggestion: "false"
  }
])
