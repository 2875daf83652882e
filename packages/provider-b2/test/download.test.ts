import { assert, it } from "@effect/vitest"
import type { HttpRequest } from "@mooring/core/Transport"
import { objectText } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { storeOf } from "../src/B2Store.ts"
import { account, makeFake, settings, type FakeAnswer } from "./fakeService.ts"

const file = {
  "x-bz-file-id": "id",
  "x-bz-file-name": "a%20b",
  "x-bz-content-sha1": "372ea08cab33e71c02c651dbc83a474d32c676ea",
  "content-length": "4"
}

const serve =
  (download: FakeAnswer) =>
  ({ path }: HttpRequest): FakeAnswer =>
    path.endsWith("authorize_account") ? { body: account } : download

const open = Effect.fnUntraced(function* (download: FakeAnswer, changes = {}) {
  const { client, requests } = makeFake(serve(download))
  return { store: storeOf(yield* client(changes), { ...settings, ...changes }), requests }
})

it.effect("what is downloaded has the SHA-1 that the service says, or is an error", () =>
  Effect.gen(function* () {
    const { store } = yield* open({ headers: file, body: "text" })
    assert.strictEqual(yield* objectText(store, ["bucket", "a b"]), "text")
    for (const body of ["texd", "tex", "texts"]) {
      const damaged = (yield* open({ headers: file, body })).store
      assert.strictEqual((yield* Effect.flip(objectText(damaged, ["bucket", "a b"]))).reason._tag, "integrity_error")
    }
  })
)

it.effect("a range that is not the one that was asked for is an error", () =>
  Effect.gen(function* () {
    const range = { start: 1, end: 2 }
    for (const [answer, text] of [
      [{ status: 206, headers: { ...file, "content-range": "bytes 1-2/4", "content-length": "2" }, body: "ex" }, "ex"],
      [
        { status: 206, headers: { ...file, "content-range": "bytes 0-1/4", "content-length": "2" }, body: "te" },
        undefined
      ],
      [{ status: 200, headers: file, body: "text" }, undefined]
    ] as const) {
      const { store } = yield* open(answer)
      const read = yield* Effect.result(objectText(store, ["bucket", "a b"], { range }))
      if (read._tag === "Success") assert.strictEqual(read.success, text)
      else assert.deepStrictEqual([read.failure.reason._tag, text], ["integrity_error", undefined])
    }
  })
)

it.effect("another state than that of the condition, and a version of another name, are refused", () =>
  Effect.gen(function* () {
    const { store } = yield* open({ headers: file, body: "text" })
    const reasons = yield* Effect.forEach([{ ifMatch: "other" }, { ifMatch: "id" }], (options) =>
      Effect.result(objectText(store, ["bucket", "a b"], options))
    )
    assert.deepStrictEqual(
      reasons.map((one) => (one._tag === "Failure" ? one.failure.reason._tag : one.success)),
      ["precondition_failed", "text"]
    )
    const other = yield* Effect.flip(objectText(store, ["bucket", "other"], { version: "id" }))
    assert.strictEqual(other.reason._tag, "not_found")
  })
)

it.effect("download_url is where names are downloaded from and linked to; versions are read from the service", () =>
  Effect.gen(function* () {
    const { store, requests } = yield* open({ headers: file, body: "text" }, { downloadUrl: "https://cdn.test/x" })
    yield* objectText(store, ["bucket", "a b"])
    yield* store.stat(["bucket", "a b"])
    yield* objectText(store, ["bucket", "a b"], { version: "id" })
    assert.strictEqual(yield* store.publicLink!(["bucket", "a b"]), "https://cdn.test/x/file/bucket/a%20b")
    assert.deepStrictEqual(
      requests.map(({ method, origin, path }) => `${method} ${origin}${path}`),
      [
        "GET https://api.test/b2api/v4/b2_authorize_account",
        "GET https://cdn.test/x/file/bucket/a%20b",
        "HEAD https://cdn.test/x/file/bucket/a%20b",
        "GET https://f1.test/b2api/v4/b2_download_file_by_id?fileId=id",
        "HEAD https://cdn.test/x/file/bucket/a%20b"
      ]
    )
  })
)
