/**
 * What a refusal says about the credentials that were refused.
 */
import { StorageError } from "@mooring/core"
import { optionOf, type CredentialSource, type S3Credentials } from "./CredentialSource.ts"

/** A refusal of credentials of the machine is put to the option that chose them: no key was written to be blamed. */
export const blame = (error: StorageError, source: CredentialSource): StorageError =>
  source.kind === "ambient" && (error.reason._tag === "auth_invalid" || error.reason._tag === "auth_expired")
    ? StorageError.with(error, { pointer: optionOf(source) })
    : error

/**
 * Whether other credentials might be taken where these were refused: they expired or are not known. An answer to HEAD
 * does not say why, so credentials whose end is not known are looked at again after one, and sessions with a bucket.
 */
export const maybeReplaced = ({ reason }: StorageError, { expires, ofBucket }: S3Credentials): boolean => {
  if (reason._tag === "auth_expired" || reason._tag === "auth_invalid") return true
  const silent = reason._tag === "permission_denied" || reason._tag === "invalid_value"
  return (
    silent &&
    reason.status !== undefined &&
    reason.providerCode === undefined &&
    (expires === undefined || ofBucket === true)
  )
}
