import { assert, describe, it } from "@effect/vitest"
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { serveWith } from "../src/serve.ts"
import { running } from "./running.ts"

describe("serve", () => {
  it.live("a port that is taken is an error that says so, and shows no token", () =>
    Effect.gen(function* () {
      const { url } = yield* running()
      const state = yield* Effect.acquireRelease(
        Effect.sync(() => join(mkdtempSync(join(tmpdir(), "mooring-")), "state")),
        (path) => Effect.sync(() => rmSync(join(path, ".."), { recursive: true, force: true }))
      )
      const second = serveWith({ state, host: "127.0.0.1", port: Number(url.port), policy: "local", env: {} }, [])
      const error = yield* Effect.flip(Effect.asVoid(Layer.build(second)))
      assert.isTrue(StorageError.is(error))
      assert.include((error as StorageError).reason.detail, "MOORING_PORT")
    })
  )
})
