/**
 * Content-MD5 and the x-amz-checksum-* headers, held against the body.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
import { createHash } from "node:crypto"
import { crc32 } from "node:zlib"
import { md5 } from "./objects.ts"
import { header, type RawRequest } from "./rawRequest.ts"
import { notImplemented, S3Failure } from "./S3Failure.ts"

export const crc32Base64 = (body: Uint8Array): string => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(crc32(body))
  return bytes.toString("base64")
}

const checksums: Readonly<Record<string, (body: Uint8Array) => string>> = {
  "x-amz-checksum-crc32": crc32Base64,
  "x-amz-checksum-sha1": (body) => createHash("sha1").update(body).digest("base64"),
  "x-amz-checksum-sha256": (body) => createHash("sha256").update(body).digest("base64")
}

export const integrityHeaders = ["x-amz-checksum-*", "x-amz-sdk-checksum-algorithm"]

/** Every digest present must be right. With `mandatory` at least one must be there, as DeleteObjects wants. */
export const checkIntegrity = (request: RawRequest, mandatory = false): void => {
  const expected = header(request, "content-md5")
  const named = request.headers.filter(([name]) => name.startsWith("x-amz-checksum-"))
  if (mandatory && expected === undefined && named.length === 0)
    throw new S3Failure(400, "InvalidRequest", "Missing required header for this request: Content-MD5")
  if (expected !== undefined) {
    if (!/^[A-Za-z\d+/]{22}==$/.test(expected))
      throw new S3Failure(400, "InvalidDigest", "The Content-MD5 you specified was invalid.")
    const calculated = md5(request.body).toString("base64")
    if (calculated !== expected)
      throw new S3Failure(400, "BadDigest", "The Content-MD5 you specified did not match what we received.", {
        elements: { ExpectedDigest: expected, CalculatedDigest: calculated }
      })
  }
  for (const [name, value] of named) {
    const compute = checksums[name]
    if (compute === undefined) throw notImplemented({ Header: name })
    if (compute(request.body) !== value)
      throw new S3Failure(400, "BadDigest", `The ${name} you specified did not match the calculated checksum.`)
  }
}
