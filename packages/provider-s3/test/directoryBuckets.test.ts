/**
 * Directory buckets over the double, beyond what the conformance suites ask.
 */
import { assert, describe, it } from "@effect/vitest"
import { blocks, objectBytes, pattern } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { createHash } from "node:crypto"
import { inspect } from "node:util"
import { directoryBucket, mebibyte, openDirectory } from "./openDouble.ts"
import { reasonOf } from "./reasonOf.ts"

const path = [directoryBucket("b"), "dir", "a b+c%2F\u00e9"]
const md5Of = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("hex")
const small = { chunkSize: 5 * mebibyte, uploadCutoff: 5 * mebibyte }

describe("a session with a directory bucket", () => {
  it.live("signs what is asked of objects, and the account what copies and what is asked of buckets", () =>
    Effect.gen(function* () {
      const { store, double } = yield* openDirectory()
      yield* store.write(path, blocks("text"))
      yield* store.copy!(path, [path[0]!, "copy"])
      yield* store.stat(path.slice(0, 1))
      yield* store.listPage([])
      const signers = double.requests.map(({ operation, headers }) => [operation, "x-amz-s3session-token" in headers])
      assert.deepStrictEqual(signers, [
        ["CreateSession", false],
        ["PutObject", true],
        ["HeadObject", true],
        ["CopyObject", false],
        ["HeadObject", true],
        ["HeadBucket", false],
        ["ListDirectoryBuckets", false]
      ])
      const hosts = new Set(double.requests.map(({ headers }) => headers["host"]))
      assert.deepStrictEqual([...hosts], [`${path[0]}.localhost:${double.port}`, `localhost:${double.port}`])
    })
  )

  for (const call of ["read", "stat"] as const) {
    it.live(`that the service has forgotten is begun anew at a ${call}`, () =>
      Effect.gen(function* () {
        const { store, double } = yield* openDirectory()
        yield* store.write(path, blocks("text"))
        double.endSessions()
        double.clearRequests()
        yield* call === "stat" ? store.stat(path) : Effect.scoped(Effect.asVoid(store.read(path)))
        const object = call === "stat" ? "HeadObject" : "GetObject"
        assert.deepStrictEqual(
          double.requests.map(({ operation, status, code }) => [operation, status, code]),
          [
            ["", 403, "InvalidAccessKeyId"],
            ["CreateSession", 200, undefined],
            [object, 200, undefined]
          ]
        )
      })
    )
  }

  it.live("lasts as long for a machine whose clock is off", () =>
    Effect.gen(function* () {
      for (const clockOffset of [-10 * 60_000, 10 * 60_000]) {
        const { store, operations } = yield* openDirectory({}, { clockOffset })
        yield* store.write(path, blocks("text"))
        yield* store.stat(path)
        assert.deepStrictEqual(operations(), ["CreateSession", "PutObject", "HeadObject"])
      }
    })
  )

  it.live("says how objects are encrypted, so that they do not", () =>
    Effect.gen(function* () {
      const encryption = { algorithm: "aws:kms", kmsKeyId: "key" }
      const { store, double } = yield* openDirectory({ encryption })
      yield* store.write(path, blocks("text"))
      const said = double.requests.map(({ headers }) => headers["x-amz-server-side-encryption-aws-kms-key-id"])
      assert.deepStrictEqual(said, ["key", undefined])
    })
  )

  it.live("is refused with the keys of the account, or with the bucket, which is what is said", () =>
    Effect.gen(function* () {
      const { store } = yield* openDirectory({
        credentials: { kind: "static", accessKeyId: "AKIAOTHER", secretAccessKey: Redacted.make("CANARY") }
      })
      const reason = yield* reasonOf(store.stat(path))
      assert.deepStrictEqual([reason._tag, reason.pointer], ["auth_invalid", "#/access_key_id"])
      assert.notInclude(inspect(reason, { depth: null, showHidden: true }), "CANARY")
      const { store: known } = yield* openDirectory()
      assert.strictEqual((yield* reasonOf(known.listPage([directoryBucket("missing")])))._tag, "not_found")
    })
  )

  it.live("signs in the query too", () =>
    Effect.gen(function* () {
      const { store, double } = yield* openDirectory({ presignedUploads: true })
      yield* store.write(path, blocks("text"))
      assert.include(double.requests.at(-1)?.path, "X-Amz-S3session-Token=")
      assert.notInclude(double.requests.at(-1)?.path, "X-Amz-Security-Token=")
    })
  )
})

