import { assert, describe, it } from "@effect/vitest"
import type { Stage } from "@mooring/core/ConnectionTest"
import { layer as ambientLayer } from "@mooring/core/NodeAmbient"
import { Ambient } from "@mooring/core"
import { blocks } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as TestClock from "effect/testing/TestClock"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inspect } from "node:util"
import { makeSession } from "../src/credentials/session.ts"
import type { AmbientSource } from "../src/credentials/CredentialSource.ts"
import { S3 } from "../src/index.ts"
import type { AccessKey } from "./double/index.ts"
import { startS3Double } from "./double/index.ts"
import { fakeAmbient } from "./fakeAmbient.ts"
import { host, hostWith, settingsFor } from "./openDouble.ts"
import { reasonOf } from "./reasonOf.ts"

const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "mooring-s3-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true }))
)

const keyNamed = (name: string, more: Partial<AccessKey> = {}): AccessKey => ({
  accessKeyId: `AKIA${name}`,
  secretAccessKey: `CANARY-${name}`,
  ...more
})

const fileOf = ({ accessKeyId, secretAccessKey, sessionToken }: AccessKey) =>
  [
    "[default]",
    `aws_access_key_id = ${accessKeyId}`,
    `aws_secret_access_key = ${secretAccessKey}`,
    ...(sessionToken === undefined ? [] : [`aws_session_token = ${sessionToken}`])
  ].join("\n")

const prepared = (options: object) => {
  const backend = S3.prepare({ provider: "Minio", ...options })
  return backend.issues === undefined ? backend : assert.fail(JSON.stringify(backend.issues))
}

/** A double that knows these keys, a file with the first, and a store that was opened by the file alone. */
const openByFile = Effect.fnUntraced(function* (first: AccessKey) {
  const known = [first]
  const double = yield* Effect.acquireRelease(
    Effect.promise(() => startS3Double({ buckets: ["b"], accessKeys: known })),
    (it) => Effect.promise(() => it.close())
  )
  const path = join(yield* folder, "credentials")
  writeFileSync(path, fileOf(first))
  const backend = prepared({ endpoint: double.endpoint, shared_credentials_file: path })
  const context = yield* Layer.build(hostWith({ env: {}, allow: { folders: [join(path, "..")] } }))
  const { store } = yield* Effect.provide(backend.open, context)
  const test = Effect.provide(Effect.scoped(backend.test({})), context)
  /** The file has the new key, then the service takes it and no longer the old one. */
  const rotate = (next: AccessKey, ...kept: ReadonlyArray<AccessKey>) => {
    writeFileSync(path, fileOf(next))
    known.splice(0, known.length, next, ...kept)
  }
  return { double, store, rotate, path, known, test }
})

const text = Effect.fnUntraced(function* (body: Stream.Stream<Uint8Array, unknown>) {
  return Buffer.concat(yield* Stream.runCollect(body)).toString()
})

describe("keys that rotate under an open store", () => {
  it.live("reach everyone who reads, stats and lists at the same time, and none sees an error", () =>
    Effect.gen(function* () {
      const { store, rotate, double } = yield* openByFile(keyNamed("ONE"))
      yield* store.write(["b", "k"], blocks("text"))
      const names = ["TWO", "THREE", "FOUR"]
      for (const name of names) {
        rotate(keyNamed(name))
        double.clearRequests()
        const read = Effect.scoped(Effect.flatMap(store.read(["b", "k"]), ({ body }) => text(body)))
        const stat = Effect.map(store.stat(["b", "k"]), ({ kind }) => kind)
        const list = Effect.map(store.listPage(["b"]), ({ entries }) => entries.length)
        const calls = Array.from({ length: 8 }, () => Effect.all([read, stat, list], { concurrency: 3 }))
        const answers = yield* Effect.all(calls, { concurrency: "unbounded" })
        for (const answer of answers) assert.deepStrictEqual(answer, ["text", "object", 1])
        assert.isTrue(
          double.requests.some(({ status }) => status === 403),
          "the old key was refused"
        )
      }
    })
  )

  for (const call of ["stat", "read"] as const) {
    it.live(`are found again after a ${call} with a session that has expired, and with a key that is gone`, () =>
      Effect.gen(function* () {
        const old = keyNamed("ONE", { sessionToken: "CANARY-T1" })
        const { store, rotate, double } = yield* openByFile(old)
        const ask =
          call === "stat" ? Effect.asVoid(store.stat(["b", "k"])) : Effect.scoped(Effect.asVoid(store.read(["b", "k"])))
        yield* store.write(["b", "k"], blocks("text"))
        double.clearRequests()
        const next = keyNamed("TWO", { sessionToken: "CANARY-T2" })
        rotate(next, { ...old, expires: 1 })
        yield* ask
        rotate(keyNamed("THREE"))
        yield* ask
        assert.deepStrictEqual(
          double.requests.map(({ status, code }) => [status, code]),
          [
            [400, "ExpiredToken"],
            [200, undefined],
            [403, "InvalidAccessKeyId"],
            [200, undefined]
          ]
        )
      })
    )
  }

  it.live("are those of links that are made next", () =>
    Effect.gen(function* () {
      const { store, rotate } = yield* openByFile(keyNamed("ONE"))
      yield* store.write(["b", "k"], blocks("text"))
      rotate(keyNamed("TWO"))
      yield* store.stat(["b", "k"])
      const { url } = yield* store.presign!(["b", "k"], "GET", 60)
      assert.include(url, "AKIATWO")
      assert.strictEqual((yield* Effect.promise(() => fetch(url))).status, 200)
    })
  )

  it.live("are tried once, blamed on the option and never shown", () =>
    Effect.gen(function* () {
      const { store, double, known, path, test } = yield* openByFile(keyNamed("ONE"))
      known.splice(0)
      const refused = yield* reasonOf(store.listPage(["b"]))
      assert.deepStrictEqual([refused._tag, refused.pointer], ["auth_invalid", "#/shared_credentials_file"])
      assert.strictEqual(double.requests.length, 1)
      const stages = yield* test
      const failed = stages.find(({ outcome }) => outcome === "failed")
      assert.deepStrictEqual(
        [failed?.stage, failed?.code, failed?.pointer],
        ["authenticate", "auth_invalid", "#/shared_credentials_file"]
      )
      writeFileSync(path, "[other]\naws_access_key_id=CANARY")
      const gone = yield* reasonOf(store.listPage(["b"]))
      assert.include(gone.detail, "there is no profile default")
      const shown = inspect([store, refused, gone, stages], { depth: null, showHidden: true })
      assert.notInclude(shown + JSON.stringify([store, refused, gone, stages]), "CANARY")
    })
  )
})

