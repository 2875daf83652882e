import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { defaultAccessKey } from "./double/index.ts"
import { openAt, openDouble } from "./openDouble.ts"
import { rawServer } from "@mooring/testkit/faults"
import { reasonOf } from "./reasonOf.ts"

describe("check", () => {
  it.live("succeeds if the credentials are accepted, whatever they may do", () =>
    Effect.gen(function* () {
      yield* (yield* openDouble()).store.check
      yield* (yield* openDouble({}, { accessKeys: [{ ...defaultAccessKey, bucket: "b" }] })).store.check
      const { store } = yield* openDouble({}, { accessKeys: [{ ...defaultAccessKey, secretAccessKey: "another" }] })
      assert.strictEqual((yield* reasonOf(store.check))._tag, "auth_invalid")
    })
  )

  it.live("follows no redirect", () =>
    Effect.gen(function* () {
      let asked = 0
      const origin = yield* rawServer((_, response) => {
        asked += 1
        response.writeHead(301, { location: "http://127.0.0.1:1/", "x-amz-bucket-region": "eu-west-1" }).end()
      })
      const { store } = yield* openAt(origin)
      assert.strictEqual((yield* reasonOf(store.check))._tag, "wrong_region")
      assert.strictEqual(asked, 1)
    })
  )

  it.live("waits as long as the service asks", () =>
    Effect.gen(function* () {
      const times: Array<number> = []
      const origin = yield* rawServer((_, response) => {
        times.push(performance.now())
        if (times.length === 1) response.writeHead(503, { "retry-after": "1" }).end()
        else response.end("<ListAllMyBucketsResult/>")
      })
      const { store } = yield* openAt(origin)
      yield* store.check
      assert.isAtLeast((times[1] ?? 0) - (times[0] ?? 0), 950)
    })
  )
})
