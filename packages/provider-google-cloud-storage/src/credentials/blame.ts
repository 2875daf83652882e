/**
 * What a refusal says about the credentials that were refused: which option to blame.
 */
import { StorageError } from "@mooring/core"
import { optionOf, type CredentialSource } from "./CredentialSource.ts"

/** A refusal of the credentials is put to the option that they are from. */
export const blame = (error: StorageError, source: CredentialSource): StorageError => {
  const { _tag: code, pointer, providerCode } = error.reason
  const refused = code === "auth_invalid" || code === "auth_expired" || providerCode === "insufficientPermissions"
  return pointer === undefined && refused && source.kind !== "anonymous"
    ? StorageError.with(error, { pointer: optionOf(source) })
    : error
}