describe("a session", () => {
  const source: AmbientSource = { kind: "ambient", environment: true, profile: undefined, file: undefined }
  const settings = Effect.succeed(settingsFor("http://localhost", { credentials: source }))

  it.effect("fetches once for all, anew before the end, and knows when nothing changed", () =>
    Effect.gen(function* () {
      let calls = 0
      const module = {
        fromNodeProviderChain: () => () => {
          calls += 1
          const expiration = new Date(600_000 * Math.ceil(calls / 2))
          return Promise.resolve({ accessKeyId: `AK${Math.ceil(calls / 2)}`, secretAccessKey: "s", expiration })
        }
      }
      const session = yield* makeSession(settings, fakeAmbient().door, () => Promise.resolve(module))
      const all = yield* Effect.all(
        Array.from({ length: 16 }, () => session.get),
        { concurrency: "unbounded" }
      )
      assert.strictEqual(calls, 1)
      yield* session.invalidate(all[0])
      assert.strictEqual(yield* session.get, all[0])
      assert.strictEqual(calls, 2)
      yield* TestClock.adjust(539_000)
      assert.strictEqual((yield* session.get)?.accessKeyId, "AK1")
      yield* TestClock.adjust(2_000)
      assert.strictEqual((yield* session.get)?.accessKeyId, "AK2")
      assert.strictEqual(calls, 3)
    })
  )

  it.effect("loads nothing where policy denies the environment", () =>
    Effect.gen(function* () {
      const load = () => assert.fail("is loaded")
      for (const allow of ["none", { folders: ["/"] }] as const) {
        const denying = yield* Effect.provide(Ambient, ambientLayer({ env: { AWS_PROFILE: "p" }, allow }))
        for (const profile of [undefined, "p"]) {
          const from = Effect.succeed(settingsFor("http://localhost", { credentials: { ...source, profile } }))
          const reason = yield* reasonOf((yield* makeSession(from, denying, load)).get)
          const pointer = profile === undefined ? "#/env_auth" : "#/profile"
          assert.deepStrictEqual([reason._tag, reason.pointer], ["ambient_credentials_forbidden", pointer])
        }
      }
    })
  )

  it.live("that policy denies fails the connection test at its option, with nothing sent", () =>
    Effect.gen(function* () {
      const outcomeOf = ({ stage, outcome, code, pointer }: Stage) => [stage, outcome, code, pointer]
      const asks = [
        [{ env_auth: true }, "ambient_credentials_forbidden", "#/env_auth"],
        [{ profile: "p" }, "ambient_credentials_forbidden", "#/profile"],
        [{ shared_credentials_file: "/etc/passwd" }, "server_path_forbidden", "#/shared_credentials_file"]
      ] as const
      for (const [options, code, pointer] of asks) {
        const backend = prepared({ endpoint: "http://127.0.0.1:1", ...options })
        assert.deepStrictEqual(
          backend.dangers.map((danger) => danger.pointer),
          ["#/endpoint", pointer]
        )
        const stages = yield* Effect.provide(Effect.scoped(backend.test({ write: true })), host)
        assert.deepStrictEqual(stages.map(outcomeOf), [
          ...["resolve", "connect", "tls"].map((stage) => [stage, "skipped", undefined, undefined]),
          ["authenticate", "failed", code, pointer],
          ...["list", "read", "write"].map((stage) => [stage, "skipped", undefined, undefined])
        ])
      }
    })
  )
})