describe("an object in a directory bucket", () => {
  it.live("goes up with its CRC-32, whole and in parts, and keeps its MD5 where it is known", () =>
    Effect.gen(function* () {
      const { store, double, operations } = yield* openDirectory(small)
      const large = pattern(6 * mebibyte)
      yield* store.write(path, blocks("text"))
      const whole = yield* store.stat(path)
      assert.deepStrictEqual(whole.kind === "object" && whole.checksums, { md5: md5Of(Buffer.from("text")) })
      const known = { size: large.byteLength, md5: md5Of(large) }
      yield* store.write(path, blocks(large), known)
      const parts = yield* store.stat(path)
      assert.deepStrictEqual(parts.kind === "object" && parts.checksums, { md5: md5Of(large) })
      yield* store.write(path, blocks(large), { size: large.byteLength })
      const unknown = yield* store.stat(path)
      assert.isUndefined(unknown.kind === "object" ? unknown.checksums : {})
      const bytes = yield* objectBytes(store, path)
      assert.isTrue(Buffer.from(large).equals(bytes))
      assert.strictEqual(operations().filter((name) => name === "UploadPart").length, 4)
      const sent = double.requests.filter(({ operation }) => /^(PutObject|UploadPart)$/.test(operation))
      for (const { headers } of sent) assert.match(headers["x-amz-checksum-crc32"] ?? "", /^[\w+/]{6}==$/)
    })
  )

  it.live("is whole or not there where a proof of it is wrong", () =>
    Effect.gen(function* () {
      const { store } = yield* openDirectory()
      const wrong = store.write(path, blocks("text"), { md5: md5Of(Buffer.from("other")) })
      assert.strictEqual((yield* reasonOf(wrong))._tag, "integrity_error")
      assert.strictEqual((yield* reasonOf(store.stat(path)))._tag, "not_found")
    })
  )

  it.live("has no versions, links, tiers and public address", () =>
    Effect.gen(function* () {
      const { store } = yield* openDirectory()
      for (const member of ["versions", "removeVersion", "presign", "publicLink", "setTier"] as const) {
        assert.isUndefined(store[member], member)
      }
      assert.strictEqual(store.limits.order, "none")
      yield* store.write(path, blocks("text"))
      assert.strictEqual((yield* reasonOf(store.read(path, { version: "null" })))._tag, "unsupported")
    })
  )
})

describe("directory buckets", () => {
  it.live("are listed in pages, those of the zone of the endpoint alone", () =>
    Effect.gen(function* () {
      const buckets = ["a--usw2-az1--x-s3", "b--usw2-az2--x-s3", "c--usw2-az1--x-s3"]
      const { store, change, settings } = yield* openDirectory({}, { buckets, pageSize: 1 })
      const all = Effect.fnUntraced(function* () {
        const names: Array<string> = []
        let cursor: string | undefined
        do {
          const page = yield* store.listPage([], { ...(cursor !== undefined && { cursor }) })
          names.push(...page.entries.map((entry) => entry.path[0]!))
          cursor = page.cursor
        } while (cursor !== undefined)
        return names
      })
      assert.deepStrictEqual(yield* all(), buckets)
      change({ directoryBuckets: { control: settings.origin, zone: "usw2-az1" } })
      assert.deepStrictEqual(yield* all(), [buckets[0]!, buckets[2]!])
      yield* store.check
    })
  )

  it.live("are made in the zone of their name", () =>
    Effect.gen(function* () {
      const { store, double } = yield* openDirectory()
      yield* store.createContainer!(["new--usw2-lax1-az1--x-s3"])
      yield* store.createContainer!(["new--usw2-lax1-az1--x-s3"])
      assert.isTrue(double.buckets.has("new--usw2-lax1-az1--x-s3"))
      const reason = yield* reasonOf(store.createContainer!(["plain"]))
      assert.deepStrictEqual([reason._tag, double.requests.length], ["invalid_name", 2])
    })
  )
})
