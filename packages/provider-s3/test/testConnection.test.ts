import { assert, describe, it } from "@effect/vitest"
import type { Stage, TestOptions } from "@mooring/core/ConnectionTest"
import { blocks } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import type { StaticSource } from "../src/credentials/CredentialSource.ts"
import type { S3Settings } from "../src/S3Settings.ts"
import { testConnection } from "../src/testConnection.ts"
import { defaultAccessKey, type S3DoubleOptions } from "./double/index.ts"
import { host, openDouble, settingsFor } from "./openDouble.ts"
import { rawServer } from "@mooring/testkit/faults"

const tested = (settings: S3Settings, options: TestOptions = {}) =>
  Effect.provide(Effect.scoped(testConnection(settings, options)), host)

const outcomes = (stages: ReadonlyArray<Stage>) => stages.map(({ stage, outcome }) => `${stage} ${outcome}`)
const failed = (stages: ReadonlyArray<Stage>) => stages.find(({ outcome }) => outcome === "failed")
const base = ["resolve passed", "connect passed", "tls skipped"]

const doubleTest = Effect.fnUntraced(function* (
  changes: Partial<S3Settings> = {},
  options: TestOptions = {},
  double: S3DoubleOptions = {}
) {
  const opened = yield* openDouble(changes, double)
  return yield* tested(opened.settings, options)
})

describe("testConnection", () => {
  it.live("passes what it can without a place, and reads and writes nothing", () =>
    Effect.gen(function* () {
      const { settings, operations } = yield* openDouble()
      assert.deepStrictEqual(outcomes(yield* tested(settings)), [
        ...base,
        "authenticate passed",
        "list passed",
        "read skipped"
      ])
      assert.deepStrictEqual(operations(), ["ListBuckets"])
    })
  )

  it.live("reads a byte of what is at the place, and writes and removes when asked", () =>
    Effect.gen(function* () {
      const { settings, store, operations, double } = yield* openDouble()
      yield* store.write(["b", "dir", "object"], blocks("text"))
      double.clearRequests()
      const stages = yield* tested(settings, { at: ["b", "dir"], write: true })
      assert.deepStrictEqual(outcomes(stages), [
        ...base,
        "authenticate passed",
        "list passed",
        "read passed",
        "write passed"
      ])
      assert.deepStrictEqual(operations(), ["ListObjectsV2", "GetObject", "PutObject", "DeleteObject"])
      const { entries } = yield* store.listPage(["b"], { recursive: true })
      assert.deepStrictEqual(
        entries.map(({ path }) => path),
        [["b", "dir", "object"]]
      )
    })
  )

  it.live("leaves list unverified for a key that may not list all buckets, and lists at the place", () =>
    Effect.gen(function* () {
      const keys = { accessKeys: [{ ...defaultAccessKey, bucket: "b" }] }
      assert.deepStrictEqual(outcomes(yield* doubleTest({}, {}, keys)), [
        ...base,
        "authenticate passed",
        "list unverified",
        "read skipped"
      ])
      const stages = yield* doubleTest({}, { at: ["b"] }, keys)
      assert.deepStrictEqual(outcomes(stages), [...base, "authenticate passed", "list passed", "read skipped"])
    })
  )

  it.live("a refused listing at the place is a failure", () =>
    Effect.gen(function* () {
      const keys = { accessKeys: [{ ...defaultAccessKey, bucket: "other" }] }
      const stages = yield* doubleTest({}, { at: ["b"], write: true }, keys)
      assert.deepStrictEqual(outcomes(stages), [
        ...base,
        "authenticate passed",
        "list failed",
        "read skipped",
        "write skipped"
      ])
      assert.strictEqual(failed(stages)?.code, "permission_denied")
    })
  )

  it.live("names the option to blame", () =>
    Effect.gen(function* () {
      const { settings } = yield* openDouble()
      const credentials = settings.credentials as StaticSource
      const unknown = failed(
        yield* tested({ ...settings, credentials: { ...credentials, accessKeyId: "AKIAUNKNOWN" } })
      )
      assert.deepStrictEqual(
        [unknown?.stage, unknown?.code, unknown?.pointer],
        ["authenticate", "auth_invalid", "#/access_key_id"]
      )
      assert.isDefined(unknown?.requestId)
      const other = yield* openDouble({}, { accessKeys: [{ ...defaultAccessKey, secretAccessKey: "another" }] })
      const secret = failed(yield* tested(other.settings))
      assert.deepStrictEqual([secret?.code, secret?.pointer], ["auth_invalid", "#/secret_access_key"])
      const missing = failed(yield* tested(settings, { at: ["missing"] }))
      assert.deepStrictEqual([missing?.stage, missing?.code], ["list", "not_found"])
      assert.isTrue([unknown, secret, missing].every((stage) => stage?.suggestion !== undefined))
    })
  )

  it.live("names the right region, and measures a skewed clock", () =>
    Effect.gen(function* () {
      const wrong = failed(yield* doubleTest({ region: "us-west-2" }))
      assert.deepStrictEqual([wrong?.code, wrong?.pointer], ["wrong_region", "#/region"])
      assert.include(wrong?.suggestion ?? "", "us-east-1")
      const far = yield* doubleTest({}, { at: ["far"] }, { buckets: [{ name: "far", region: "eu-west-1" }] })
      assert.include(failed(far)?.suggestion ?? "", "eu-west-1")
      const skewed = failed(yield* doubleTest({}, {}, { clockOffset: 3_600_000 }))
      assert.strictEqual(skewed?.code, "clock_skew")
      assert.match(skewed?.detail ?? "", /\d/)
    })
  )

  it.live("says at which stage there is no service", () =>
    Effect.gen(function* () {
      const closed = yield* tested(settingsFor("http://127.0.0.1:1"))
      assert.deepStrictEqual(outcomes(closed), [
        "resolve passed",
        "connect failed",
        "tls skipped",
        "authenticate skipped",
        "list skipped",
        "read skipped"
      ])
      assert.strictEqual(failed(closed)?.pointer, "#/endpoint")
      const unknown = yield* tested(settingsFor("http://nowhere.invalid"))
      assert.deepStrictEqual(outcomes(unknown).slice(0, 2), ["resolve failed", "connect skipped"])
      for (const status of [200, 404]) {
        const origin = yield* rawServer((_, response) =>
          response.writeHead(status).end("<html><body>Welcome</body></html>")
        )
        const page = failed(yield* tested(settingsFor(origin)))
        assert.deepStrictEqual(
          [page?.stage, page?.code, page?.pointer],
          ["authenticate", "not_a_storage_endpoint", "#/endpoint"]
        )
      }
    })
  )

  it.live("verifies nothing of credentials that are not there", () =>
    Effect.gen(function* () {
      const stages = yield* doubleTest(
        { credentials: { kind: "anonymous" } },
        { at: ["open"] },
        { buckets: [{ name: "open", publicRead: true }] }
      )
      assert.deepStrictEqual(outcomes(stages), [...base, "authenticate unverified", "list passed", "read skipped"])
    })
  )
})
