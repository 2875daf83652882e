/**
 * All that a store does with a service, once, under names that are hard to sign.
 */
import { assert } from "@effect/vitest"
import type { ObjectStore, Path, PresignedRequest, StorageError } from "@mooring/core"
import { blocks, objectBytes, objectText, pattern } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { mebibyte } from "./openDouble.ts"

type Send = (
  request: PresignedRequest,
  body?: Uint8Array
) => Effect.Effect<{ readonly status: number; readonly body: Uint8Array }, StorageError>

const hostile = ["a b+c%2F&=?#\u00e9", "~'()*!,;:@$", "\u65e5\u672c\u{1f600}", "x=y&acl&uploadId=1"]

/**
 * Writes, reads, lists, copies, presigns and removes in a directory of a bucket that has nothing else, whole and in
 * parts: of a store that sends what has more than 5 MiB in parts of 5 MiB. Gives the links that it made.
 */
export const everyCall = Effect.fnUntraced(function* (store: ObjectStore, place: Path, send: Send) {
  const urls: Array<string> = []
  const names = yield* Effect.forEach(
    hostile,
    Effect.fnUntraced(function* (name) {
      const path = [...place, name]
      yield* store.write(path, blocks(name), { contentType: "text/plain", metadata: { colour: "blue" } })
      assert.strictEqual(yield* objectText(store, path), name)
      assert.strictEqual((yield* store.stat(path)).kind, "object")
      const get = yield* store.presign!(path, "GET", 60)
      urls.push(get.url)
      assert.strictEqual(Buffer.from((yield* send(get)).body).toString(), name)
      const put = yield* store.presign!(path, "PUT", 60)
      assert.strictEqual((yield* send(put, Buffer.from("put"))).status, 200)
      assert.strictEqual(yield* objectText(store, path), "put")
      return name
    })
  )
  const listed = yield* store.listPage(place)
  assert.sameMembers(
    listed.entries.map(({ path }) => path.at(-1)),
    names
  )
  const large = pattern(6 * mebibyte)
  const [source, copy] = [
    [...place, "large +"],
    [...place, "copy ?"]
  ] as const
  yield* store.write(source, blocks(large))
  yield* store.copy!(source, copy)
  assert.isTrue(Buffer.from(large).equals(yield* objectBytes(store, copy)))
  yield* store.copy!([...place, hostile[0]!], [...place, "small"])
  assert.deepStrictEqual((yield* store.listUploads!(place.slice(0, 1))).uploads, [])
  yield* store.remove([...place, "small"])
  yield* store.removeMany!([...names.map((name) => [...place, name]), source, copy])
  assert.deepStrictEqual((yield* store.listPage(place.slice(0, 1), { recursive: true })).entries, [])
  return urls
})
