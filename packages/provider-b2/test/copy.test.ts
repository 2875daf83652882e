import { assert, it } from "@effect/vitest"
import type { HttpRequest } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { storeOf } from "../src/B2Store.ts"
import { account, makeFake, settings, type FakeAnswer } from "./fakeService.ts"

it.effect("as many parts are copied at once as upload_concurrency says", () =>
  Effect.gen(function* () {
    for (const uploadConcurrency of [1, 3]) {
      const { client, requests } = makeFake(({ method, path }: HttpRequest): FakeAnswer => {
        const name = path.split("/").at(-1)
        if (name === "b2_authorize_account") return { body: account }
        if (name === "b2_list_buckets") return { body: { buckets: [{ bucketId: "id", bucketName: "bucket" }] } }
        if (name === "b2_copy_part") return { never: true }
        if (method === "HEAD") return { headers: { "x-bz-file-id": "id", "content-length": "50000000" } }
        return { body: { fileId: "large", fileName: "a" } }
      })
      const changes = { uploadConcurrency }
      const store = storeOf(yield* client(changes), { ...settings, ...changes })
      const copying = yield* Effect.forkChild(store.copy!(["bucket", "a"], ["bucket", "b"]))
      yield* TestClock.adjust(1)
      const copied = requests.filter(({ path }) => path.endsWith("b2_copy_part"))
      assert.strictEqual(copied.length, uploadConcurrency)
      yield* Fiber.interrupt(copying)
      assert.isTrue(requests.at(-1)?.path.endsWith("b2_cancel_large_file"))
    }
  })
)

it.effect("a listing with old versions has no order that could be relied on", () =>
  Effect.gen(function* () {
    const client = yield* makeFake(() => ({ body: account })).client()
    const orderWith = (oldVersions: boolean) => storeOf(client, { ...settings, oldVersions }).limits.order
    assert.deepStrictEqual([orderWith(false), orderWith(true)], ["bytes", "none"])
  })
)
