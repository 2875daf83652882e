/** Whose request it is: by the key of the account, a token, a signature, or nobody's. */
import { AzureFailure, badHeader, missingHeader, unauthenticated } from "./AzureFailure.ts"
import { header, parameter, type RawRequest } from "./rawRequest.ts"
import type { Right } from "./Right.ts"
import { sasRight, type SasVerifier } from "./sas.ts"
import { verifySharedKey } from "./sharedKey.ts"
import type { Target } from "./target.ts"

export interface Verifier extends SasVerifier {
  /** Tokens that are taken, and what each may do. */
  readonly tokens: ReadonlyMap<string, string>
  /** Whether the account takes its key. */
  readonly sharedKeys: boolean
}

/** Every authorised request says which version it is of; a part of a batch has that of the batch. */
const checkVersion = (request: RawRequest, isPart: boolean): void => {
  const version = header(request, "x-ms-version")
  if (version === undefined && !isPart) throw missingHeader("x-ms-version")
  if (version !== undefined && !/^20\d\d-\d\d-\d\d$/.test(version)) throw badHeader("x-ms-version", version)
}

/** The right of a request. Throws AzureFailure for every flaw. */
export const authorise = (request: RawRequest, target: Target, verifier: Verifier, isPart = false): Right => {
  if (target.account !== verifier.account)
    throw new AzureFailure(400, "InvalidUri", "The requested URI does not represent any resource on the server.")
  const value = header(request, "authorization")
  if (value !== undefined && parameter(request, "sig") !== undefined)
    throw new AzureFailure(400, "InvalidAuthenticationInfo", "The request has two forms of authorization.")
  const signed = sasRight(request, target, verifier)
  if (signed !== undefined) return signed
  if (value === undefined) return { kind: "anonymous" }
  checkVersion(request, isPart)
  const [scheme = "", credential = ""] = value.split(" ")
  if (scheme === "SharedKey") {
    verifySharedKey(request, credential, verifier)
    if (!verifier.sharedKeys)
      throw new AzureFailure(403, "KeyBasedAuthenticationNotPermitted", "Key based authentication is not permitted.")
    return { kind: "sharedKey" }
  }
  if (scheme !== "Bearer")
    throw new AzureFailure(
      400,
      "InvalidAuthenticationInfo",
      "Authentication information is not given in the correct format."
    )
  const permissions = verifier.tokens.get(credential)
  if (permissions === undefined) throw new AzureFailure(401, "InvalidAuthenticationInfo", unauthenticated("").message)
  return { kind: "bearer", permissions }
}
