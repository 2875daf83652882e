import { assert, describe, it } from "@effect/vitest"
import { decodeOptions } from "@mooring/core/options/decode"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { createHash } from "node:crypto"
import { normalize } from "../src/normalize.ts"
import { presets } from "../src/presets/index.ts"
import { S3Config } from "../src/S3Config.ts"

const decode = (raw: Record<string, unknown>) => Result.getOrThrow(decodeOptions(S3Config.fields, raw))
const normalized = (raw: Record<string, unknown>) => {
  const { config, given, issues } = decode(raw)
  assert.deepStrictEqual(issues, [])
  return normalize(config, given)
}
const keys = { access_key_id: "AK", secret_access_key: "SK" }
const settingsOf = (raw: Record<string, unknown>) => Result.getOrThrow(normalized({ endpoint: "host.invalid", ...raw }))
const issuesOf = (raw: Record<string, unknown>) => {
  const result = normalized({ endpoint: "host.invalid", ...raw })
  return (Result.isFailure(result) ? result.failure : []).map(({ pointer, code, suggestion }) => [
    pointer,
    code,
    suggestion
  ])
}

describe("directory buckets", () => {
  const endpoint = "s3express-usw2-az1.us-west-2.amazonaws.com"
  const there = { endpoint, directory_bucket: true }

  it("are at the endpoint of their zone, and made at that of the region", () => {
    const { region, origin, pathStyle, multipartEtag, tiers, directoryBuckets } = settingsOf(there)
    assert.deepStrictEqual(
      [region, origin, pathStyle, multipartEtag],
      ["us-west-2", `https://${endpoint}`, false, false]
    )
    assert.deepStrictEqual(tiers, [])
    const control = "https://s3express-control.us-west-2.amazonaws.com"
    assert.deepStrictEqual(directoryBuckets, { control, zone: "usw2-az1" })
    const both = "s3express-fips-use1-dfw2-az1.dualstack.us-east-1.amazonaws.com"
    assert.deepStrictEqual(settingsOf({ ...there, endpoint: both }).directoryBuckets, {
      control: "https://s3express-control-fips.dualstack.us-east-1.amazonaws.com",
      zone: "use1-dfw2-az1"
    })
    const proxy = { provider: "AWS", endpoint: "http://localhost:9000", directory_bucket: true }
    assert.deepStrictEqual(settingsOf(proxy).directoryBuckets, { control: "http://localhost:9000", zone: undefined })
    assert.isUndefined(settingsOf({ endpoint: "s3.us-west-2.amazonaws.com" }).directoryBuckets)
  })

  it("are refused beside what they lack", () => {
    const conflicts: ReadonlyArray<readonly [string, unknown, string?]> = [
      ["versions", true],
      ["version_at", "2026-01-01T00:00:00Z"],
      ["acl", "private"],
      ["bucket_acl", "private"],
      ["sse_customer_key", "k".repeat(32)],
      ["sse_customer_key_base64", Buffer.alloc(32, 1).toString("base64")],
      ["requester_pays", true],
      ["use_accelerate_endpoint", true],
      ["use_dual_stack", true],
      ["v2_auth", true],
      ["location_constraint", "us-west-2"],
      ["list_version", 1, "2"],
      ["storage_class", "STANDARD", "EXPRESS_ONEZONE"],
      ["server_side_encryption", "aws:kms:dsse", "aws:kms"],
      ["use_multipart_etag", "true", "false"],
      ["force_path_style", true, "false"]
    ]
    for (const [name, value, suggestion] of conflicts) {
      const issue = [`#/${name}`, "conflicting_fields", suggestion]
      assert.deepStrictEqual(issuesOf({ ...there, [name]: value }), [issue], name)
    }
    const taken = { storage_class: "EXPRESS_ONEZONE", server_side_encryption: "aws:kms", list_version: 2 }
    assert.deepStrictEqual(issuesOf({ ...there, ...taken, use_presigned_request: true }), [])
  })

  it("are at no other endpoint, and at theirs are no other buckets", () => {
    const issueOf = (raw: Record<string, unknown>) => issuesOf(raw).map(([pointer, code]) => `${pointer} ${code}`)
    const directory_bucket = true
    assert.deepStrictEqual(issueOf({ endpoint: "s3.us-west-2.amazonaws.com", directory_bucket }), [
      "#/endpoint conflicting_fields"
    ])
    assert.deepStrictEqual(issueOf({ endpoint: "localhost:9000", directory_bucket }), [
      "#/directory_bucket conflicting_fields"
    ])
    assert.deepStrictEqual(issueOf({ endpoint }), ["#/directory_bucket conflicting_fields"])
    assert.deepStrictEqual(issuesOf({ endpoint: `b--usw2-az1--x-s3.${endpoint}`, directory_bucket }), [
      ["#/endpoint", "invalid_value", `https://${endpoint}`]
    ])
    assert.deepStrictEqual(issueOf({ ...there, region: "eu-west-1" }), ["#/region conflicting_fields"])
  })
})

