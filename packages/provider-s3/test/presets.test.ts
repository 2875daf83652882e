import { BucketCannedACL, ObjectCannedACL, StorageClass } from "@aws-sdk/client-s3"
import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import { endpointOf } from "../src/normalize/endpoint.ts"
import { providerNames } from "../src/presets/names.ts"
import { presetOf, presets, regionAt, suggestEndpoint, type ProviderName } from "../src/presets/index.ts"
import { rcloneQuirks } from "./data/rcloneQuirks.ts"

type Quirks = (typeof rcloneQuirks)[ProviderName]

/** Where a record says something else than rclone does, and why. */
const deviations: ReadonlyArray<readonly [ProviderName, Partial<Quirks>, string]> = [
  ["AWS", { acls: Object.values(ObjectCannedACL) }, "its own client has one more, aws-exec-read"],
  ["AWS", { storageClasses: Object.values(StorageClass) }, "its own client has more, and rclone checks none"],
  ["AWS", { locationConstraints: 26 }, "eu-central-1 is missing in rclone's list"],
  ["Ceph", { listVersion: 2 }, "the conformance suites hold with it over Ceph 16, and gateways have it since 2019"],
  ["Cloudflare", { endpoints: 1 }, "rclone has the form of the endpoint in its manual only"],
  [
    "GCS",
    { acceptEncodingGzip: true },
    "the header is sent unsigned here, which Google takes, and without it objects stored as gzip come decompressed"
  ],
  [
    "TencentCOS",
    {
      acls: [
        "default",
        "private",
        "public-read",
        "public-read-write",
        "authenticated-read",
        "bucket-owner-read",
        "bucket-owner-full-control"
      ]
    },
    "its manual has private beside default"
  ],
  ["Other", { acls: undefined, bucketAcls: undefined }, "a service of which nothing is known may have ACLs of its own"]
]

const sorted = (list: ReadonlyArray<string> | undefined) => list?.toSorted()

/** Lists of which the order says nothing are sorted, and suggestions counted. */
const comparable = ({ acls, bucketAcls, storageClasses, ...rest }: Quirks): Quirks => ({
  ...rest,
  acls: sorted(acls),
  bucketAcls: sorted(bucketAcls),
  storageClasses: sorted(storageClasses)
})

const quirksOf = (name: ProviderName): Quirks => {
  const preset = presets[name]
  const names = Object.keys(rcloneQuirks[name]) as ReadonlyArray<keyof Quirks>
  const counted = {
    regions: preset.regions.length,
    endpoints: preset.endpoints.length,
    locationConstraints: preset.locationConstraints.length
  }
  const all = { ...preset, ...counted }
  return comparable(Object.fromEntries(names.map((quirk) => [quirk, all[quirk]])) as unknown as Quirks)
}

describe("a preset", () => {
  it("is there for each name of the option, and for none", () => {
    assert.sameMembers(Object.keys(presets), [...providerNames])
    assert.strictEqual(presetOf("", true), presets.AWS)
    assert.strictEqual(presetOf("", false), presets.Other)
  })

  for (const name of providerNames) {
    it(`of ${name} is what rclone found, but for what is listed`, () => {
      const changes = deviations.filter(([vendor]) => vendor === name).map(([, quirks]) => quirks)
      assert.deepStrictEqual(quirksOf(name), comparable(Object.assign({}, rcloneQuirks[name], ...changes)))
    })
  }

  it("deviates where there is something to deviate from", () => {
    for (const [name, quirks, reason] of deviations) {
      for (const quirk of Object.keys(quirks) as ReadonlyArray<keyof Quirks>) {
        assert.notDeepEqual(rcloneQuirks[name][quirk], quirks[quirk], `${name} ${quirk}: ${reason}`)
      }
    }
  })

  it("of AWS has the lists of its own client", () => {
    assert.sameMembers([...(presets.AWS.bucketAcls ?? [])], Object.values(BucketCannedACL))
  })

  it("honours conditions on uploads in parts only where that is known", () => {
    const honouring = Object.entries(presets).filter(([, { multipartConditions }]) => multipartConditions)
    assert.deepStrictEqual(
      honouring.map(([name]) => name),
      ["AWS", "Minio"]
    )
  })

  it("names each thing once, and endpoints that an option may hold", () => {
    for (const [name, preset] of Object.entries(presets)) {
      const { acls, bucketAcls, endpoints, locationConstraints, regions, storageClasses } = preset
      for (const list of [acls, bucketAcls, endpoints, locationConstraints, regions, storageClasses]) {
        assert.strictEqual(new Set(list).size, list?.length ?? 0, name)
      }
      for (const endpoint of endpoints) assert.isTrue(Result.isSuccess(endpointOf(endpoint)), `${name} ${endpoint}`)
    }
  })

  it("finds the region in each endpoint that it makes of one", () => {
    for (const preset of Object.values(presets)) {
      for (const region of preset.endpointOf === undefined ? [] : preset.regions) {
        const endpoint = preset.endpointOf?.(region) ?? ""
        assert.strictEqual(regionAt(preset, endpoint), region)
        if (preset !== presets.AWS) assert.include(preset.endpoints, endpoint)
      }
    }
    assert.isUndefined(regionAt(presets.Cloudflare, "id.r2.cloudflarestorage.com"))
    assert.isUndefined(regionAt(presets.Scaleway, "s3.fr-par.scw.cloud.evil.invalid"))
  })
})

describe("a missing endpoint", () => {
  const suggested = (provider: ProviderName | "", region = "") => suggestEndpoint("endpoint", { provider, region })

  it("is suggested for each vendor that has one for everybody", () => {
    const without = providerNames.filter((name) => suggested(name) === undefined)
    assert.deepStrictEqual(without, ["Ceph", "IDrive", "Minio", "Netease", "Hoody-VFS", "Other"])
    assert.strictEqual(suggested(""), "s3.us-east-1.amazonaws.com")
    assert.strictEqual(suggested("DigitalOcean"), "nyc3.digitaloceanspaces.com")
    assert.strictEqual(suggested("Petabox"), "s3.petabox.io")
    assert.strictEqual(suggested("Cloudflare", "auto"), "{account_id}.r2.cloudflarestorage.com")
  })

  it("is that of the region, known or not", () => {
    assert.strictEqual(suggested("AWS", "cn-north-1"), "s3.cn-north-1.amazonaws.com.cn")
    assert.strictEqual(suggested("AWS", "xx-new-9"), "s3.xx-new-9.amazonaws.com")
    assert.strictEqual(suggested("IONOS", "de"), "s3.eu-central-1.ionoscloud.com")
    assert.strictEqual(suggested("RackCorp", "global"), "s3.rackcorp.com")
    assert.strictEqual(suggested("Petabox", "me-south-1"), "s3.me-south-1.petabox.io")
    assert.strictEqual(suggested("Wasabi", "eu-west-2"), "s3.eu-west-2.wasabisys.com")
    assert.strictEqual(suggested("Wasabi", "us-east-1"), "s3.wasabisys.com")
  })

  it("is all that is suggested", () => {
    assert.isUndefined(suggestEndpoint("region", { provider: "AWS", region: "" }))
  })
})
