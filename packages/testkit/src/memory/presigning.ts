/**
 * `presign` of a memory store, and what answers such a link.
 */
import type { ObjectStore } from "@mooring/core/ObjectStore"
import { StorageError } from "@mooring/core/StorageError"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { blocks } from "../bodies.ts"
import type { Subject } from "../Suite.ts"
import { admit, type Memory } from "./Memory.ts"
import { current } from "./MemoryState.ts"

/** A link that holds the path, the method and the time until which it works. */
export const presign = (memory: Memory): NonNullable<ObjectStore["presign"]> =>
  Effect.fnUntraced(function* (path, method, expiresIn) {
    yield* admit(memory, path)
    const expires = (yield* Clock.currentTimeMillis) + expiresIn * 1000
    const right = encodeURIComponent(JSON.stringify({ path, method, expires }))
    return { method, url: `https://memory.invalid/?right=${right}`, headers: {}, expires }
  })

/** A link without an end; everybody may read what is here. */
export const publicLink = (memory: Memory): NonNullable<ObjectStore["publicLink"]> =>
  Effect.fnUntraced(function* (path) {
    yield* admit(memory, path)
    if (current(memory.ledger.look(), path) === undefined) {
      return yield* StorageError.of("not_found", "there is no such object")
    }
    const right = encodeURIComponent(JSON.stringify({ path, method: "GET", expires: Number.MAX_SAFE_INTEGER }))
    return `https://memory.invalid/?right=${right}`
  })

/** Answers links of this store as an HTTP server would. */
export const answer = (store: ObjectStore): NonNullable<Subject["send"]> =>
  Effect.fnUntraced(function* ({ method, url }, body) {
    const none = new Uint8Array()
    const right: unknown = JSON.parse(new URL(url).searchParams.get("right") ?? "{}")
    const { path, method: granted, expires } = right as { path: Array<string>; method: string; expires: number }
    if (granted !== method || expires <= (yield* Clock.currentTimeMillis)) return { status: 403, body: none }
    if (method === "PUT") {
      yield* store.write(path, blocks(body ?? none))
      return { status: 200, body: none }
    }
    return yield* Effect.scoped(Effect.flatMap(store.read(path), (result) => Stream.mkUint8Array(result.body))).pipe(
      Effect.map((bytes) => ({ status: 200, body: bytes as Uint8Array })),
      Effect.catch((error: StorageError) =>
        error.reason._tag === "not_found" ? Effect.succeed({ status: 404, body: none }) : Effect.fail(error)
      )
    )
  })
