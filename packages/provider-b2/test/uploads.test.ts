import { assert, it } from "@effect/vitest"
import { StorageError } from "@mooring/core"
import type { HttpRequest } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as TestClock from "effect/testing/TestClock"
import { listBuckets, uploadFile, uploadPart } from "../src/B2Api.ts"
import { finish, withLargeFile } from "../src/largeFile.ts"
import { account, makeFake, type FakeAnswer } from "./fakeService.ts"

/** Answers by the last part of the path; those of a list are given in turn, the last again and again. */
const service = (answers: Readonly<Record<string, ReadonlyArray<FakeAnswer>>>) => {
  const turns = new Map<string, number>()
  return ({ path }: HttpRequest): FakeAnswer => {
    const name = path.split("/").at(-1) ?? ""
    if (name === "b2_authorize_account") return { body: account }
    const given = answers[name] ?? []
    const turn = turns.get(name) ?? 0
    turns.set(name, turn + 1)
    return given[Math.min(turn, given.length - 1)] ?? { status: 404 }
  }
}

const operations = (requests: ReadonlyArray<HttpRequest>) => requests.map(({ path }) => path.split("/").at(-1))

const file = {
  fileName: "a b/é",
  contentType: "b2/x-auto",
  fileInfo: { colour: "Grüße" },
  sha1: "0",
  body: new Uint8Array(1)
}
const stored = { fileName: "a", fileId: "id", action: "upload" }

for (const [title, failure] of [
  ["an expired token of it", { status: 401, body: { code: "expired_auth_token" } }],
  ["a bad token of it", { status: 401, body: { code: "bad_auth_token" } }],
  ["a busy pod", { status: 503, body: { code: "service_unavailable" } }],
  ["a broken pod", { status: 500, body: { code: "internal_error" } }],
  ["a gateway without its pod", { status: 502, body: "<html></html>" }],
  ["a time-out", { status: 408, body: { code: "request_timeout" } }],
  ["too many requests", { status: 429, body: { code: "too_many_requests" } }],
  ["a connection that is refused", { fails: StorageError.of("connect_refused", "nobody listens") }],
  ["a connection that breaks", { fails: StorageError.of("provider_unavailable", "the connection broke") }],
  ["an answer that does not come", { fails: StorageError.of("timeout", "there was no answer") }]
] as ReadonlyArray<readonly [string, FakeAnswer]>) {
  it.live(`${title} makes an upload go to another URL, and the account is not authorised anew`, () =>
    Effect.gen(function* () {
      const { client: open, requests } = makeFake(
        service({
          b2_get_upload_url: [1, 2].map((number) => ({
            body: { uploadUrl: `https://pod${number}.test/upload`, authorizationToken: `upload ${number}` }
          })),
          upload: [failure, { body: stored }]
        })
      )
      const client = yield* open()
      yield* client.repeated(uploadFile(client, "bucket", file))
      assert.deepStrictEqual(operations(requests), [
        "b2_authorize_account",
        "b2_get_upload_url",
        "upload",
        "b2_get_upload_url",
        "upload"
      ])
      const { origin, headers = {} } = requests.at(-1)!
      assert.strictEqual(origin, "https://pod2.test")
      assert.deepStrictEqual(
        [headers["authorization"], headers["x-bz-file-name"], headers["x-bz-info-colour"]],
        ["upload 2", "a%20b/%C3%A9", "Gr%C3%BC%C3%9Fe"]
      )
    })
  )
}

/** Of a URL for each call that asks for one. */
const urls = Array.from({ length: 4 }, (_, index) => ({
  body: { uploadUrl: `https://pod${index}.test/upload`, authorizationToken: `upload ${index}` }
}))

it.effect("a URL with which an upload was refused, or given up, is not used again", () =>
  Effect.gen(function* () {
    const { client: open, requests } = makeFake(
      service({
        b2_get_upload_url: urls,
        upload: [{ status: 400, body: { code: "bad_request" } }, { never: true }, { body: stored }]
      })
    )
    const client = yield* open()
    const upload = client.repeated(uploadFile(client, "bucket", file))
    assert.strictEqual((yield* Effect.flip(upload)).reason._tag, "invalid_value")
    const given = yield* Effect.forkChild(upload)
    yield* TestClock.adjust(1)
    yield* Fiber.interrupt(given)
    yield* upload
    yield* upload
    const sent = requests.filter(({ path }) => path === "/upload").map(({ origin }) => origin)
    assert.deepStrictEqual(sent, ["https://pod0.test", "https://pod1.test", "https://pod2.test", "https://pod2.test"])
  })
)

