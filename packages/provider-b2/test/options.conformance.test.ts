import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { bodyOf, textAt } from "./bodies.ts"
import { inHost, openWith } from "./host.ts"
import { sendPresigned } from "@mooring/testkit"
import { call, config, control, openBucket } from "./service.ts"

const names = (entries: ReadonlyArray<{ readonly path: ReadonlyArray<string> }>) =>
  entries.map(({ path }) => path.at(-1))

it.live("hard_delete removes every version, and without it they stay", () =>
  Effect.gen(function* () {
    for (const [hard_delete, left] of [
      [false, 3],
      [true, 0]
    ] as const) {
      const { store, bucket, bucketId } = yield* openBucket({ hard_delete })
      yield* store.write([bucket, "object"], bodyOf("old"))
      yield* store.write([bucket, "object"], bodyOf("new"))
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
    for (const text of ["one", "two", "three"]) yield* plain.write([bucket, "a.txt"], bodyOf(text))
    yield* plain.write([bucket, "b.txt"], bodyOf("hidden"))
    yield* plain.remove([bucket, "b.txt"])
    const store = yield* openWith({ ...config, versions: true })
    const whole = (yield* store.listPage([bucket])).entries
    assert.strictEqual(whole.length, 4)
    assert.deepStrictEqual(names(whole)[0], "a.txt")
    for (const name of names(whole).slice(1)) assert.match(name ?? "", /^[ab]-v\d{4}-\d\d-\d\d-\d{6}-\d{3}\.txt$/)
    const paged: Array<string | undefined> = []
    let cursor: string | undefined
    do {
      const page = yield* store.listPage([bucket], { limit: 1, ...(cursor !== undefined && { cursor }) })
      paged.push(...names(page.entries))
      cursor = page.cursor
    } while (cursor !== undefined)
    assert.deepStrictEqual(paged, names(whole), "pages of one show the same")
    const texts = yield* Effect.forEach(whole, ({ path }) => textAt(store, path))
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
    yield* plain.write([bucket, "dir", "a"], bodyOf("one"))
    yield* plain.write([bucket, "gone"], bodyOf("gone"))
    const { versions } = yield* plain.versions!([bucket, "gone"])
    const time = versions[0]!.info.modified!
    yield* plain.write([bucket, "dir", "a"], bodyOf("two"))
    yield* plain.remove([bucket, "gone"])
    yield* plain.write([bucket, "later", "b"], bodyOf("later"))
    const store = yield* openWith({ ...config, version_at: new Date(time).toISOString() })
    assert.strictEqual(yield* textAt(store, [bucket, "dir", "a"]), "one")
    assert.strictEqual(yield* textAt(store, [bucket, "gone"]), "gone")
    assert.strictEqual((yield* Effect.flip(store.stat([bucket, "later"]))).reason._tag, "not_found")
    const { entries } = yield* store.listPage([bucket], { recursive: true })
    assert.deepStrictEqual(names(entries), ["a", "gone"])
    assert.strictEqual((yield* Effect.flip(store.remove([bucket, "gone"]))).reason._tag, "read_only")
  }).pipe(Effect.scoped)
)

it.live("a public link is given out of a bucket that is public, and download_auth_duration bounds the others", () =>
  Effect.gen(function* () {
    const { store, bucket } = yield* openBucket({ download_auth_duration: 60 })
    yield* store.write([bucket, "a b"], bodyOf("text"))
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
    const write = store.write([bucket, "object"], bodyOf("text"))
    assert.strictEqual((yield* Effect.flip(write)).reason._tag, "not_found", "a body is not read twice")
    yield* write
    assert.strictEqual(yield* textAt(store, [bucket, "object"]), "text")
    assert.strictEqual((yield* Effect.flip(store.removeContainer!([bucket]))).reason._tag, "not_empty")
  }).pipe(Effect.scoped)
)
