import { assert, describe, it } from "@effect/vitest"
import { Transport } from "@mooring/core"
import { blocks } from "@mooring/testkit"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { addressOf } from "../src/api/address.ts"
import { storePolicy } from "@mooring/core/Attempts"
import { makeS3Client } from "../src/api/S3Client.ts"
import { storeOf } from "../src/S3Store.ts"
import { startS3Double } from "./double/index.ts"
import { host, settingsFor } from "./openDouble.ts"

const at = (origin: string, changes = {}) => settingsFor(origin, changes)

describe("addressOf", () => {
  it("puts the bucket into the path, behind the path of the endpoint", () => {
    const settings = at("https://host:9000", { basePath: "/s3" })
    assert.deepStrictEqual(addressOf(settings, { bucket: "bucket", key: "a/../b c" }), {
      origin: "https://host:9000",
      host: "host:9000",
      hostBucket: undefined,
      path: "/s3/bucket/a/../b%20c"
    })
    assert.strictEqual(addressOf(settings, {}).path, "/s3")
    assert.strictEqual(addressOf(at("https://host"), {}).path, "/")
  })

  it("puts a bucket that is a label into the host, and others into the path", () => {
    const https = at("https://host", { pathStyle: false })
    assert.deepStrictEqual(addressOf(https, { bucket: "bucket", key: "k" }), {
      origin: "https://bucket.host",
      host: "bucket.host",
      hostBucket: "bucket",
      path: "/k"
    })
    assert.strictEqual(addressOf(https, { bucket: "bucket" }).path, "/")
    for (const bucket of ["with.dots", "Upper", "under_score", "-dash", "a:b", "x"]) {
      assert.strictEqual(addressOf(https, { bucket }).host, "host", bucket)
    }
    const http = at("http://host", { pathStyle: false })
    assert.strictEqual(addressOf(http, { bucket: "with.dots" }).host, "with.dots.host")
    assert.strictEqual(addressOf(http, { bucket: "with..dots" }).host, "host")
  })

  it("takes the way of Transfer Acceleration for all but the buckets themselves", () => {
    const settings = at("https://s3.r.invalid", { pathStyle: false, accelerated: "https://accelerate.invalid" })
    const hostOf = (place: Parameters<typeof addressOf>[1]) => addressOf(settings, place).host
    assert.strictEqual(hostOf({ method: "GET", bucket: "bucket" }), "bucket.accelerate.invalid")
    assert.strictEqual(hostOf({ method: "PUT", bucket: "bucket", key: "k" }), "bucket.accelerate.invalid")
    assert.strictEqual(hostOf({ method: "PUT", bucket: "bucket" }), "bucket.s3.r.invalid")
    assert.strictEqual(hostOf({ method: "DELETE", bucket: "bucket" }), "bucket.s3.r.invalid")
    assert.strictEqual(hostOf({ method: "GET" }), "s3.r.invalid")
  })

  it("sorts and escapes the query and leaves out what is not there", () => {
    const query = { uploadId: "a+b/c=", delimiter: "/", prefix: "\u00e9 '()*!", uploads: "", none: undefined }
    assert.strictEqual(
      addressOf(at("https://host"), { bucket: "bucket", query }).path,
      "/bucket?delimiter=%2F&prefix=%C3%A9%20%27%28%29%2A%21&uploadId=a%2Bb%2Fc%3D&uploads="
    )
  })
})

describe("buckets in host names", () => {
  it.live("are signed as they are sent", () =>
    Effect.gen(function* () {
      const double = yield* Effect.acquireRelease(
        Effect.promise(() => startS3Double({ buckets: ["bucket"] })),
        (it) => Effect.promise(() => it.close())
      )
      const context = yield* Layer.build(host)
      const { request, connectTls } = Context.get(context, Transport)
      // Not every resolver knows names below `localhost`.
      const redirected = Context.add(context, Transport, {
        connectTls,
        request: ({ origin, headers, ...rest }) =>
          request({ ...rest, origin: double.endpoint, headers: { ...headers, host: new URL(origin).host } })
      })
      const settings = settingsFor(`http://localhost:${double.port}`, { pathStyle: false })
      const client = yield* Effect.provide(makeS3Client(Effect.succeed(settings), storePolicy), redirected)
      const store = storeOf(client, settings)
      yield* store.write(["bucket", "a", "", "b c"], blocks("text"))
      assert.strictEqual((yield* store.listPage(["bucket"], { recursive: true })).entries.length, 1)
      assert.isTrue(
        double.requests.every(
          ({ headers, path }) => headers["host"]?.startsWith("bucket.") && !path.startsWith("/bucket")
        )
      )
    })
  )
})
