/**
 * Ids of blocks, of the length that rclone's have, since all blocks of a blob must have ids of one length: eight bytes of
 * a number and eight that are the upload's own.
 */
import * as Effect from "effect/Effect"
import { randomBytes } from "node:crypto"

/** What tells the blocks of one upload from those of others to the same place: 16 digits of hex. */
export const newUploadId: Effect.Effect<string> = Effect.sync(() => randomBytes(8).toString("hex"))

/** The id of a block, in base64. */
export const blockId = (uploadId: string, number: number): string => {
  const bytes = Buffer.alloc(16)
  bytes.writeBigUInt64BE(BigInt(number))
  bytes.write(uploadId, 8, "hex")
  return bytes.toString("base64")
}

/** Upload and number of a block; undefined if its id has another form. */
export const parseBlockId = (id: string): { readonly uploadId: string; readonly number: number } | undefined => {
  const bytes = Buffer.from(id, "base64")
  if (bytes.byteLength !== 16) return undefined
  const number = Number(bytes.readBigUInt64BE())
  return Number.isSafeInteger(number) ? { uploadId: bytes.toString("hex", 8), number } : undefined
}
