/** What a request may do, by whatever authorised it. */
import { AzureFailure } from "./AzureFailure.ts"
import type { Operation } from "./Operation.ts"
import type { Level, Target } from "./target.ts"

export type Right =
  | { readonly kind: "anonymous" }
  | { readonly kind: "sharedKey" }
  /** Of a token, which `roles` permits what. */
  | { readonly kind: "bearer"; readonly permissions: string }
  | {
      readonly kind: "sas"
      readonly permissions: string
      /** Of an account: `s`, `c` and `o`; undefined for others. */
      readonly resourceTypes?: string
      /** Of a container or blob: what it is for. */
      readonly container?: string
      readonly blob?: string | undefined
    }

const refused = (code: string): AzureFailure =>
  new AzureFailure(403, code, "This request is not authorized to perform this operation.")

const letterOf: Record<Level, string> = { service: "s", container: "c", blob: "o" }

/** Source: https://learn.microsoft.com/rest/api/storageservices/create-account-sas#account-sas-permissions-by-operation */
const requireScope = (
  right: Extract<Right, { kind: "sas" }>,
  { level, container, blob }: Target,
  inContainer: boolean
): void => {
  if (right.resourceTypes !== undefined && !right.resourceTypes.includes(letterOf[level]))
    throw refused("AuthorizationResourceTypeMismatch")
  if (right.resourceTypes !== undefined) return
  const other = right.container !== container || (right.blob !== undefined && right.blob !== blob)
  if (other || level === "service") throw refused("AuthorizationFailure")
  if (level === "container" && (right.blob !== undefined || !inContainer)) throw refused("AuthorizationFailure")
}

/** Refuses what the right does not say. `readable` says whether everybody may do it. */
export const requireRight = (
  right: Right,
  target: Target,
  { needs, inContainer = false }: Pick<Operation, "needs" | "inContainer">,
  readable: boolean
): void => {
  if (readable || right.kind === "sharedKey") return
  if (right.kind === "anonymous")
    throw new AzureFailure(401, "NoAuthenticationInformation", "Server failed to authenticate the request.")
  if (right.kind === "sas") requireScope(right, target, inContainer)
  if (!needs.some((letter) => right.permissions.includes(letter))) throw refused("AuthorizationPermissionMismatch")
}
