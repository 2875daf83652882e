import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { requireCapability, requirePrefix } from "../src/api/capabilities.ts"
import type { Authorization } from "../src/api/authorize.ts"
import { makeFake, account } from "./fakeService.ts"

const keyWith = (changes: Partial<Authorization>) =>
  Effect.flatMap(makeFake(() => ({ body: account })).client(), ({ authorization }) =>
    Effect.map(authorization, (found): Authorization => ({ ...found, ...changes }))
  )

it.effect("a capability is there, or it is named", () =>
  Effect.gen(function* () {
    const key = yield* keyWith({ capabilities: new Set(["listAllBucketNames", "listFiles"]) })
    yield* requireCapability(key, "listFiles")
    // It is for the S3 API: https://www.backblaze.com/docs/cloud-storage-application-key-capabilities
    const { reason } = yield* Effect.flip(requireCapability(key, "listBuckets"))
    assert.strictEqual(reason.detail, "the application key lacks the capability listBuckets")
    assert.strictEqual(reason.suggestion, "a key with the capability listBuckets")
  })
)

it.effect("a service that does not say what a key may do is asked", () =>
  Effect.flatMap(keyWith({ capabilities: undefined }), (key) => requireCapability(key, "deleteFiles"))
)

it.effect("a prefix of names is a string, not a directory", () =>
  Effect.gen(function* () {
    const key = yield* keyWith({ namePrefix: "down/to" })
    yield* requirePrefix(key, "down/to")
    yield* requirePrefix(key, "down/towards/x")
    assert.strictEqual((yield* Effect.flip(requirePrefix(key, "down/"))).reason._tag, "permission_denied")
  })
)