describe("endpoint", () => {
  const placeOf = (endpoint: string) => {
    const { origin, basePath } = settingsOf({ endpoint })
    return `${origin}|${basePath}`
  }

  it("is https unless it says otherwise", () => {
    assert.strictEqual(placeOf("localhost:8333"), "https://localhost:8333|")
    assert.strictEqual(placeOf("http://localhost:9000/"), "http://localhost:9000|")
    assert.strictEqual(placeOf("HTTPS://Host.Invalid:443/a/b//"), "https://host.invalid|/a/b")
    assert.strictEqual(placeOf("https://[::1]:9000"), "https://[::1]:9000|")
  })

  it("refuses what a parser of URLs would repair or lead elsewhere", () => {
    const bad = [
      "ftp://host",
      "file:///etc/passwd",
      "javascript:alert(1)",
      "http://",
      "https:///host",
      "//host",
      "/host",
      "http://user:pass@host",
      "user@host",
      "http://@host",
      "http://host?x=1",
      "http://host?",
      "http://host#",
      "host#f",
      "http:\\\\host",
      "host\\path",
      " host",
      "host ",
      "ho st",
      "host\n",
      "ho\tst",
      "http://host/a/../b",
      "host/./b",
      "host/%2e%2E/b",
      "host:99999",
      "host:port",
      "http://h\u00f6st",
      "http://%zz"
    ]
    for (const endpoint of bad) {
      assert.deepStrictEqual(issuesOf({ endpoint }), [["#/endpoint", "invalid_value", undefined]], endpoint)
    }
  })

  it("is not a bucket of Amazon's", () => {
    assert.deepStrictEqual(issuesOf({ endpoint: "my.bucket.s3.eu-west-1.amazonaws.com" }), [
      ["#/endpoint", "invalid_value", "https://s3.eu-west-1.amazonaws.com"]
    ])
  })

  it("that is missing is left to the framework", () => {
    assert.deepStrictEqual(normalized({}), Result.fail([]))
  })
})

