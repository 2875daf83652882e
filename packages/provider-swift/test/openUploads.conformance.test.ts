/**
 * Uploads part by part, seen beneath the store: `MOORING_SETUP` is what the setup's `up` printed.
 */
import { assert, describe, it } from "@effect/vitest"
import { objectBytes, pattern } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { putObject } from "../src/SwiftApi.ts"
import { unknownCluster } from "../src/api/info.ts"
import { namesIn, newContainer, openClient } from "./openClient.ts"

const { config } = JSON.parse(process.env["MOORING_SETUP"] ?? "")
const parts = [pattern(1000), pattern(2000)] as const

const open = Effect.fnUntraced(function* (more: Parameters<typeof openClient>[1] = {}) {
  const opened = yield* openClient(config, more)
  const container = yield* newContainer(opened.store)
  return { ...opened, container, segments: `${container}_segments`, path: [container, "dir", "object"] }
})

describe("open uploads", () => {
  for (const [kind, more] of [
    ["static", {}],
    ["dynamic", { info: unknownCluster }]
  ] as const) {
    it.live(`become a ${kind} large object with what was given when they were opened`, () =>
      Effect.gen(function* () {
        const { client, store, container, segments, path } = yield* open(more)
        const options = { contentType: "text/css", metadata: { colour: "blue" }, modified: 1_700_000_000_123 }
        const first = yield* store.openUpload!(path, options)
        yield* first.writePart(2, parts[1])
        const upload = yield* store.resumeUpload!(first.token)
        yield* upload.writePart(1, parts[0])
        const info = yield* upload.complete
        assert.deepStrictEqual(
          [info.size, info.contentType, { ...info.metadata }, info.modified],
          [3000, "text/css", { colour: "blue" }, 1_700_000_000_123]
        )
        assert.isTrue(Buffer.from(yield* objectBytes(store, path)).equals(Buffer.concat(parts)))
        assert.strictEqual((yield* namesIn(client, segments)).length, 2)
        assert.strictEqual((yield* Effect.flip(store.resumeUpload!(first.token))).reason._tag, "not_found")
        yield* upload.abort
        assert.strictEqual((yield* namesIn(client, segments)).length, 2)
        yield* store.remove(path)
        assert.deepStrictEqual([yield* namesIn(client, segments), yield* namesIn(client, container)], [[], []])
      }).pipe(Effect.scoped)
    )
  }

  it.live("leave nothing behind when they are aborted, and the object alone that they became", () =>
    Effect.gen(function* () {
      const { client, store, segments, path } = yield* open()
      const aborted = yield* store.openUpload!(path)
      yield* aborted.writePart(1, parts[0])
      yield* aborted.abort
      assert.deepStrictEqual(yield* namesIn(client, segments), [])
      // As it is when the process ended behind the manifest: the marker is still there.
      const completed = yield* store.openUpload!(path)
      yield* completed.writePart(1, parts[0])
      const [marker = ""] = yield* namesIn(client, segments)
      yield* completed.complete
      yield* client.repeated(putObject(client, { container: segments, key: marker }, new Uint8Array(), {}))
      const again = yield* store.resumeUpload!(completed.token)
      yield* again.complete
      assert.isTrue(Buffer.from(yield* objectBytes(store, path)).equals(parts[0]))
      yield* client.repeated(putObject(client, { container: segments, key: marker }, new Uint8Array(), {}))
      yield* again.abort
      assert.isTrue(Buffer.from(yield* objectBytes(store, path)).equals(parts[0]))
    }).pipe(Effect.scoped)
  )

  it.live("take no token of another form or of another place, and no part beyond the last", () =>
    Effect.gen(function* () {
      const { store, container, path } = yield* open()
      const upload = yield* store.openUpload!(path)
      const token = JSON.parse(upload.token)
      const forged = [
        { ...token, container },
        { ...token, prefix: "dir" },
        { ...token, container: "other_segments" },
        {}
      ]
      for (const text of ["", "x", ...forged.map((one) => JSON.stringify(one))]) {
        assert.strictEqual((yield* Effect.flip(store.resumeUpload!(text))).reason._tag, "invalid_value", text)
      }
      for (const number of [0, 1001, 1.5]) {
        assert.strictEqual((yield* Effect.flip(upload.writePart(number, parts[0]))).reason._tag, "invalid_value")
      }
      assert.strictEqual((yield* Effect.flip(upload.complete)).reason._tag, "invalid_value")
      yield* upload.abort
    }).pipe(Effect.scoped)
  )
})
