/**
 * Versions that come in pages, of which the simulator would need a thousand.
 */
import { assert, it } from "@effect/vitest"
import type { HttpRequest } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import { storeOf } from "../src/B2Store.ts"
import { account, makeFake, settings, type FakeAnswer } from "./fakeService.ts"

const version = (fileId: string, uploadTimestamp: number, fileName = "a", action = "upload") => ({
  fileId,
  fileName,
  action,
  uploadTimestamp,
  contentLength: 1
})

/** Two pages; the second begins with `startFileId`. */
const pages = [
  { files: [version("4", 4), version("3", 3, "a", "hide")], nextFileName: "a", nextFileId: "2" },
  {
    files: [version("2", 2), version("0", 0, "a", "start"), version("1", 1), version("9", 9, "ab")],
    nextFileName: "abc",
    nextFileId: "8"
  }
]

const bodyOf = ({ body }: HttpRequest): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(body as Uint8Array).toString())

const open = Effect.fnUntraced(function* (changes: Partial<typeof settings>) {
  const { client, requests } = makeFake((request): FakeAnswer => {
    const name = request.path.split("/").at(-1)
    if (name === "b2_authorize_account") return { body: account }
    if (name === "b2_list_buckets") return { body: { buckets: [{ bucketId: "id", bucketName: "bucket" }] } }
    if (name !== "b2_list_file_versions") return {}
    return { body: pages[bodyOf(request)["startFileId"] === "2" ? 1 : 0] }
  })
  const store = storeOf(yield* client(changes), { ...settings, ...changes })
  const sent = (name: string) => requests.filter(({ path }) => path.endsWith(name)).map(bodyOf)
  return { store, sent }
})

it.effect("hard_delete removes every version of exactly this name, on every page, the newest last", () =>
  Effect.gen(function* () {
    const { store, sent } = yield* open({ hardDelete: true })
    yield* store.remove(["bucket", "a"])
    assert.deepStrictEqual(
      sent("b2_delete_file_version"),
      ["1", "2", "3", "4"].map((fileId) => ({ fileName: "a", fileId }))
    )
  })
)

it.effect("versions are shown page by page, of which the first has the current one", () =>
  Effect.gen(function* () {
    const { store } = yield* open({})
    const first = yield* store.versions!(["bucket", "a"])
    const second = yield* store.versions!(["bucket", "a"], { cursor: first.cursor ?? "" })
    assert.deepStrictEqual(
      [...first.versions, ...second.versions].map(({ id, current, deleted }) => [id, current, deleted]),
      [
        ["4", true, false],
        ["3", false, true],
        ["2", false, false],
        ["1", false, false]
      ]
    )
    assert.isUndefined(second.cursor)
    const { reason } = yield* Effect.flip(store.versions!(["bucket", "a"], { cursor: "{}" }))
    assert.strictEqual(reason._tag, "invalid_value")
  })
)

it.effect("version_at looks for its moment on every page", () =>
  Effect.gen(function* () {
    const asked = Effect.fnUntraced(function* (versionAt: number) {
      const { store, sent } = yield* open({ versionAt })
      yield* Effect.result(store.read(["bucket", "a"]))
      return sent("b2_list_file_versions").length
    })
    assert.deepStrictEqual([yield* asked(4), yield* asked(3), yield* asked(2), yield* asked(0)], [1, 1, 2, 2])
  }).pipe(Effect.scoped)
)

it.effect("version_at finds a directory of which the first page is younger", () =>
  Effect.gen(function* () {
    const { client } = makeFake((request): FakeAnswer => {
      const name = request.path.split("/").at(-1)
      if (name === "b2_authorize_account") return { body: account }
      if (name === "b2_list_buckets") return { body: { buckets: [{ bucketId: "id", bucketName: "bucket" }] } }
      const { startFileId, prefix } = bodyOf(request)
      if (prefix !== "dir/") return { body: { files: [] } }
      const old = { files: [version("1", 1, "dir/b")] }
      return {
        body:
          startFileId === "1"
            ? old
            : { ...old, files: [version("2", 9, "dir/a")], nextFileName: "dir/b", nextFileId: "1" }
      }
    })
    const at = { versionAt: 1 }
    const store = storeOf(yield* client(at), { ...settings, ...at })
    assert.strictEqual((yield* store.stat(["bucket", "dir"])).kind, "directory")
  })
)