describe("region", () => {
  const regionOf = (raw: Record<string, unknown>) => settingsOf(raw).region

  it("is the given one, that of an endpoint of Amazon, or us-east-1", () => {
    assert.strictEqual(regionOf({}), "us-east-1")
    assert.strictEqual(regionOf({ region: "garage" }), "garage")
    assert.strictEqual(regionOf({ endpoint: "s3.eu-west-1.amazonaws.com" }), "eu-west-1")
    assert.strictEqual(regionOf({ endpoint: "s3-eu-west-1.amazonaws.com" }), "eu-west-1")
    assert.strictEqual(regionOf({ endpoint: "s3.dualstack.eu-west-1.amazonaws.com" }), "eu-west-1")
    assert.strictEqual(regionOf({ endpoint: "s3.cn-north-1.amazonaws.com.cn" }), "cn-north-1")
    assert.strictEqual(regionOf({ endpoint: "s3.amazonaws.com" }), "us-east-1")
    assert.strictEqual(regionOf({ endpoint: "s3.amazonaws.com", region: "eu-west-1" }), "eu-west-1")
    assert.strictEqual(regionOf({ endpoint: "s3.eu-west-1.amazonaws.com.evil.invalid" }), "us-east-1")
    assert.strictEqual(
      regionOf({ endpoint: "b.vpce-1.s3.eu-west-1.vpce.amazonaws.com", region: "eu-west-1" }),
      "eu-west-1"
    )
  })

  it("is that of an endpoint of the vendor, or the vendor's own", () => {
    assert.strictEqual(regionOf({ provider: "Scaleway", endpoint: "s3.fr-par.scw.cloud" }), "fr-par")
    assert.strictEqual(regionOf({ provider: "IONOS", endpoint: "https://s3.eu-central-1.ionoscloud.com" }), "de")
    assert.strictEqual(regionOf({ provider: "Scaleway", endpoint: "s3.fr-par.scw.cloud", region: "x" }), "x")
    assert.strictEqual(regionOf({ provider: "Scaleway", endpoint: "cdn.invalid" }), "us-east-1")
    assert.strictEqual(regionOf({ endpoint: "s3.fr-par.scw.cloud" }), "us-east-1")
    assert.strictEqual(regionOf({ provider: "Cloudflare", endpoint: "id.r2.cloudflarestorage.com" }), "auto")
  })

  it("contradicts an endpoint of another region, and cannot break the header it is put into", () => {
    assert.deepStrictEqual(issuesOf({ endpoint: "s3.eu-west-1.amazonaws.com", region: "us-west-2" }), [
      ["#/region", "conflicting_fields", "eu-west-1"]
    ])
    for (const region of ["a/b", "a b", "a\r\nx: y", "a,b", "\u00e9"]) {
      assert.deepStrictEqual(issuesOf({ region }), [["#/region", "invalid_value", undefined]], region)
    }
  })

  it("is the default where it stands for signatures of version 2", () => {
    const signed = (raw: Record<string, unknown>) => {
      const { region, signatureVersion, locationConstraint } = settingsOf(raw)
      return [region, signatureVersion, locationConstraint]
    }
    assert.deepStrictEqual(signed({}), ["us-east-1", 4, ""])
    assert.deepStrictEqual(signed({ v2_auth: true, region: "eu-west-1" }), ["eu-west-1", 2, ""])
    assert.deepStrictEqual(signed({ region: "other-v2-signature" }), ["us-east-1", 2, ""])
    const amazon = { endpoint: "s3.eu-west-1.amazonaws.com", region: "other-v2-signature" }
    assert.deepStrictEqual(signed(amazon), ["eu-west-1", 2, "eu-west-1"])
  })

  it("is where buckets of AWS are created", () => {
    const at = (raw: Record<string, unknown>) => settingsOf(raw).locationConstraint
    assert.strictEqual(at({ endpoint: "s3.eu-west-1.amazonaws.com" }), "eu-west-1")
    assert.strictEqual(at({ endpoint: "s3.us-east-1.amazonaws.com" }), "")
    assert.strictEqual(at({ endpoint: "s3.eu-west-1.amazonaws.com", location_constraint: "EU" }), "EU")
    assert.strictEqual(at({ region: "eu-west-1", provider: "Minio" }), "")
  })
})

