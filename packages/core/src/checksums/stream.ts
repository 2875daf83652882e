/**
 * Checksums of bytes on their way.
 */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { ChecksumName } from "../ObjectInfo.ts"
import type { Body, WriteOptions } from "../ObjectStore.ts"
import { StorageError } from "../StorageError.ts"
import { makeHasher, type Hasher } from "./Hasher.ts"

/** The same blocks, each given to the hasher when it passes. */
export const hashing = (body: Body, hasher: Hasher): Body =>
  Stream.tap(body, (block) => Effect.sync(() => hasher.update(block)))

/** The same blocks; after the last, `integrity_error` unless the digest is `expected` (lower-case hex). */
export const verifying = (body: Body, name: ChecksumName, expected: string): Body =>
  Stream.unwrap(
    Effect.map(makeHasher(name), (hasher) =>
      Stream.concat(
        hashing(body, hasher),
        Stream.suspend(() =>
          Buffer.from(hasher.digest()).toString("hex") === expected
            ? Stream.empty
            : Stream.fail(StorageError.of("integrity_error", `the ${name} of the bytes is not the stored one`))
        )
      )
    )
  )

/** The same blocks; fails with `integrity_error` as soon as they are more than `size` bytes, or at the end if fewer. */
export const exactly = (body: Body, size: number): Body =>
  Stream.suspend(() => {
    let passed = 0
    const wrong = (what: string) =>
      StorageError.of("integrity_error", `the body has ${what} than the ${size} bytes that were announced`)
    const counted = Stream.tap(body, (block) => {
      passed += block.byteLength
      return passed > size ? Effect.fail(wrong("more")) : Effect.void
    })
    return Stream.concat(
      counted,
      Stream.suspend(() => (passed < size ? Stream.fail(wrong("fewer")) : Stream.empty))
    )
  })

/** The body of a write, which ends with an error unless it has the size and the MD5 that were announced. */
export const announced = (body: Body, { size, md5 }: Pick<WriteOptions, "size" | "md5">): Body => {
  const sized = size === undefined ? body : exactly(body, size)
  return md5 === undefined ? sized : verifying(sized, "md5", md5)
}
