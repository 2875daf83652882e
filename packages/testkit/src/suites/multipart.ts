/**
 * Uploads in parts: boundaries, and that nothing stays behind.
 */
import type { PendingUpload } from "@mooring/core/ObjectStore"
import { Path } from "@mooring/core/Path"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import * as assert from "node:assert/strict"
import { blocks, failing, hanging, pattern, sourceError } from "../bodies.ts"
import { member, parts } from "../needs.ts"
import { promise } from "../promise.ts"
import { absent, at, bytesAt, eventually, holds, put, refusal, within } from "../steps.ts"
import type { Site, Suite, SuiteTest } from "../Suite.ts"

const shown = [parts, member("listUploads")]

const pending = Effect.fnUntraced(function* (site: Site) {
  const found: Array<PendingUpload> = []
  let cursor: string | undefined
  do {
    const page = yield* site.store.listUploads!(site.place.slice(0, 1), cursor === undefined ? {} : { cursor })
    found.push(...page.uploads)
    assert.ok(page.cursor === undefined || page.cursor !== cursor, "the cursor moves")
    cursor = page.cursor
  } while (cursor !== undefined)
  return found.filter(({ path }) => Path.startsWith(path, site.place))
})

const pendingAre = (site: Site, paths: ReadonlyArray<Path>) =>
  Effect.tap(pending(site), (found) =>
    Effect.sync(() =>
      assert.deepEqual(
        found.map(({ path }) => path),
        paths
      )
    )
  )

const settled = (site: Site, paths: ReadonlyArray<Path>) =>
  within(site.subject.settle ?? 10_000, pendingAre(site, paths))

const large = (site: Site) => pattern(3 * site.partSize)

const intact = (title: string, sizeOf: (partSize: number) => number): SuiteTest =>
  promise(`an object of ${title} is stored whole`, [parts], function* (site) {
    const bytes = pattern(sizeOf(site.partSize))
    const halves = [bytes.subarray(0, bytes.length >> 1), bytes.subarray(bytes.length >> 1)]
    for (const [name, size] of [
      ["known", { size: bytes.length }],
      ["unknown", {}]
    ] as const) {
      const path = at(site, name)
      yield* site.store.write(path, blocks(...halves), size)
      const found = yield* eventually(site, bytesAt(site, path))
      assert.equal(found.length, bytes.length, `size ${name}`)
      assert.ok(Buffer.from(found).equals(bytes), `the bytes are the same, size ${name}`)
    }
  })

/** Promises about parts. */
export const multipart: Suite = {
  name: "multipart",
  tests: [
    intact("a part less a byte", (size) => size - 1),
    intact("one part", (size) => size),
    intact("a part and a byte", (size) => size + 1),
    intact("two parts", (size) => 2 * size),
    intact("two parts and a byte", (size) => 2 * size + 1),
    promise("nothing is pending after success", shown, function* (site) {
      yield* site.store.write(at(site, "object"), blocks(large(site)))
      yield* eventually(site, pendingAre(site, []))
    }),
    promise("nothing is pending or visible after its source failed", shown, function* (site) {
      yield* refusal(site.store.write(at(site, "object"), failing(large(site))), sourceError.reason._tag)
      yield* eventually(site, pendingAre(site, []))
      yield* absent(site, at(site, "object"))
    }),
    promise("a running upload is listed, and gone when it is interrupted", shown, function* (site) {
      const path = at(site, "object")
      const fiber = yield* Effect.forkChild(site.store.write(path, hanging(large(site)).body))
      yield* settled(site, [path])
      yield* absent(site, path)
      yield* Fiber.interrupt(fiber)
      yield* eventually(site, pendingAre(site, []))
      yield* absent(site, path)
    }),
    promise("the object before stays while one is uploaded and after a failure", [parts], function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "before")
      const { body, reached } = hanging(large(site))
      const fiber = yield* Effect.forkChild(site.store.write(path, body))
      yield* reached
      yield* holds(site, path, "before")
      yield* Fiber.interrupt(fiber)
      yield* refusal(site.store.write(path, failing(large(site))), sourceError.reason._tag)
      yield* holds(site, path, "before")
    }),
    promise("an aborted upload is gone and never completes", [...shown, member("abortUpload")], function* (site) {
      const path = at(site, "object")
      const gate = yield* Deferred.make<void>()
      const rest = Stream.unwrap(Effect.as(Deferred.await(gate), blocks(large(site))))
      const write = site.store.write(path, Stream.concat(blocks(large(site)), rest))
      const fiber = yield* Effect.forkChild(Effect.result(write))
      const [upload] = yield* settled(site, [path])
      yield* site.store.abortUpload!(upload!)
      yield* eventually(site, pendingAre(site, []))
      yield* Deferred.succeed(gate, undefined)
      assert.equal((yield* Fiber.join(fiber))._tag, "Failure", "the write fails")
      yield* absent(site, path)
      yield* site.store.abortUpload!(upload!)
    })
  ]
}