describe("presets", () => {
  it("decide what is left out, and give way to what is written", () => {
    const quirks = (raw: Record<string, unknown>) => {
      const { pathStyle, listUrlEncode, multipartEtag, alreadyExistsIsError, unsignedPayload } = settingsOf(raw)
      return [pathStyle, listUrlEncode, multipartEtag, alreadyExistsIsError, unsignedPayload]
    }
    assert.deepStrictEqual(quirks({ provider: "AWS" }), [false, true, true, true, false])
    assert.deepStrictEqual(quirks({ provider: "Ceph" }), [true, false, true, false, true])
    assert.deepStrictEqual(quirks({ provider: "Minio" }), [true, true, true, true, true])
    assert.deepStrictEqual(quirks({ provider: "Other" }), [true, false, false, false, true])
    assert.deepStrictEqual(quirks({}), quirks({ provider: "Other" }))
    assert.deepStrictEqual(quirks({ endpoint: "s3.eu-west-1.amazonaws.com" }), quirks({ provider: "AWS" }))
    const choices = {
      use_multipart_etag: true,
      list_url_encode: "true",
      use_already_exists: true,
      use_unsigned_payload: false
    }
    assert.deepStrictEqual(quirks({ ...choices, force_path_style: false }), [false, true, true, true, false])
  })

  it("lose against a path style that is written, whichever it is", () => {
    for (const provider of Object.keys(presets)) {
      for (const force_path_style of [true, false]) {
        assert.strictEqual(settingsOf({ provider, force_path_style }).pathStyle, force_path_style)
      }
    }
  })

  it("choose the version of ListObjects where the option does not", () => {
    const versionOf = (raw: Record<string, unknown>) => settingsOf(raw).listVersion
    assert.strictEqual(versionOf({}), 1)
    assert.strictEqual(versionOf({ provider: "Wasabi" }), 2)
    assert.strictEqual(versionOf({ provider: "Wasabi", list_version: 0 }), 2)
    assert.strictEqual(versionOf({ provider: "Wasabi", list_version: 1 }), 1)
    assert.strictEqual(versionOf({ provider: "Magalu", list_version: 2 }), 2)
  })

  it("say what is done about gzip where the options do not, and which storage classes there are", () => {
    const gzipOf = (raw: Record<string, unknown>) => {
      const { accept, signAccept, mayCompress } = settingsOf(raw).gzip
      return [accept, signAccept, mayCompress]
    }
    assert.deepStrictEqual(gzipOf({ provider: "AWS" }), [true, true, false])
    assert.deepStrictEqual(gzipOf({ provider: "GCS" }), [true, false, true])
    const written = { might_gzip: true, use_accept_encoding_gzip: "false" }
    assert.deepStrictEqual(gzipOf({ provider: "AWS", ...written }), [false, true, true])
    assert.deepStrictEqual(settingsOf({ provider: "Scaleway" }).tiers, ["STANDARD", "GLACIER", "ONEZONE_IA"])
    assert.deepStrictEqual(settingsOf({ provider: "Ceph" }).tiers, [])
  })

  it("stand in for sizes and counts that were not written", () => {
    const sizesOf = (provider: string, raw: Record<string, unknown> = {}) => {
      const { chunkSize, copyCutoff, maxUploadParts } = settingsOf({ provider, ...raw })
      return [chunkSize, copyCutoff, maxUploadParts]
    }
    assert.deepStrictEqual(sizesOf("AWS"), [5_242_880, 4_999_610_368, 10_000])
    assert.deepStrictEqual(sizesOf("Storj"), [67_108_864, Number.MAX_SAFE_INTEGER, 10_000])
    assert.deepStrictEqual(sizesOf("Scaleway"), [5_242_880, 4_999_610_368, 1000])
    const written = { chunk_size: "128Mi", copy_cutoff: "6Gi", max_upload_parts: 10 }
    assert.deepStrictEqual(sizesOf("Storj", written), [134_217_728, 6_442_450_944, 10])
  })

  it("refuse sizes and counts beyond what the vendor takes, and say what that is", () => {
    const refused = (raw: Record<string, unknown>) => {
      const result = normalized({ endpoint: "host.invalid", ...raw })
      return (Result.isFailure(result) ? result.failure : []).map(({ pointer, detail }) => `${pointer} ${detail}`)
    }
    assert.deepStrictEqual(refused({ provider: "Storj", chunk_size: "64Mi" }), [])
    assert.deepStrictEqual(refused({ provider: "Storj", chunk_size: "32Mi" }), [
      "#/chunk_size must be from 64Mi to 5Gi"
    ])
    assert.deepStrictEqual(refused({ provider: "Storj", copy_cutoff: 0 }), ["#/copy_cutoff must be at least 1"])
    assert.deepStrictEqual(refused({ provider: "Scaleway", max_upload_parts: 1001 }), [
      "#/max_upload_parts must be from 1 to 1000"
    ])
    assert.include(
      refused({ provider: "Magalu", storage_class: "COLD" })[0],
      "#/storage_class must be one of those of the provider: STANDARD, GLACIER_IR"
    )
  })

  it("refuse storage classes and ACLs that the vendor lacks, where any are listed", () => {
    const refused = (raw: Record<string, unknown>) =>
      issuesOf(raw)
        .filter(([, code]) => code === "invalid_value")
        .map(([pointer, , suggestion]) => [pointer, suggestion])
    assert.deepStrictEqual(refused({ provider: "AWS", storage_class: "GLACIER_IR" }), [])
    assert.deepStrictEqual(refused({ provider: "AWS", storage_class: "glacier" }), [["#/storage_class", "GLACIER"]])
    assert.deepStrictEqual(refused({ provider: "Qiniu", storage_class: "GLACIR" }), [["#/storage_class", "GLACIER"]])
    assert.deepStrictEqual(refused({ provider: "Liara", storage_class: "COLD" }), [["#/storage_class", undefined]])
    assert.deepStrictEqual(refused({ provider: "Wasabi", storage_class: "COLD" }), [])
    assert.deepStrictEqual(refused({ provider: "TencentCOS", acl: "default" }), [])
    assert.deepStrictEqual(refused({ provider: "Wasabi", acl: "default" }), [["#/acl", undefined]])
    assert.deepStrictEqual(refused({ provider: "Wasabi", acl: "publicread" }), [["#/acl", "public-read"]])
    assert.deepStrictEqual(refused({ provider: "IBMCOS", acl: "bucket-owner-read" }), [["#/acl", undefined]])
    assert.deepStrictEqual(refused({ provider: "Wasabi", bucket_acl: "bucket-owner-read" }), [
      ["#/bucket_acl", undefined]
    ])
    assert.deepStrictEqual(refused({ provider: "Other", acl: "mine", bucket_acl: "mine", storage_class: "mine" }), [])
    assert.deepStrictEqual(refused({ provider: "Magalu", location_constraint: "mine" }), [])
  })
})

