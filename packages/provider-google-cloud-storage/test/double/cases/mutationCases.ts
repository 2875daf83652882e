/** One case for each rule: a valid request, and the change that is refused. */
import type { mutations } from "../behaviours.ts"
import type { Mutation } from "./changes.ts"
import { federationMutations } from "./federationMutations.ts"
import { identityMutations } from "./identityMutations.ts"
import { malformedMutations } from "./malformedMutations.ts"
import { conditionMutations, objectMutations } from "./objectMutations.ts"
import { requestMutations } from "./requestMutations.ts"
import { linkMutations, uploadMutations } from "./transferMutations.ts"

export const mutationCases: Record<keyof typeof mutations, Mutation> = {
  ...identityMutations,
  ...federationMutations,
  ...requestMutations,
  ...objectMutations,
  ...conditionMutations,
  ...malformedMutations,
  ...uploadMutations,
  ...linkMutations
}
