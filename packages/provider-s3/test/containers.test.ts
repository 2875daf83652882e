import { assert, describe, it } from "@effect/vitest"
import { blocks } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { openAt, openDouble } from "./openDouble.ts"
import { rawServer } from "@mooring/testkit/faults"
import { reasonOf } from "./reasonOf.ts"

describe("createContainer and removeContainer", () => {
  it.live("make and remove a bucket, each also a second time", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble()
      yield* store.createContainer!(["new-bucket"])
      yield* store.createContainer!(["new-bucket"])
      yield* store.write(["new-bucket", "k"], blocks("x"))
      assert.strictEqual((yield* reasonOf(store.removeContainer!(["new-bucket"])))._tag, "not_empty")
      yield* store.remove(["new-bucket", "k"])
      yield* store.removeContainer!(["new-bucket"])
      yield* store.removeContainer!(["new-bucket"])
      assert.strictEqual((yield* reasonOf(store.stat(["new-bucket"])))._tag, "not_found")
      assert.strictEqual((yield* reasonOf(store.createContainer!(["b", "c"])))._tag, "invalid_name")
    })
  )

  it.live("take a bucket that exists for ours only where a HEAD of it succeeds", () =>
    Effect.gen(function* () {
      const origin = yield* rawServer((request, response) => {
        const mine = request.url?.startsWith("/mine")
        if (request.method === "HEAD") response.writeHead(mine ? 200 : 403).end()
        else response.writeHead(409).end("<Error><Code>BucketAlreadyExists</Code></Error>")
      })
      const lenient = yield* openAt(origin, { alreadyExistsIsError: false })
      yield* lenient.store.createContainer!(["mine"])
      assert.strictEqual((yield* reasonOf(lenient.store.createContainer!(["theirs"])))._tag, "already_exists")
      const strict = yield* openAt(origin)
      assert.strictEqual((yield* reasonOf(strict.store.createContainer!(["mine"])))._tag, "already_exists")
    })
  )
})