describe("credentials", () => {
  it("are none, a pair, or a pair with a token", () => {
    assert.deepStrictEqual(settingsOf({}).credentials, { kind: "anonymous" })
    const pair = settingsOf(keys).credentials
    if (pair.kind !== "static") return assert.fail(pair.kind)
    assert.deepStrictEqual(Object.keys(pair), ["kind", "accessKeyId", "secretAccessKey"])
    assert.strictEqual(Redacted.value(pair.secretAccessKey), "SK")
    const session = settingsOf({ ...keys, session_token: "ST" }).credentials
    assert.strictEqual(session.kind === "static" && session.sessionToken && Redacted.value(session.sessionToken), "ST")
  })

  it("are those of the machine with env_auth, a profile or a file, and not beside written keys", () => {
    const ambient = { kind: "ambient" as const, environment: false, profile: undefined, file: undefined }
    const sources: ReadonlyArray<readonly [string, unknown, object]> = [
      ["env_auth", true, { environment: true }],
      ["profile", "p", { profile: "p" }],
      ["shared_credentials_file", "/f", { file: "/f" }]
    ]
    for (const [name, value, changes] of sources) {
      assert.deepStrictEqual(settingsOf({ [name]: value }).credentials, { ...ambient, ...changes })
      const result = normalized({ endpoint: "host.invalid", ...keys, [name]: value })
      const [issue, ...rest] = Result.isFailure(result) ? result.failure : []
      assert.deepStrictEqual([issue?.pointer, issue?.code, rest], [`#/${name}`, "conflicting_fields", []])
      assert.include(issue?.detail ?? "", "leave one of them out")
    }
    for (const profile of ["a]", "a\nb", "[a"]) {
      assert.deepStrictEqual(issuesOf({ profile }), [["#/profile", "invalid_value", undefined]])
    }
  })

  it("miss the other half at its own option", () => {
    assert.deepStrictEqual(issuesOf({ access_key_id: "AK" }), [["#/secret_access_key", "missing_field", undefined]])
    assert.deepStrictEqual(issuesOf({ secret_access_key: "SK" }), [["#/access_key_id", "missing_field", undefined]])
    assert.deepStrictEqual(issuesOf({ session_token: "ST" }), [
      ["#/access_key_id", "missing_field", undefined],
      ["#/secret_access_key", "missing_field", undefined]
    ])
  })

  it("that were pasted with a line break are refused", () => {
    const pasted = { access_key_id: "AK\n", secret_access_key: "SK ", session_token: "S\r\nT: x" }
    assert.deepStrictEqual(
      issuesOf(pasted).map(([pointer, code]) => [pointer, code]),
      Object.keys(pasted).map((name) => [`#/${name}`, "invalid_value"])
    )
  })
})

