import { assert, describe, it } from "@effect/vitest"
import { MemoryBudget } from "@mooring/core"
import { blocks, pattern } from "@mooring/testkit"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import type { ServerResponse } from "node:http"
import { storePolicy } from "@mooring/core/Attempts"
import { makeS3Client } from "../src/api/S3Client.ts"
import { storeOf } from "../src/S3Store.ts"
import { defaultAccessKey, startS3Double } from "./double/index.ts"
import { host, openAt, openDouble, settingsFor } from "./openDouble.ts"
import { rawServer } from "@mooring/testkit/faults"
import { reasonOf } from "./reasonOf.ts"

const kibibyte = 1024

describe("credentials", () => {
  it.live("that expired are tried once more if there are others by then, and else not", () =>
    Effect.gen(function* () {
      const fresh = { accessKeyId: "AKIAFRESH00000000000", secretAccessKey: "fresh" }
      const expired = { ...defaultAccessKey, sessionToken: "token", expires: 1 }
      const double = yield* Effect.acquireRelease(
        Effect.promise(() => startS3Double({ buckets: ["b"], accessKeys: [fresh, expired] })),
        (it) => Effect.promise(() => it.close())
      )
      const credentialsOf = ({ accessKeyId, secretAccessKey }: typeof fresh, sessionToken?: string) => ({
        kind: "static" as const,
        accessKeyId,
        secretAccessKey: Redacted.make(secretAccessKey),
        ...(sessionToken !== undefined && { sessionToken: Redacted.make(sessionToken) })
      })
      const old = settingsFor(double.endpoint, { credentials: credentialsOf(expired, "token") })
      const renewed = settingsFor(double.endpoint, { credentials: credentialsOf(fresh) })
      const open = (settings: Effect.Effect<typeof old>) =>
        Effect.flatMap(Layer.build(host), (context) =>
          Effect.map(Effect.provide(makeS3Client(settings, storePolicy), context), (client) => storeOf(client, old))
        )
      const swapped = yield* open(Effect.sync(() => (double.requests.length === 0 ? old : renewed)))
      assert.deepStrictEqual((yield* swapped.listPage(["b"])).entries, [])
      assert.deepStrictEqual(
        double.requests.map(({ code }) => code),
        ["ExpiredToken", undefined]
      )
      double.clearRequests()
      const kept = yield* open(Effect.succeed(old))
      assert.strictEqual((yield* reasonOf(kept.listPage(["b"])))._tag, "auth_expired")
      assert.strictEqual(double.requests.length, 1)
    })
  )

  it.live("are left out where there are none", () =>
    Effect.gen(function* () {
      const { store, double } = yield* openDouble(
        { credentials: { kind: "anonymous" } },
        { buckets: [{ name: "open", publicRead: true }] }
      )
      assert.deepStrictEqual((yield* store.listPage(["open"])).entries, [])
      assert.isUndefined(double.requests[0]?.headers["authorization"])
      assert.strictEqual((yield* reasonOf(store.write(["open", "k"], blocks("x"))))._tag, "permission_denied")
    })
  )
})

describe("memory", () => {
  it.live("is shared by all uploads, and less of it than a part is enough", () =>
    Effect.gen(function* () {
      const { double } = yield* openDouble({}, { minimumPartSize: 64 * kibibyte })
      const context = yield* Layer.build(host)
      let held = 0
      let most = 0
      const { take } = Context.get(yield* Layer.build(MemoryBudget.layer(128 * kibibyte)), MemoryBudget)
      const counting = Context.add(context, MemoryBudget, {
        take: (bytes) =>
          Effect.andThen(
            take(bytes),
            Effect.acquireRelease(
              Effect.sync(() => {
                held += bytes
                most = Math.max(most, held)
              }),
              () => Effect.sync(() => (held -= bytes))
            )
          ).pipe(Effect.asVoid)
      })
      const settings = settingsFor(double.endpoint, { chunkSize: 64 * kibibyte, uploadCutoff: 64 * kibibyte })
      const client = yield* Effect.provide(makeS3Client(Effect.succeed(settings), storePolicy), counting)
      const store = storeOf(client, settings)
      const bytes = pattern(300 * kibibyte)
      const write = (name: string) => store.write(["b", name], blocks(bytes))
      yield* Effect.forEach(["one", "two", "three"], write, { concurrency: "unbounded" })
      assert.isAtMost(most, 128 * kibibyte)
      assert.isAtLeast(most, 64 * kibibyte)
      assert.strictEqual(held, 0)
      const large = { ...settings, chunkSize: 256 * kibibyte, uploadCutoff: 256 * kibibyte }
      const other = yield* Effect.provide(makeS3Client(Effect.succeed(large), storePolicy), counting)
      assert.strictEqual((yield* storeOf(other, large).write(["b", "large"], blocks(bytes))).size, bytes.byteLength)
      assert.strictEqual(held, 0)
    })
  )
})

describe("an interruption while an upload begins", () => {
  const begun = "<InitiateMultipartUploadResult><UploadId>id</UploadId></InitiateMultipartUploadResult>"
  for (const [title, late] of [
    ["is late", true],
    ["never comes", false]
  ] as const) {
    it.live(`whose answer ${title} leaves no upload that could be aborted, and does not wait long`, () =>
      Effect.gen(function* () {
        const asked: Array<string> = []
        const held: Array<ServerResponse> = []
        const origin = yield* rawServer((request, response) => {
          asked.push(`${request.method} ${request.url}`)
          if (request.method === "DELETE") response.writeHead(204).end()
          else held.push(response)
        })
        const { store } = yield* openAt(origin, { chunkSize: 10, uploadCutoff: 10 })
        const fiber = yield* Effect.forkChild(
          store.write(["b", "k"], Stream.concat(blocks(pattern(100)), Stream.never))
        )
        while (asked.length === 0) yield* Effect.sleep(5)
        const interrupting = yield* Effect.forkChild(Fiber.interrupt(fiber), { startImmediately: true })
        if (late) held[0]?.end(begun)
        // Less than the silence that ends a call, and far more than the grace.
        const ended = yield* Effect.timeoutOption(Fiber.join(interrupting), 8_000)
        assert.strictEqual(ended._tag, "Some")
        assert.deepStrictEqual(asked, ["POST /b/k?uploads=", ...(late ? ["DELETE /b/k?uploadId=id"] : [])])
      })
    )
  }
})
