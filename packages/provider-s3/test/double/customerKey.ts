/**
 * Encryption with keys of customers: a key comes with each request and is never kept, but its MD5 is.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html
 */
import { md5 } from "./objects.ts"
import { header, type RawRequest } from "./rawRequest.ts"
import { invalidArgument, S3Failure } from "./S3Failure.ts"
import { accessDenied } from "./accessKeys.ts"

const direct = "x-amz-server-side-encryption-customer"
const ofSource = "x-amz-copy-source-server-side-encryption-customer"

const namesOf = (prefix: string) => [`${prefix}-algorithm`, `${prefix}-key`, `${prefix}-key-md5`] as const

export const customerKeyHeaders = namesOf(direct)
export const sourceKeyHeaders = namesOf(ofSource)

const invalid = (message: string) => new S3Failure(400, "InvalidRequest", message)

/** The MD5 of the key that came, in base64; undefined if none did. All three headers come, or none. */
export const readCustomerKey = (request: RawRequest, source = false): string | undefined => {
  const [algorithm, key, digest] = (source ? sourceKeyHeaders : customerKeyHeaders).map((name) => header(request, name))
  if (algorithm === undefined && key === undefined && digest === undefined) return undefined
  if (algorithm === undefined || key === undefined || digest === undefined)
    throw invalid("Requests specifying Server Side Encryption with Customer provided keys must provide all parameters")
  if (algorithm !== "AES256")
    throw new S3Failure(400, "InvalidEncryptionAlgorithmError", "The encryption request you specified is not valid.")
  const bytes = Buffer.from(key, "base64")
  if (bytes.length !== 32) throw invalidArgument(direct, "", "The secret key was invalid for the specified algorithm.")
  if (md5(bytes).toString("base64") !== digest)
    throw invalidArgument(direct, "", "The calculated MD5 hash of the key did not match the hash that was provided.")
  return digest
}

/** The key must be the one that the object was written with. */
export const checkCustomerKey = (stored: string | undefined, given: string | undefined): void => {
  if (stored === undefined && given !== undefined)
    throw invalid("The encryption parameters are not applicable to this object.")
  if (stored !== undefined && given === undefined)
    throw invalid(
      "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object."
    )
  if (stored !== given) throw accessDenied()
}

export const customerKeyAnswer = (stored: string | undefined): Readonly<Record<string, string>> =>
  stored === undefined ? {} : { [`${direct}-algorithm`]: "AES256", [`${direct}-key-md5`]: stored }
