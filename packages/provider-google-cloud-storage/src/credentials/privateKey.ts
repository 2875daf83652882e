/**
 * Private keys of service accounts.
 */
import * as Result from "effect/Result"
import { createPrivateKey } from "node:crypto"

const whole = "private_key as Google made it, from -----BEGIN PRIVATE KEY----- on, with its line breaks as \\n"

/** Why a text is no private key that can sign for Google; undefined if it is one. */
export const privateKeyProblem = (
  pem: string
): { readonly detail: string; readonly suggestion: string } | undefined => {
  if (!pem.includes("-----BEGIN")) return { detail: "has a private_key that is no PEM", suggestion: whole }
  if (pem.includes("\\n")) {
    return { detail: "has a private_key whose line breaks are escaped twice", suggestion: whole }
  }
  const key = Result.try(() => createPrivateKey(pem))
  if (Result.isFailure(key)) return { detail: "has a private_key that is cut off or damaged", suggestion: whole }
  return key.success.asymmetricKeyType === "rsa"
    ? undefined
    : { detail: "has a private_key that is none of RSA", suggestion: "a key that Google made for the service account" }
}
