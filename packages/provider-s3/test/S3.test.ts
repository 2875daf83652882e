import { assert, describe, it } from "@effect/vitest"
import { capabilitiesOf } from "@mooring/core"
import { blocks } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import plugin, { S3 } from "../src/index.ts"
import { defaultAccessKey, startS3Double } from "./double/index.ts"
import { host } from "./openDouble.ts"
import { reasonOf } from "./reasonOf.ts"

const { accessKeyId, secretAccessKey } = defaultAccessKey
const configFor = (endpoint: string, changes = {}) => ({
  provider: "Minio",
  endpoint,
  access_key_id: accessKeyId,
  secret_access_key: secretAccessKey,
  ...changes
})

describe("S3", () => {
  it("is the package's default, and describes itself as plain data", () => {
    assert.strictEqual(plugin, S3)
    assert.strictEqual(S3.id, "s3")
    assert.doesNotThrow(() => structuredClone(S3.describe()))
  })

  it.live("opens a store from options, and swaps its credentials and nothing else", () =>
    Effect.gen(function* () {
      const double = yield* Effect.acquireRelease(
        Effect.promise(() => startS3Double({ buckets: ["b"] })),
        (it) => Effect.promise(() => it.close())
      )
      const prepared = S3.prepare(configFor(double.endpoint))
      if (prepared.issues !== undefined) return assert.fail(JSON.stringify(prepared.issues))
      assert.notInclude(JSON.stringify(prepared), secretAccessKey)
      const { store, replace } = yield* Effect.provide(prepared.open, yield* Layer.build(host))
      yield* store.write(["b", "k"], blocks("text"))
      assert.isFalse(yield* replace(configFor(double.endpoint, { chunk_size: "8Mi" })))
      assert.isTrue(yield* replace(configFor(double.endpoint, { secret_access_key: "another" })))
      assert.strictEqual((yield* reasonOf(store.stat(["b", "k"])))._tag, "permission_denied")
      assert.strictEqual((yield* reasonOf(store.listPage(["b"])))._tag, "auth_invalid")
      assert.isTrue(yield* replace(configFor(double.endpoint)))
      assert.strictEqual((yield* store.stat(["b", "k"])).kind, "object")
    })
  )

  it.live("promises what it has", () =>
    Effect.gen(function* () {
      const prepared = S3.prepare(configFor("http://localhost"))
      if (prepared.issues !== undefined) return assert.fail(JSON.stringify(prepared.issues))
      const { store } = yield* Effect.provide(prepared.open, yield* Layer.build(host))
      const { members, limits } = capabilitiesOf(store)
      const present = Object.entries(members).filter(([, has]) => has)
      assert.deepStrictEqual(present.map(([name]) => name).toSorted(), [
        "abortUpload",
        "copy",
        "createContainer",
        "listUploads",
        "openUpload",
        "presign",
        "publicLink",
        "removeContainer",
        "removeMany",
        "removeVersion",
        "resumeUpload",
        "setModified",
        "setTier",
        "versions"
      ])
      assert.deepStrictEqual(
        [limits.validator, limits.order, limits.atomicWrite, limits.maxKey],
        ["strong", "bytes", true, 1024]
      )
    })
  )
})