it.effect("a body that exists once has a new URL, which others use after it", () =>
  Effect.gen(function* () {
    const { client: open, requests } = makeFake(service({ b2_get_upload_url: urls, upload: [{ body: stored }] }))
    const client = yield* open()
    const upload = (fresh = false) => client.repeated(uploadFile(client, "bucket", file, fresh))
    yield* upload()
    yield* upload(true)
    yield* upload()
    const sent = requests.filter(({ path }) => path === "/upload").map(({ origin }) => origin)
    assert.deepStrictEqual(sent, ["https://pod0.test", "https://pod1.test", "https://pod1.test"])
  })
)

it.effect("a call that is to be made later is made then", () =>
  Effect.gen(function* () {
    for (const status of [429, 503]) {
      const later = { status, headers: { "retry-after": "7" }, body: { code: "too_many_requests" } }
      const { client: open, requests } = makeFake(service({ b2_list_buckets: [later, { body: { buckets: [] } }] }))
      const client = yield* open()
      const listed = yield* Effect.forkChild(client.repeated(listBuckets(client)))
      yield* TestClock.adjust(6999)
      assert.deepStrictEqual(operations(requests), ["b2_authorize_account", "b2_list_buckets"])
      yield* TestClock.adjust(1)
      assert.deepStrictEqual(yield* Fiber.join(listed), [])
    }
  })
)

it.effect("a file that is finished or cancelled needs no URLs any more", () =>
  Effect.gen(function* () {
    for (const after of [Effect.void, Effect.fail(StorageError.of("integrity_error", "the body broke"))]) {
      const { client: open } = makeFake(
        service({
          b2_start_large_file: [{ body: { fileId: "id" } }],
          b2_get_upload_part_url: urls,
          upload: [{ body: {} }],
          b2_finish_large_file: [{ body: stored }],
          b2_cancel_large_file: [{}]
        })
      )
      const client = yield* open()
      const part = { number: 1, body: new Uint8Array(1), sha1: "0" }
      const to = { bucketId: "bucket", fileName: "a" }
      yield* Effect.result(
        withLargeFile(client, to, { contentType: "b2/x-auto", fileInfo: {} }, (fileId) =>
          Effect.as(Effect.andThen(client.repeated(uploadPart(client, fileId, part)), after), [part])
        )
      )
      assert.isUndefined(client.uploadUrls.take(yield* client.authorization, "id"))
    }
  })
)

it.effect("no bytes go to an upload URL without TLS that a service with TLS gave", () =>
  Effect.gen(function* () {
    const { client: open, requests } = makeFake(
      service({ b2_get_upload_url: [{ body: { uploadUrl: "http://pod.test/upload", authorizationToken: "t" } }] })
    )
    const client = yield* open()
    const { reason } = yield* Effect.flip(client.repeated(uploadFile(client, "bucket", file)))
    assert.strictEqual(reason._tag, "not_a_storage_endpoint")
    assert.notInclude(operations(requests), "upload")
  })
)

const twice = { status: 400, body: { code: "bad_request" } }

it.effect("a file that was finished by a call whose answer was lost is finished", () =>
  Effect.gen(function* () {
    for (const [action, tag] of [
      ["upload", undefined],
      ["start", "invalid_value"]
    ]) {
      const { client: open } = makeFake(
        service({ b2_finish_large_file: [twice], b2_get_file_info: [{ body: { ...stored, action } }] })
      )
      const result = yield* Effect.result(finish(yield* open(), "id", [{ number: 1, sha1: "0" }]))
      assert.strictEqual(result._tag === "Failure" ? result.failure.reason._tag : undefined, tag)
    }
  })
)

it.effect("parts go in the order of their numbers, and a gap is refused before anything is sent", () =>
  Effect.gen(function* () {
    const { client: open, requests } = makeFake(service({ b2_finish_large_file: [{ body: stored }] }))
    const client = yield* open()
    const parts = [2, 1, 3].map((number) => ({ number, sha1: `sha1 ${number}` }))
    yield* finish(client, "id", parts)
    const sent = requests.at(-1)!.body
    assert.deepStrictEqual(sent instanceof Uint8Array ? JSON.parse(Buffer.from(sent).toString()) : undefined, {
      fileId: "id",
      partSha1Array: ["sha1 1", "sha1 2", "sha1 3"]
    })
    const before = requests.length
    for (const wrong of [[], parts.slice(0, 1), [...parts, { number: 3, sha1: "again" }]]) {
      assert.strictEqual((yield* Effect.flip(finish(client, "id", wrong))).reason._tag, "invalid_value")
    }
    assert.strictEqual(requests.length, before)
  })
)
