/** Misconfigurations of a real server. */
import { families, family, type DoctorCase } from "@mooring/testkit/doctor"
import { realSubject, withBucket, withPolicy, type Setup } from "./real.ts"

const hour = 3_600_000
const anonymous = { access_key_id: "", secret_access_key: "" }

/** Those that any server with accounts tells the same way. */
export const everywhere = (setup: Setup): ReadonlyArray<DoctorCase> => {
  const { endpoint } = setup.config
  const { port } = new URL(endpoint)
  const bucket = withBucket(setup)
  const given = (config: Readonly<Record<string, unknown>>) => bucket(() => ({ config }))
  return [
    ...family("endpoint", [
      { name: "right", arrange: bucket(() => ({ write: true })), finding: "passed" },
      { name: "right, and all buckets listed", arrange: bucket(() => ({ at: [] })), finding: "passed" },
      {
        name: "https where the service has none",
        arrange: given({ endpoint: `https://127.0.0.1:${port}` }),
        finding: "tls failed provider_unavailable #/endpoint",
        suggestion: "http://127.0.0.1:PORT"
      },
      {
        name: "a bucket in the path, and all buckets listed",
        arrange: bucket((name) => ({ config: { endpoint: `${endpoint}/${name}` }, at: [] })),
        finding: "authenticate failed not_a_storage_endpoint #/endpoint",
        suggestion: "without the bucket"
      },
      {
        name: "a bucket in the path, and the bucket listed",
        arrange: bucket((name) => ({ config: { endpoint: `${endpoint}/${name}` } })),
        finding: "authenticate failed not_a_storage_endpoint #/endpoint",
        suggestion: "http://127.0.0.1:PORT"
      },
      {
        name: "a path that the service does not have",
        arrange: bucket(() => ({ config: { endpoint: `${endpoint}/no-such-path` }, at: [] })),
        finding: "authenticate failed not_a_storage_endpoint #/endpoint",
        suggestion: "without a bucket"
      }
    ]),
    ...families(realSubject(setup)).faults,
    ...family("credentials", [
      {
        name: "an unknown access key",
        arrange: given({ access_key_id: "unknown" }),
        finding: "authenticate failed auth_invalid #/access_key_id",
        suggestion: "an access key of this service"
      },
      {
        name: "a wrong secret",
        arrange: given({ secret_access_key: "another" }),
        finding: "authenticate failed auth_invalid #/secret_access_key",
        suggestion: "belongs to the access key"
      },
      {
        name: "key and secret swapped",
        arrange: given({
          access_key_id: setup.config.secret_access_key,
          secret_access_key: setup.config.access_key_id
        }),
        finding: "authenticate failed auth_invalid #/access_key_id",
        suggestion: "an access key of this service"
      },
      {
        name: "the secret of others",
        arrange: given({ secret_access_key: setup.other.secret_access_key }),
        finding: "authenticate failed auth_invalid #/secret_access_key",
        suggestion: "belongs to the access key"
      },
      {
        name: "none, and a private bucket",
        arrange: given(anonymous),
        finding: "list failed permission_denied #/access_key_id",
        suggestion: "an access key and its secret"
      }
    ]),
    ...family("clock", [
      {
        name: "an hour ahead",
        arrange: bucket(() => ({ clockOffset: hour })),
        finding: "authenticate failed clock_skew -",
        suggestion: "set the clock"
      },
      {
        name: "an hour behind",
        arrange: bucket(() => ({ clockOffset: -hour })),
        finding: "authenticate failed clock_skew -",
        suggestion: "set the clock"
      },
      { name: "five minutes off", arrange: bucket(() => ({ clockOffset: hour / 12, write: true })), finding: "passed" }
    ]),
    ...family("bucket", [
      {
        name: "missing",
        arrange: bucket((name) => ({ at: [`${name}-missing`] })),
        finding: "list failed not_found -",
        suggestion: "a bucket that exists"
      },
      {
        name: "of another account",
        arrange: given(setup.other),
        finding: "list failed permission_denied #/access_key_id",
        suggestion: "another bucket"
      },
      {
        name: "an object as the place",
        arrange: bucket((name) => ({ at: [name, "object"] })),
        finding: "list failed not_a_directory -",
        suggestion: "the directory around it"
      },
      {
        name: "a place with nothing in it yet",
        arrange: bucket((name) => ({ at: [name, "new"], write: true })),
        finding: "passed"
      }
    ]),
    ...family("path style", [
      {
        name: "off, and the host name of the bucket has no address",
        arrange: given({ endpoint: `http://localhost:${port}`, force_path_style: false }),
        finding: "resolve failed dns_failed #/force_path_style",
        suggestion: "true"
      },
      {
        name: "off at an address",
        arrange: given({ force_path_style: false }),
        finding: "resolve failed invalid_value #/force_path_style",
        suggestion: "true"
      }
    ])
  ]
}

