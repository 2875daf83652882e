import { assert, describe, it } from "@effect/vitest"
import type { HttpRequest } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { readClusterInfo, unknownCluster } from "../src/api/info.ts"

/** What is made of an answer, and where it was asked for. */
const infoOf = Effect.fnUntraced(function* (answer: string, storageUrl = "https://store.example.com/v1/AUTH_a") {
  const sent: Array<HttpRequest> = []
  const info = yield* Effect.scoped(
    readClusterInfo(storageUrl, (request) => {
      sent.push(request)
      return Effect.succeed({ status: 200, headers: {}, body: Stream.make(Buffer.from(answer)) })
    })
  )
  return { info, asked: sent.map(({ method, origin, path }) => `${method} ${origin}${path}`) }
})

describe("readClusterInfo", () => {
  it.effect("reads what OpenStack Swift says", () =>
    Effect.gen(function* () {
      const { info } = yield* infoOf(
        JSON.stringify({
          slo: { max_manifest_segments: 500, min_segment_size: 1 },
          bulk_delete: { max_deletes_per_request: 20 },
          object_versioning: {},
          tempurl: { methods: ["GET"], allowed_digests: ["sha256"] }
        })
      )
      assert.deepStrictEqual(info, {
        staticObjects: { maxSegments: 500, minSegment: 1 },
        bulkDelete: 20,
        versions: true,
        links: { methods: ["GET"], digests: ["sha256"] }
      })
    })
  )

  it.effect("takes static objects for none where their manifests cannot be read, and old links for SHA-1", () =>
    Effect.gen(function* () {
      const ceph = { slo: { max_manifest_segments: 1000 }, bulk_delete: {}, tempurl: { methods: ["GET", "PUT"] } }
      const { info } = yield* infoOf(JSON.stringify(ceph))
      assert.deepStrictEqual(info, {
        staticObjects: undefined,
        bulkDelete: 1000,
        versions: false,
        links: { methods: ["GET", "PUT"], digests: ["sha1"] }
      })
    })
  )

  it.effect("expects nothing of an answer that says nothing", () =>
    Effect.gen(function* () {
      for (const answer of ["{}", "<html></html>", "null", ""]) {
        assert.deepStrictEqual((yield* infoOf(answer)).info, unknownCluster, answer)
      }
    })
  )

  it.effect("asks before the version in the address", () =>
    Effect.gen(function* () {
      for (const [storageUrl, asked] of [
        ["https://store.example.com/v1/AUTH_a", "https://store.example.com/info"],
        ["https://store.example.com/swift/v1", "https://store.example.com/swift/info"],
        ["https://store.example.com:8080/v1.0/AUTH_v1", "https://store.example.com:8080/info"]
      ] as const) {
        assert.deepStrictEqual((yield* infoOf("{}", storageUrl)).asked, [`GET ${asked}`])
      }
    })
  )
})
