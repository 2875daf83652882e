import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { ObjectStore, Path } from "@mooring/core"
import { inHost, openWith } from "./host.ts"
import { blocks, objectBytes, objectText, pattern, sendPresigned } from "@mooring/testkit"
import { createHash } from "node:crypto"
import { call, config, control, openBucket, operationsOf } from "./service.ts"

const names = (entries: ReadonlyArray<{ readonly path: ReadonlyArray<string> }>) =>
  entries.map(({ path }) => path.at(-1))

/** The names of a directory, by pages of one. */
const pagedNames = Effect.fnUntraced(function* (store: ObjectStore, path: Path, recursive = false) {
  const paged: Array<string | undefined> = []
  let cursor: string | undefined
  do {
    const page = yield* store.listPage(path, { recursive, limit: 1, ...(cursor !== undefined && { cursor }) })
    paged.push(...names(page.entries))
    cursor = page.cursor
  } while (cursor !== undefined)
  return paged
})

it.live("hard_delete removes every version, and without it they stay", () =>
  Effect.gen(function* () {
    for (const [hard_delete, left] of [
      [false, 3],
      [true, 0]
    ] as const) {
      const { store, bucket, bucketId } = yield* openBucket({ hard_delete })
      yield* store.write([bucket, "object"], blocks("old"))
      yield* store.write([bucket, "object"], blocks("new"))
      yield* store.remove([bucket, "object"])
      assert.strictEqual((yield* Effect.flip(store.stat([bucket, "object"]))).reason._tag, "not_found")
      const { files } = yield* call("list_file_versions", { bucketId })
      assert.strictEqual((files as ReadonlyArray<unknown>).length, left)
    }
  }).pipe(Effect.scoped)
)

it.live("lifecycle gives new buckets a rule for hidden versions", () =>
  Effect.gen(function* () {
    const { lifecycleRules } = yield* openBucket({ lifecycle: 7 })
    assert.deepStrictEqual(lifecycleRules, [
      { daysFromHidingToDeleting: 7, daysFromUploadingToHiding: null, fileNamePrefix: "" }
    ])
    assert.deepStrictEqual((yield* openBucket()).lifecycleRules ?? [], [])
  }).pipe(Effect.scoped)
)

it.live("versions lists old versions under names of their own, which read and remove them", () =>
  Effect.gen(function* () {
    const { bucket, store: plain } = yield* openBucket()
    for (const text of ["one", "two", "three"]) yield* plain.write([bucket, "a.txt"], blocks(text))
    yield* plain.write([bucket, "b.txt"], blocks("hidden"))
    yield* plain.remove([bucket, "b.txt"])
    const store = yield* openWith({ ...config, versions: true })
    const whole = (yield* store.listPage([bucket])).entries
    assert.strictEqual(whole.length, 4)
    assert.deepStrictEqual(names(whole)[0], "a.txt")
    for (const name of names(whole).slice(1)) assert.match(name ?? "", /^[ab]-v\d{4}-\d\d-\d\d-\d{6}-\d{3}\.txt$/)
    assert.deepStrictEqual(yield* pagedNames(store, [bucket]), names(whole), "pages of one show the same")
    const texts = yield* Effect.forEach(whole, ({ path }) => objectText(store, path))
    assert.deepStrictEqual(texts, ["three", "two", "one", "hidden"])
    yield* store.remove(whole[1]!.path)
    assert.deepStrictEqual(
      names((yield* store.listPage([bucket])).entries),
      names(whole).filter((_, index) => index !== 1)
    )
  }).pipe(Effect.scoped)
)

