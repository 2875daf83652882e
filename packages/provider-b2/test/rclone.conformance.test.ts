import { assert, it } from "@effect/vitest"
import type { ObjectInfo, ObjectStore, Path } from "@mooring/core"
import { blocks, hostileNames, objectBytes, pattern } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { openWith } from "./host.ts"
import { makeRclone, scratchFolder } from "./rclone.ts"
import { config, openBucket } from "./service.ts"

/** A time that a file system keeps exactly, from seconds with a binary fraction. */
const modified = 1_700_000_000_500

/** What a file system can hold, and B2 too. On disk rclone takes `‛`, `␀` and `．` for its own encoding. */
const isPlain = (name: string): boolean =>
  // oxlint-disable-next-line no-control-regex -- a file system cannot hold it
  !/\0|‛|␀|^．$|^\/|\/$|\/\/|\.\.|(^|\/)\.(\/|$)/.test(name) &&
  name.split("/").every((part) => Buffer.byteLength(part) <= 250)

const names = [...new Set(hostileNames.flatMap(({ text, neighbours }) => [text, ...neighbours]).filter(isPlain))]
/** A file is not beside a directory of its name. */
const together = names.filter((name) => !names.some((other) => other.startsWith(`${name}/`)))

const contentOf = (name: string): Uint8Array =>
  name === "large" ? pattern(11 * 1024 * 1024 + 7) : Buffer.from(`at ${name}`)

const tree = [...together, "large", "empty directory/file"]

const sha1 = (bytes: Uint8Array) => createHash("sha1").update(bytes).digest("hex")
const facts = tree
  .map((name) => ({ name, modified, sha1: sha1(contentOf(name)) }))
  .toSorted((left, right) => (left.name < right.name ? -1 : 1))

const read = Effect.fnUntraced(function* (store: ObjectStore, place: Path) {
  const { entries, unaddressable } = yield* store.listPage(place, { recursive: true })
  assert.strictEqual(unaddressable, undefined)
  const objects = entries.filter((entry): entry is ObjectInfo => entry.kind === "object")
  const found = yield* Effect.forEach(objects, ({ path, modified: time }) =>
    Effect.map(objectBytes(store, path), (bytes) => ({
      name: path.slice(place.length).join("/"),
      modified: time,
      sha1: sha1(bytes)
    }))
  )
  return found.toSorted((left, right) => (left.name < right.name ? -1 : 1))
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
    yield* rclone("copy", folder, `:b2:${bucket}/up`)
    assert.deepStrictEqual(yield* read(store, [bucket, "up"]), facts)
    const large = yield* store.stat([bucket, "up", "large"])
    assert.strictEqual(
      large.kind === "object" ? large.checksums?.sha1 : "",
      sha1(contentOf("large")),
      "large_file_sha1"
    )
  }).pipe(Effect.scoped)
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
    yield* rclone("copy", `:b2:${bucket}/down`, folder)
    const found = tree.map((name) => {
      const file = join(folder, name)
      return { name, modified: statSync(file).mtimeMs, sha1: sha1(readFileSync(file)) }
    })
    assert.deepStrictEqual(
      found.toSorted((left, right) => (left.name < right.name ? -1 : 1)),
      facts
    )
  }).pipe(Effect.scoped)
)

it.live("old versions have the names that rclone gives them", () =>
  Effect.gen(function* () {
    const { store: plain, bucket } = yield* openBucket()
    for (const text of ["one", "two", "three"]) yield* plain.write([bucket, "dir", "a.tar.gz"], blocks(text))
    for (const text of ["one", "two"]) yield* plain.write([bucket, "hidden"], blocks(text))
    yield* plain.remove([bucket, "hidden"])
    const store = yield* openWith({ ...config, versions: true })
    const { entries } = yield* store.listPage([bucket], { recursive: true })
    const rclone = yield* makeRclone
    const listed = (yield* rclone("lsf", "-R", "--files-only", "--b2-versions", `:b2:${bucket}`)).toString()
    const own = entries.map(({ path }) => path.slice(1).join("/"))
    assert.strictEqual(own.length, 5)
    assert.deepStrictEqual(own.toSorted(), listed.trim().split("\n").toSorted())
  }).pipe(Effect.scoped)
)