describe("limits", () => {
  it("are refused beyond what the service takes, all at once", () => {
    const beyond = { chunk_size: "5242879", upload_cutoff: "5368709121", copy_cutoff: "5368709121" }
    assert.deepStrictEqual(
      issuesOf(beyond).map(([pointer, code]) => [pointer, code]),
      Object.keys(beyond).map((name) => [`#/${name}`, "invalid_value"])
    )
    assert.deepStrictEqual(issuesOf({ chunk_size: "5Mi", upload_cutoff: "5Gi", copy_cutoff: "5G" }), [])
    assert.deepStrictEqual(issuesOf({ upload_cutoff: 0, copy_cutoff: 1 }), [])
    assert.deepStrictEqual(issuesOf({ copy_cutoff: 0 }), [["#/copy_cutoff", "invalid_value", undefined]])
    for (const name of ["chunk_size", "upload_cutoff", "copy_cutoff"]) {
      assert.deepStrictEqual(issuesOf({ [name]: "off" }), [[`#/${name}`, "invalid_value", undefined]])
    }
  })

  it("of counts hold when they are decoded, and in normalize itself", () => {
    const outside = { max_upload_parts: [0, 10_001], list_chunk: [0, 1001], upload_concurrency: [0] }
    for (const [name, values] of Object.entries(outside)) {
      for (const value of values) {
        const { config, given, issues } = decode({ endpoint: "host.invalid", [name]: value })
        assert.deepStrictEqual(
          issues.map(({ pointer }) => pointer),
          [`#/${name}`]
        )
        const result = normalize({ ...config, [name]: value }, given)
        assert.deepStrictEqual(Result.isFailure(result) && result.failure.map(({ pointer }) => pointer), [`#/${name}`])
      }
    }
  })
})

