import { assert, describe, it } from "@effect/vitest"
import type { PendingUpload } from "@mooring/core"
import * as Effect from "effect/Effect"
import { createUpload } from "../src/S3Api.ts"
import { openDouble } from "./openDouble.ts"
import { reasonOf } from "./reasonOf.ts"

describe("listUploads", () => {
  it.live("shows every pending upload over all pages", () =>
    Effect.gen(function* () {
      const { store, client } = yield* openDouble({}, { pageSize: 2 })
      const keys = ["a", "a", "dir/x y", "\u00e9:+", "z"]
      for (const key of keys) yield* client.repeated(createUpload(client, { bucket: "b", key }, {}))
      const found: Array<PendingUpload> = []
      let cursor: string | undefined
      do {
        const page = yield* store.listUploads!(["b"], cursor === undefined ? {} : { cursor })
        found.push(...page.uploads)
        cursor = page.cursor
      } while (cursor !== undefined)
      assert.deepStrictEqual(found.map(({ path }) => path.slice(1).join("/")).toSorted(), keys.toSorted())
      assert.isTrue(found.every(({ started }) => started !== undefined))
      for (const upload of found) yield* store.abortUpload!(upload)
      assert.deepStrictEqual((yield* store.listUploads!(["b"])).uploads, [])
    })
  )

  it.live("ends where the service does not say how it goes on", () =>
    Effect.gen(function* () {
      const { store, double } = yield* openDouble()
      const body = "<ListMultipartUploadsResult><IsTruncated>true</IsTruncated></ListMultipartUploadsResult>"
      double.injectNext({ operation: "ListMultipartUploads" }, { status: 200, body })
      assert.strictEqual((yield* reasonOf(store.listUploads!(["b"])))._tag, "integrity_error")
    })
  )

  it.live("refuses a cursor of another kind", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble()
      assert.strictEqual((yield* reasonOf(store.listUploads!(["b"], { cursor: "x" })))._tag, "invalid_value")
    })
  )
})
