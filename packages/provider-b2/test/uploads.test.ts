import { assert, it } from "@effect/vitest"
import type { HttpRequest } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import { uploadFile } from "../src/api/uploads.ts"
import { finish } from "../src/largeFile.ts"
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
  ["a busy pod", { status: 503, body: { code: "service_unavailable" } }],
  ["a time-out", { status: 408, body: { code: "request_timeout" } }]
] as const) {
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