describe("what contradicts or is not built", () => {
  const beside = (raw: Record<string, unknown>, code: string) =>
    issuesOf(raw)
      .filter((issue) => issue[1] === code)
      .map(([pointer]) => pointer)

  it("is said of both, in one answer", () => {
    const versions = { versions: true, version_at: "2026-01-01T00:00:00Z" }
    assert.deepStrictEqual(beside(versions, "conflicting_fields"), ["#/version_at"])
    const key = "k".repeat(32)
    const sse = { server_side_encryption: "AES256", sse_customer_key: key, sse_customer_key_base64: "aw==" }
    assert.deepStrictEqual(beside(sse, "conflicting_fields"), ["#/sse_customer_key_base64", "#/sse_customer_key"])
    assert.deepStrictEqual(beside({ ...keys, env_auth: true }, "conflicting_fields"), ["#/env_auth"])
  })

  it("is refused, option by option", () => {
    const asked: Record<string, unknown> = {
      sts_endpoint: "sts.invalid"
    }
    for (const [name, value] of Object.entries(asked)) {
      assert.deepStrictEqual(issuesOf({ [name]: value }), [[`#/${name}`, "unsupported", undefined]], name)
    }
  })

  it("is not refused where it asks for what is done anyway", () => {
    const accepted: Record<string, unknown> = {
      use_multipart_uploads: true,
      list_version: 2,
      might_gzip: false,
      use_accept_encoding_gzip: "false",
      memory_pool_flush_time: 1,
      memory_pool_use_mmap: true,
      sdk_log_mode: "Signing",
      disable_http2: true,
      no_check_bucket: true,
      description: "mine",
      decompress: false,
      acl: "",
      version_at: "0001-01-01T00:00:00Z"
    }
    assert.deepStrictEqual(issuesOf(accepted), [])
  })

  it("is said of encryption: which option, and what it takes", () => {
    const key = Buffer.alloc(32, 1)
    const cases: ReadonlyArray<readonly [Record<string, unknown>, string, string, string?]> = [
      [{ sse_kms_key_id: "arn" }, "#/server_side_encryption", "missing_field", "aws:kms"],
      [{ sse_customer_algorithm: "AES256" }, "#/sse_customer_key", "missing_field"],
      [{ sse_customer_key_md5: "m" }, "#/sse_customer_key", "missing_field"],
      [{ sse_customer_key: "short" }, "#/sse_customer_key", "invalid_value"],
      [{ sse_customer_key_base64: "not base64!" }, "#/sse_customer_key_base64", "invalid_value"],
      [{ sse_customer_key_base64: "aw==" }, "#/sse_customer_key_base64", "invalid_value"],
      [
        { sse_customer_key_base64: key.toString("base64"), sse_customer_key_md5: "bm9uZQ==" },
        "#/sse_customer_key_md5",
        "invalid_value"
      ],
      [
        { sse_customer_key_base64: key.toString("base64"), sse_customer_algorithm: "DES" },
        "#/sse_customer_algorithm",
        "invalid_value",
        "AES256"
      ]
    ]
    for (const [raw, ...issue] of cases) {
      const [pointer, code, suggestion] = issue
      assert.deepStrictEqual(issuesOf(raw), [[pointer, code, suggestion]], JSON.stringify(raw))
    }
    const { customerKey } = settingsOf({ sse_customer_key_base64: key.toString("base64") })
    assert.deepStrictEqual(
      [customerKey?.algorithm, customerKey?.md5],
      ["AES256", createHash("md5").update(key).digest("base64")]
    )
    assert.notInclude(JSON.stringify(customerKey), key.toString("base64"))
  })

  it("is said of what only Amazon has, and of addresses that are none", () => {
    const here = { endpoint: "https://host.invalid" }
    assert.deepStrictEqual(issuesOf({ ...here, use_dual_stack: true, use_accelerate_endpoint: true }), [
      ["#/use_accelerate_endpoint", "conflicting_fields", undefined],
      ["#/use_dual_stack", "conflicting_fields", undefined]
    ])
    const inPath = { endpoint: "s3.amazonaws.com", use_accelerate_endpoint: true, force_path_style: true }
    assert.deepStrictEqual(issuesOf(inPath), [["#/force_path_style", "conflicting_fields", "false"]])
    for (const address of ["cdn.invalid", "ftp://cdn.invalid", "https://a:b@cdn.invalid", "https://cdn.invalid/?x=1"]) {
      assert.deepStrictEqual(issuesOf({ download_url: address }), [["#/download_url", "invalid_value", undefined]])
    }
  })

  it("goes to the other endpoints of Amazon", () => {
    const amazon = (raw: Record<string, unknown>) => {
      const { origin, accelerated, pathStyle } = settingsOf({ endpoint: "s3.eu-west-1.amazonaws.com", ...raw })
      return [origin, accelerated, pathStyle]
    }
    const dual = "https://s3.dualstack.eu-west-1.amazonaws.com"
    const plain = "https://s3.eu-west-1.amazonaws.com"
    assert.deepStrictEqual(amazon({ use_dual_stack: true }), [dual, undefined, false])
    assert.deepStrictEqual(amazon({ use_accelerate_endpoint: true }), [
      plain,
      "https://s3-accelerate.amazonaws.com",
      false
    ])
    assert.deepStrictEqual(amazon({ use_accelerate_endpoint: true, use_dual_stack: true }), [
      dual,
      "https://s3-accelerate.dualstack.amazonaws.com",
      false
    ])
  })

  it("leaves no option without a use: each is in the settings, refused, or says that it does nothing", () => {
    const raw = { ...keys, session_token: "ST", region: "r", location_constraint: "l", description: "" }
    const settings = settingsOf({ ...raw, disable_checksum: true, leave_parts_on_error: true, encoding: 2 })
    assert.include(settings, {
      region: "r",
      locationConstraint: "l",
      disableChecksum: true,
      leavePartsOnError: true,
      encoding: 2,
      listChunk: 1000,
      chunkSize: 5_242_880,
      uploadCutoff: 209_715_200,
      copyCutoff: 4_999_610_368,
      uploadConcurrency: 4,
      maxUploadParts: 10_000
    })
  })
})
