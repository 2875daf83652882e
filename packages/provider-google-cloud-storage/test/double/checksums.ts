/** MD5 and CRC32C as the service writes them: base64, of the big-endian bytes. */
import { createHash } from "node:crypto"
import { invalid } from "./Refusal.ts"

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1
  return value
})

/** Castagnoli's, RFC 4960 appendix B. */
export const crc32c = (bytes: Uint8Array): string => {
  let value = 0xffffffff
  for (const byte of bytes) value = table[(value ^ byte) & 255]! ^ (value >>> 8)
  const digest = Buffer.alloc(4)
  digest.writeUInt32BE((value ^ 0xffffffff) >>> 0)
  return digest.toString("base64")
}

export const md5 = (bytes: Uint8Array): string => createHash("md5").update(bytes).digest("base64")

export interface Checksums {
  readonly md5Hash?: string | undefined
  readonly crc32c?: string | undefined
}

/** What came must have the checksums that were given. */
export const checkSums = (bytes: Uint8Array, given: Checksums): void => {
  const check = (name: string, sum: string | undefined, calculated: string) => {
    if (sum !== undefined && sum !== calculated)
      throw invalid(`Provided ${name} "${sum}" doesn't match calculated ${name} "${calculated}".`)
  }
  check("CRC32C", given.crc32c, crc32c(bytes))
  check("MD5 hash", given.md5Hash, md5(bytes))
}

/** The header `x-goog-hash: crc32c=…,md5=…`. */
export const parseHashHeader = (value: string | undefined): Checksums => {
  const sums: { md5Hash?: string; crc32c?: string } = {}
  for (const one of value?.split(",") ?? []) {
    const [, name, sum] = /^\s*(crc32c|md5)=(\S+)\s*$/.exec(one) ?? []
    if (sum === undefined) throw invalid("The header x-goog-hash is malformed.")
    if (name === "md5") sums.md5Hash = sum
    else sums.crc32c = sum
  }
  return sums
}
