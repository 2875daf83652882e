/**
 * The MD5 of an object that its store does not know.
 */
import { hashing } from "@mooring/core/checksums/stream"
import { makeHasher } from "@mooring/core/checksums/Hasher"
import type { ObjectStore } from "@mooring/core/ObjectStore"
import type { Path } from "@mooring/core/Path"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"

/**
 * Reads an object to its end for its MD5 (lower-case hex), with the validator of what was read; undefined if the store
 * tells the MD5 by itself.
 */
export const md5Of = Effect.fnUntraced(function* (store: ObjectStore, path: Path) {
  const { info, body } = yield* store.read(path)
  if (info.checksums?.md5 !== undefined) return undefined
  const hasher = yield* makeHasher("md5")
  yield* Stream.runDrain(hashing(body, hasher))
  return { md5: Buffer.from(hasher.digest()).toString("hex"), validator: info.validator }
}, Effect.scoped)