/** Those that need policies of buckets, host names of buckets, or a codes of Ceph. */
export const ofCeph = (setup: Setup): ReadonlyArray<DoctorCase> => {
  const { port } = new URL(setup.config.endpoint)
  const bucket = withBucket(setup)
  const permitted = withPolicy(setup)
  const all = ["ListBucket", "GetObject", "PutObject", "DeleteObject"]
  return [
    ...family("permissions", [
      { name: "all, in a bucket of others", arrange: permitted(all, () => ({ write: true })), finding: "passed" },
      {
        name: "to list only",
        arrange: permitted(["ListBucket"]),
        finding: "read failed permission_denied #/access_key_id",
        suggestion: "a key that may do this"
      },
      {
        name: "to read only, without listing",
        arrange: permitted(["GetObject"]),
        finding: "list failed permission_denied #/access_key_id",
        suggestion: "a key that may do this"
      },
      {
        name: "to write only",
        arrange: permitted(["PutObject"], () => ({ write: true })),
        finding: "list failed permission_denied #/access_key_id",
        suggestion: "a key that may do this"
      },
      { name: "to list and read, and nothing is written", arrange: permitted(all.slice(0, 2)), finding: "passed" },
      {
        name: "to list and read, and something is written",
        arrange: permitted(all.slice(0, 2), () => ({ write: true })),
        finding: "write failed permission_denied #/access_key_id",
        suggestion: "a key that may do this"
      },
      {
        name: "to write and not to remove",
        arrange: permitted(all.slice(0, 3), () => ({ write: true, leaves: 1 })),
        finding: "write failed permission_denied #/access_key_id",
        suggestion: "mooring-test-ID is left over"
      },
      {
        name: "for everybody, without credentials",
        arrange: permitted(all.slice(0, 2), () => ({ config: anonymous })),
        finding: "passed"
      }
    ]),
    ...family("path style", [
      {
        name: "off and right",
        arrange: bucket((name) => ({
          config: { endpoint: `http://localhost:${port}`, force_path_style: false },
          hosts: [`${name}.localhost`],
          write: true
        })),
        finding: "passed"
      },
      {
        name: "the preset of AWS",
        arrange: bucket(() => ({
          config: { endpoint: `http://localhost:${port}`, provider: "AWS", force_path_style: undefined }
        })),
        finding: "resolve failed dns_failed #/force_path_style",
        suggestion: "true"
      },
      {
        name: "on, and the endpoint names the bucket",
        arrange: bucket((name) => ({
          config: { endpoint: `http://${name}.localhost:${port}` },
          hosts: [`${name}.localhost`]
        })),
        finding: "authenticate failed not_a_storage_endpoint #/endpoint",
        suggestion: "http://localhost:PORT"
      },
      {
        name: "on, the endpoint names the bucket, and all are listed",
        arrange: bucket((name) => ({
          config: { endpoint: `http://${name}.localhost:${port}` },
          hosts: [`${name}.localhost`],
          at: []
        })),
        finding: "authenticate failed not_a_storage_endpoint #/endpoint",
        suggestion: "without the bucket"
      },
      {
        name: "on, by a host name that the gateway does not know for its own",
        arrange: bucket(() => ({ config: { endpoint: `http://store.test:${port}` }, hosts: ["store.test"], at: [] })),
        finding: "authenticate failed not_a_storage_endpoint #/endpoint",
        suggestion: "the address of the service"
      },
      {
        name: "on, by a host name that the gateway does not know for its own, and a bucket listed",
        arrange: bucket(() => ({ config: { endpoint: `http://store.test:${port}` }, hosts: ["store.test"] })),
        finding: "authenticate failed not_a_storage_endpoint #/endpoint",
        suggestion: "the address of the service"
      }
    ]),
    ...family("options", [
      {
        name: "objects are decompressed",
        arrange: bucket(() => ({ config: { decompress: true }, write: true })),
        finding: "passed"
      },
      {
        name: "a moment is shown, in which nothing can be written",
        arrange: bucket(() => ({ config: { version_at: "2040-01-01T00:00:00Z" }, write: true })),
        finding: "passed"
      },
      {
        name: "a region that nobody has, which the gateway does not look at",
        arrange: bucket(() => ({ config: { region: "nowhere-1" }, write: true })),
        finding: "passed"
      },
      {
        name: "a token beside lasting keys, which the gateway does not look at",
        arrange: bucket(() => ({ config: { session_token: "dG9rZW4=" }, write: true })),
        finding: "passed"
      },
      {
        name: "no credentials, and all buckets listed",
        arrange: bucket(() => ({ config: anonymous, at: [] })),
        finding: "passed"
      }
    ])
  ]
}