it.live("version_at shows everything as it was, and changes nothing", () =>
  Effect.gen(function* () {
    const { bucket, store: plain } = yield* openBucket()
    yield* plain.write([bucket, "dir", "a"], blocks("one"))
    yield* plain.write([bucket, "gone"], blocks("gone"))
    const { versions } = yield* plain.versions!([bucket, "gone"])
    const time = versions[0]!.info.modified!
    yield* plain.write([bucket, "dir", "a"], blocks("two"))
    yield* plain.remove([bucket, "gone"])
    yield* plain.write([bucket, "later", "b"], blocks("later"))
    const store = yield* openWith({ ...config, version_at: new Date(time).toISOString() })
    assert.strictEqual(yield* objectText(store, [bucket, "dir", "a"]), "one")
    assert.strictEqual(yield* objectText(store, [bucket, "gone"]), "gone")
    assert.strictEqual((yield* Effect.flip(store.stat([bucket, "later"]))).reason._tag, "not_found")
    const { entries } = yield* store.listPage([bucket], { recursive: true })
    assert.deepStrictEqual(names(entries), ["a", "gone"])
    assert.deepStrictEqual(yield* pagedNames(store, [bucket], true), ["a", "gone"], "pages of one show the same")
    assert.strictEqual((yield* Effect.flip(store.remove([bucket, "gone"]))).reason._tag, "read_only")
  }).pipe(Effect.scoped)
)

it.live("version_at shows nothing that was hidden then, and a directory that is younger is none", () =>
  Effect.gen(function* () {
    const { bucket, store: plain } = yield* openBucket()
    for (const text of ["one", "two"]) yield* plain.write([bucket, "gone"], blocks(text))
    yield* plain.remove([bucket, "gone"])
    const { versions } = yield* plain.versions!([bucket, "gone"])
    for (const name of ["a", "b"]) yield* plain.write([bucket, "later", name], blocks("text"))
    yield* plain.write([bucket, "gone"], blocks("again"))
    const version_at = new Date(versions[0]!.info.modified!).toISOString()
    const store = yield* openWith({ ...config, version_at })
    assert.deepStrictEqual((yield* store.listPage([bucket], { recursive: true })).entries, [])
    for (const path of [
      [bucket, "gone"],
      [bucket, "later"]
    ]) {
      assert.strictEqual((yield* Effect.flip(store.stat(path))).reason._tag, "not_found")
    }
    assert.strictEqual((yield* Effect.flip(objectText(store, [bucket, "gone"]))).reason._tag, "not_found")
  }).pipe(Effect.scoped)
)

for (const test_mode of ["fail_some_uploads", "expire_some_account_authorization_tokens"]) {
  it.live(`test_mode ${test_mode} makes failures, and none of them is seen`, () =>
    Effect.gen(function* () {
      const { store, bucket } = yield* openBucket({ test_mode, upload_concurrency: 1 })
      const large = pattern(11_000_000)
      const operations = yield* operationsOf(
        Effect.gen(function* () {
          for (const name of ["a", "b", "c"]) yield* store.write([bucket, name], blocks(name), { size: 1 })
          yield* store.write([bucket, "large"], blocks(large), { size: large.length })
          assert.deepStrictEqual(names((yield* store.listPage([bucket])).entries), ["a", "b", "c", "large"])
        })
      )
      const asked = (operation: string) => operations.filter((one) => one === operation).length
      if (test_mode === "fail_some_uploads") assert.isAtLeast(asked("b2_upload_file") + asked("b2_upload_part"), 9)
      else assert.isAtLeast(asked("b2_authorize_account"), 2)
      assert.deepStrictEqual(yield* objectBytes(store, [bucket, "large"]), large)
    }).pipe(Effect.scoped)
  )
}

it.live("test_mode force_cap_exceeded is told as a cap", () =>
  Effect.gen(function* () {
    const { store, bucket } = yield* openBucket({ test_mode: "force_cap_exceeded" })
    const { reason } = yield* Effect.flip(store.write([bucket, "object"], blocks("text"), { size: 4 }))
    assert.deepStrictEqual([reason._tag, reason.status, reason.providerCode], ["quota_exceeded", 403, "cap_exceeded"])
    assert.include(reason.suggestion ?? "", "caps")
  }).pipe(Effect.scoped)
)

