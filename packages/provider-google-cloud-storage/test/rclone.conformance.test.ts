import { assert, it } from "@effect/vitest"
import type { ObjectInfo, ObjectStore, Path } from "@mooring/core"
import { blocks, hostileNames, objectBytes, pattern } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { partSize } from "./host.ts"
import { makeRclone, scratchFolder } from "./rclone.ts"
import { openBucket } from "./setup.ts"

/** A time that a file system keeps exactly, from seconds with a binary fraction. */
const modified = 1_700_000_000_500

/** What a file system can hold, and Cloud Storage too. On disk rclone takes `‛`, `␀` and `．` for its own encoding. */
const isPlain = (name: string): boolean =>
  // oxlint-disable-next-line no-control-regex -- a file system cannot hold it
  !/\0|‛|␀|^．$|^\/|\/$|\/\/|\.\.|(^|\/)\.(\/|$)/.test(name)

const names = [...new Set(hostileNames.flatMap(({ text, neighbours }) => [text, ...neighbours]).filter(isPlain))]
/** A file is not beside a directory of its name. */
const together = names.filter((name) => !names.some((other) => other.startsWith(`${name}/`)))

const contentOf = (name: string): Uint8Array =>
  name === "large" ? pattern(2 * partSize + 7) : Buffer.from(`at ${name}`)

const tree = [...together, "large", "empty directory/file"]

const md5 = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("hex")
const byName = (left: { readonly name: string }, right: { readonly name: string }) => (left.name < right.name ? -1 : 1)
const facts = tree.map((name) => ({ name, modified, md5: md5(contentOf(name)) })).toSorted(byName)

const read = Effect.fnUntraced(function* (store: ObjectStore, place: Path) {
  const { entries, unaddressable } = yield* store.listPage(place, { recursive: true })
  assert.strictEqual(unaddressable, undefined)
  const objects = entries.filter((entry): entry is ObjectInfo => entry.kind === "object")
  const found = yield* Effect.forEach(objects, ({ path, modified: time }) =>
    Effect.map(objectBytes(store, path), (bytes) => ({
      name: path.slice(place.length).join("/"),
      modified: time,
      md5: md5(bytes)
    }))
  )
  return found.toSorted(byName)
})

it.live("a tree that rclone uploaded is here as it was", () =>
  Effect.gen(function* () {
    const { store, bucket } = yield* openBucket()
    const folder = yield* scratchFolder
    for (const name of tree) {
      const file = join(folder, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, contentOf(name))
      utimesSync(file, modified / 1000, modified / 1000)
    }
    const rclone = yield* makeRclone
    yield* rclone("copy", folder, `:gcs:${bucket}/up`)
    assert.deepStrictEqual(yield* read(store, [bucket, "up"]), facts)
  })
)

it.live("a tree that was uploaded here is there as it was", () =>
  Effect.gen(function* () {
    const { store, bucket } = yield* openBucket()
    for (const name of tree) {
      const bytes = contentOf(name)
      yield* store.write([bucket, "down", ...name.split("/")], blocks(bytes), { size: bytes.length, modified })
    }
    const folder = yield* scratchFolder
    const rclone = yield* makeRclone
    yield* rclone("copy", `:gcs:${bucket}/down`, folder)
    const found = tree.map((name) => {
      const file = join(folder, name)
      return { name, modified: statSync(file).mtimeMs, md5: md5(readFileSync(file)) }
    })
    assert.deepStrictEqual(found.toSorted(byName), facts)
  })
)

it.live("sizes, times, MD5 and types are the same in both listings", () =>
  Effect.gen(function* () {
    const { store, bucket } = yield* openBucket()
    for (const [index, contentType] of ["text/plain", "application/x-mooring"].entries()) {
      yield* store.write([bucket, `object ${index}`], blocks(`text ${index}`), { modified, contentType })
    }
    const rclone = yield* makeRclone
    const listed = JSON.parse(yield* rclone("lsjson", "--hash", `:gcs:${bucket}`)) as ReadonlyArray<{
      readonly Path: string
      readonly Size: number
      readonly MimeType: string
      readonly ModTime: string
      readonly Hashes: { readonly md5: string }
    }>
    const { entries } = yield* store.listPage([bucket])
    assert.deepStrictEqual(
      listed.map((one) => [one.Path, one.Size, one.MimeType, Date.parse(one.ModTime), one.Hashes.md5]),
      (entries as ReadonlyArray<ObjectInfo>).map(({ path, size, contentType, modified: time, checksums }) => [
        path.at(-1),
        size,
        contentType,
        time,
        checksums?.md5
      ])
    )
  })
)
