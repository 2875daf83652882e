/**
 * Streaming checksums: from Node where it has them, from hash-wasm where it does not.
 */
import * as Effect from "effect/Effect"
import { createCRC32, createCRC64, type IHasher } from "hash-wasm"
import { createHash } from "node:crypto"
import { crc32 } from "node:zlib"
import type { ChecksumName } from "../ObjectInfo.ts"

/** Takes blocks of bytes in order; `digest` ends it. A CRC's digest is its value as big-endian bytes. */
export interface Hasher {
  readonly update: (block: Uint8Array) => void
  readonly digest: () => Uint8Array
}

const fromNode = (algorithm: string): Hasher => {
  const hash = createHash(algorithm)
  return { update: (block) => void hash.update(block), digest: () => hash.digest() }
}

const fromZlib = (): Hasher => {
  let value = 0
  return {
    update: (block) => {
      value = crc32(block, value)
    },
    digest: () => {
      const bytes = Buffer.alloc(4)
      bytes.writeUInt32BE(value)
      return bytes
    }
  }
}

/** Reflected polynomials: Castagnoli (RFC 9260, appendix A) and that of NVM Express (base specification 2.0). */
const castagnoli = 0x82f63b78
const nvme = "9a6c9329ac4bc9b5"

const fromWasm = (create: () => Promise<IHasher>) =>
  Effect.map(Effect.promise(create), (hash): Hasher => {
    hash.init()
    return { update: (block) => void hash.update(block), digest: () => hash.digest("binary") }
  })

const makers: Readonly<Record<ChecksumName, () => Effect.Effect<Hasher>>> = {
  md5: () => Effect.sync(() => fromNode("md5")),
  sha1: () => Effect.sync(() => fromNode("sha1")),
  sha256: () => Effect.sync(() => fromNode("sha256")),
  crc32: () => Effect.sync(fromZlib),
  crc32c: () => fromWasm(() => createCRC32(castagnoli)),
  crc64nvme: () => fromWasm(() => createCRC64(nvme))
}

/** A hasher of an algorithm. */
export const makeHasher = (name: ChecksumName): Effect.Effect<Hasher> => makers[name]()

/** The digest of bytes that are here whole. */
export const digestOf = (name: ChecksumName, bytes: Uint8Array): Effect.Effect<Uint8Array> =>
  Effect.map(makeHasher(name), (hasher) => {
    hasher.update(bytes)
    return hasher.digest()
  })