it.live("chunk_size and upload_cutoff say what goes up in parts, and in how large ones", () =>
  Effect.gen(function* () {
    const mebibyte = 1024 * 1024
    for (const [options, size, parts] of [
      [{ chunk_size: String(6 * mebibyte) }, 6 * mebibyte, 0],
      [{ chunk_size: String(6 * mebibyte) }, 12 * mebibyte, 2],
      [{ chunk_size: String(5 * mebibyte), upload_cutoff: String(12 * mebibyte) }, 12 * mebibyte, 0],
      [{ chunk_size: String(5 * mebibyte), upload_cutoff: String(12 * mebibyte) }, 12 * mebibyte + 1, 3]
    ] as const) {
      const { store, bucket } = yield* openBucket(options)
      const operations = yield* operationsOf(store.write([bucket, "object"], blocks(new Uint8Array(size)), { size }))
      assert.strictEqual(operations.filter((one) => one === "b2_upload_part").length, parts)
      assert.strictEqual(operations.includes("b2_upload_file"), parts === 0)
    }
  }).pipe(Effect.scoped)
)

it.live("disable_checksum leaves out what is known of an object that goes up, or is copied, in parts", () =>
  Effect.gen(function* () {
    const bytes = pattern(11_000_000)
    const md5 = createHash("md5").update(bytes).digest("hex")
    for (const disable_checksum of [false, true]) {
      const { store, bucket } = yield* openBucket({ disable_checksum, copy_cutoff: "5242880" })
      yield* store.write([bucket, "large"], blocks(bytes), { size: bytes.length, md5 })
      yield* store.copy!([bucket, "large"], [bucket, "copy"])
      const plain = yield* openBucket({ upload_cutoff: "20000000" })
      yield* plain.store.write([bucket, "whole"], blocks(bytes), { size: bytes.length })
      yield* store.copy!([bucket, "whole"], [bucket, "copied"])
      const { entries } = yield* store.listPage([bucket])
      assert.deepStrictEqual(
        entries.map((entry) => (entry.kind === "object" ? Object.keys(entry.checksums ?? {}) : [])),
        disable_checksum ? [[], [], [], ["sha1"]] : [["sha1"], ["md5"], ["md5"], ["sha1"]]
      )
    }
  }).pipe(Effect.scoped)
)

it.live("a public link is given out of a bucket that is public, and download_auth_duration bounds the others", () =>
  Effect.gen(function* () {
    const { store, bucket } = yield* openBucket({ download_auth_duration: 60 })
    yield* store.write([bucket, "a b"], blocks("text"))
    const { reason } = yield* Effect.flip(store.presign!([bucket, "a b"], "GET", 61))
    assert.deepStrictEqual([reason._tag, reason.pointer], ["invalid_value", "#/download_auth_duration"])
    yield* store.presign!([bucket, "a b"], "GET", 60)
    assert.strictEqual((yield* Effect.flip(store.publicLink!([bucket, "a b"]))).reason._tag, "permission_denied")
    yield* control(`publish?bucket=${bucket}`)
    const url = yield* store.publicLink!([bucket, "a b"])
    const answer = yield* inHost(sendPresigned({ method: "GET", url, headers: {}, expires: Infinity }))
    assert.strictEqual(new TextDecoder().decode(answer.body), "text")
  }).pipe(Effect.scoped)
)

it.live("a bucket that was removed and made again is found again", () =>
  Effect.gen(function* () {
    const { store, bucket } = yield* openBucket()
    const owner = yield* openWith(config)
    const anew = Effect.andThen(owner.removeContainer!([bucket]), owner.createContainer!([bucket]))
    yield* store.listPage([bucket])
    yield* anew
    assert.deepStrictEqual((yield* store.listPage([bucket])).entries, [])
    yield* anew
    const write = store.write([bucket, "object"], blocks("text"))
    assert.strictEqual((yield* Effect.flip(write)).reason._tag, "not_found", "a body is not read twice")
    yield* write
    assert.strictEqual(yield* objectText(store, [bucket, "object"]), "text")
    assert.strictEqual((yield* Effect.flip(store.removeContainer!([bucket]))).reason._tag, "not_empty")
  }).pipe(Effect.scoped)
)
