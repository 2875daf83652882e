/**
 * From texts that were found somewhere to credentials.
 */
import { StorageError } from "@mooring/core"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { S3Credentials } from "./CredentialSource.ts"

/** One thing for each part of credentials: its text, or the name under which the place knows it. */
export interface KeyParts<A> {
  readonly accessKeyId: A
  readonly secretAccessKey: A
  readonly sessionToken: A
}

const refuse = (detail: string) => Result.fail(StorageError.of("auth_invalid", detail))

/**
 * Credentials of texts, where an empty one is absent; undefined if there is neither key nor secret. Half a pair and
 * texts that would break a header are `auth_invalid`: the error has names and place, and never a text.
 */
export const credentialsFrom = (
  texts: KeyParts<string>,
  names: KeyParts<string>,
  place: string
): Result.Result<S3Credentials | undefined, StorageError> => {
  const { accessKeyId, secretAccessKey, sessionToken } = texts
  if (accessKeyId === "" && secretAccessKey === "") return Result.succeed(undefined)
  if (secretAccessKey === "")
    return refuse(`${names.secretAccessKey} is missing beside ${names.accessKeyId} in ${place}`)
  if (accessKeyId === "") return refuse(`${names.accessKeyId} is missing beside ${names.secretAccessKey} in ${place}`)
  const parts = ["accessKeyId", "secretAccessKey", "sessionToken"] as const
  const broken = parts.find((part) => !/^[\x21-\x7e]*$/.test(texts[part]))
  if (broken !== undefined) return refuse(`${names[broken]} in ${place} must be ASCII without spaces and line breaks`)
  return Result.succeed({
    accessKeyId,
    secretAccessKey: Redacted.make(secretAccessKey),
    ...(sessionToken !== "" && { sessionToken: Redacted.make(sessionToken) })
  })
}
