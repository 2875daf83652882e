/** What signatures of both versions are refused for: an unknown key, a wrong token, another time, another signature. */
import type { AccessKey } from "./accessKeys.ts"
import { S3Failure } from "./S3Failure.ts"

/** Milliseconds that the clocks of client and service may be apart. */
export const window = 15 * 60 * 1000

const unknownKey = (accessKeyId: string): S3Failure =>
  new S3Failure(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", {
    elements: { AWSAccessKeyId: accessKeyId }
  })

/** The key of this id. */
export const keyOf = (accessKeys: ReadonlyArray<AccessKey>, accessKeyId: string): AccessKey => {
  const key = accessKeys.find((one) => one.accessKeyId === accessKeyId)
  if (key === undefined) throw unknownKey(accessKeyId)
  return key
}

export const invalidToken = (): S3Failure =>
  new S3Failure(400, "InvalidToken", "The provided token is malformed or otherwise invalid.")

export const checkToken = (key: AccessKey, token: string | undefined, now: number): void => {
  if (key.sessionToken !== undefined && token === undefined) throw unknownKey(key.accessKeyId)
  if (key.sessionToken !== token) throw invalidToken()
  if (key.expires !== undefined && now > key.expires)
    throw new S3Failure(400, "ExpiredToken", "The provided token has expired.")
}

/** `written` is the time as the request has it. */
export const checkSkew = (time: number, written: string, now: number): void => {
  if (Math.abs(now - time) > window)
    throw new S3Failure(
      403,
      "RequestTimeTooSkewed",
      "The difference between the request time and the current time is too large.",
      {
        elements: {
          RequestTime: written,
          ServerTime: new Date(now).toISOString(),
          MaxAllowedSkewMilliseconds: String(window)
        }
      }
    )
}

export const signatureMismatch = (elements: Readonly<Record<string, string>>): S3Failure =>
  new S3Failure(
    403,
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    { elements }
  )
