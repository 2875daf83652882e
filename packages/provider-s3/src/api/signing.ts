/**
 * Signs with the version of the settings.
 */
import { presignV4, signV4, type SigningContext } from "../signature.ts"
import { presignV2, signV2, type SignableRequestV2 } from "../signatureV2.ts"
import type { S3Settings } from "../S3Settings.ts"

type Version = Pick<S3Settings, "signatureVersion">

/** The service that a signature is for. */
export const serviceOf = ({ directoryBuckets }: Pick<S3Settings, "directoryBuckets">): SigningContext["service"] =>
  directoryBuckets === undefined ? "s3" : "s3express"

/** The headers to send; version 2 has no place for the hash of the body. */
export const signedHeaders = (
  { signatureVersion }: Version,
  request: SignableRequestV2 & { readonly payloadHash: string },
  context: SigningContext
): Readonly<Record<string, string>> => (signatureVersion === 2 ? signV2(request, context) : signV4(request, context))

/** Path and query of a request that carries its own right for `expiresIn` seconds. */
export const presignedPath = (
  { signatureVersion }: Version,
  request: SignableRequestV2 & { readonly expiresIn: number },
  context: SigningContext
): string => (signatureVersion === 2 ? presignV2(request, context) : presignV4(request, context))
