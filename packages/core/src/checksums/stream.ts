/**
 * Checksums of bytes on their way.
 */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Pull from "effect/Pull"
import * as Stream from "effect/Stream"
import type { ChecksumName } from "../ObjectInfo.ts"
import type { Body, WriteOptions } from "../ObjectStore.ts"
import { StorageError } from "../StorageError.ts"
import { makeHasher, type Hasher } from "./Hasher.ts"

type Pulled = readonly [Uint8Array, ...ReadonlyArray<Uint8Array>]

/**
 * The same blocks, each shown to `see`, and at the end `finish`; either answers an error that ends the body. One step for
 * each pull: a body passes through several of these, block by block.
 */
const watching = (
  body: Body,
  see: (block: Uint8Array) => StorageError | undefined,
  finish: () => StorageError | undefined = () => undefined
): Body =>
  Stream.transformPull(body, (pull) => {
    const seen = (blocks: Pulled): Effect.Effect<Pulled, StorageError> => {
      for (const block of blocks) {
        const error = see(block)
        if (error !== undefined) return Effect.fail(error)
      }
      return Effect.succeed(blocks)
    }
    const ended = Effect.suspend((): Effect.Effect<never, StorageError | Cause.Done> => {
      const error = finish()
      return error === undefined ? Cause.done() : Effect.fail(error)
    })
    return Effect.succeed(Pull.catchDone(Effect.flatMap(pull, seen), () => ended))
  })

/** The same blocks, each given to the hasher when it passes. */
export const hashing = (body: Body, hasher: Hasher): Body =>
  watching(body, (block) => {
    hasher.update(block)
    return undefined
  })

/** The same blocks; after the last, `integrity_error` unless the digest is `expected` (lower-case hex). */
export const verifying = (body: Body, name: ChecksumName, expected: string): Body =>
  Stream.unwrap(
    Effect.map(makeHasher(name), (hasher) =>
      watching(
        body,
        (block) => {
          hasher.update(block)
          return undefined
        },
        () =>
          Buffer.from(hasher.digest()).toString("hex") === expected
            ? undefined
            : StorageError.of("integrity_error", `the ${name} of the bytes is not the stored one`)
      )
    )
  )

/** The same blocks; fails with `integrity_error` as soon as they are more than `size` bytes, or at the end if fewer. */
export const exactly = (body: Body, size: number): Body =>
  Stream.suspend(() => {
    let passed = 0
    const wrong = (what: string) =>
      StorageError.of("integrity_error", `the body has ${what} than the ${size} bytes that were announced`)
    return watching(
      body,
      (block) => {
        passed += block.byteLength
        return passed > size ? wrong("more") : undefined
      },
      () => (passed < size ? wrong("fewer") : undefined)
    )
  })

/** The body of a write, which ends with an error unless it has the size and the MD5 that were announced. */
export const announced = (body: Body, { size, md5 }: Pick<WriteOptions, "size" | "md5">): Body => {
  const sized = size === undefined ? body : exactly(body, size)
  return md5 === undefined ? sized : verifying(sized, "md5", md5)
}
